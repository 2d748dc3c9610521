/// The name of the outlet that an article ran in.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text_arena.h"

namespace wirecopy::read {

/// The host of an absolute address without user, port and "www."; empty if there is none.
/// "https://www.Example.org:80/a" → "Example.org".
[[nodiscard]] std::string_view host_of(std::string_view url) noexcept;

/// Decides what an outlet is called.
class Outlets {
 public:
  explicit Outlets(const std::vector<std::pair<std::string, std::string>>& aliases);

  /// The given name, else the host in small letters; then mapped by the aliases.
  [[nodiscard]] std::string_view name(std::string_view given, std::string_view url,
                                      base::TextArena& arena) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> aliases_;
};

}  // namespace wirecopy::read

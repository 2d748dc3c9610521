/// Numbers for ids, in the order in which they are met.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wirecopy::evaluate {

class Numbering {
 public:
  /// The number of `id`; the next one if it is new.
  std::uint32_t add(std::string_view id) {
    if (const auto known = find(id)) return *known;
    const auto number = static_cast<std::uint32_t>(numbers_.size());
    numbers_.emplace(id, number);
    return number;
  }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const {
    const auto known = numbers_.find(id);
    if (known == numbers_.end()) return std::nullopt;
    return known->second;
  }
  /// Calls take(id, number) for each id, in no certain order; the ids live as long as this.
  template <typename Take>
  void for_each(Take&& take) const {
    for (const auto& [id, number] : numbers_) take(std::string_view(id), number);
  }
  [[nodiscard]] std::size_t size() const noexcept { return numbers_.size(); }

 private:
  struct HashOfString {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, HashOfString, std::equal_to<>> numbers_;
};

}  // namespace wirecopy::evaluate

/// The keys of one object, to see whether two are equal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wirecopy::base {

class KeyList {
 public:
  void clear() noexcept { keys_.clear(); }

  /// A key, unescaped, with its key_signature.
  void add(std::string_view name, std::uint64_t signature) { keys_.push_back({signature, name}); }

  /// A key that is there twice. Reorders the keys. Cost: a few keys are compared pair by pair, many
  /// are sorted, so 200,000 are no trap.
  [[nodiscard]] std::optional<std::string_view> find_twin() {
    auto twin = keys_.end();
    if (keys_.size() <= kFew) {
      twin = std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) {
        const Key* const first = keys_.data();
        return std::find(first, &key, key) != &key;
      });
    } else {
      std::sort(keys_.begin(), keys_.end());
      twin = std::adjacent_find(keys_.begin(), keys_.end());
    }
    if (twin == keys_.end()) return std::nullopt;
    return twin->name;
  }

 private:
  static constexpr std::size_t kFew = 24;

  struct Key {
    std::uint64_t signature = 0;
    std::string_view name;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  std::vector<Key> keys_;
};

}  // namespace wirecopy::base

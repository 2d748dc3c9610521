/// The paths at which values are picked from rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::base {

/// Differs for most keys that differ, and always for keys of up to eight bytes and one length.
[[nodiscard]] inline std::uint64_t key_signature(std::string_view key) noexcept {
  const std::size_t size = key.size();
  const auto load = [&](std::size_t at, std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data() + at, bytes);
    return word;
  };
  // Loads of fixed sizes that overlap: a copy of variable size would stall the pipeline.
  std::uint64_t head = 0;
  if (size >= 8) {
    head = load(0, 8);
  } else if (size >= 4) {
    head = load(0, 4) | load(size - 4, 4) << 32U;
  } else if (size > 0) {
    head = load(0, 1) | load(size / 2, 1) << 8U | load(size - 1, 1) << 16U;
  }
  return head ^ (size * 0x9e3779b97f4a7c15ULL);
}

/// Dotted paths ("metadata.url"), compiled. A path also matches a key of the top level that is
/// spelled with its dots.
class JsonPaths {
 public:
  JsonPaths() = default;
  /// The index of a path in `paths` is its index in the results. No path may be there twice.
  explicit JsonPaths(std::span<const std::string> paths);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  struct Node {
    static constexpr std::size_t kNoResult = ~std::size_t{0};
    std::string key;
    std::uint64_t signature = 0;
    std::size_t result = kNoResult;
    std::vector<Node> children;
    [[nodiscard]] const Node* child(std::string_view name, std::uint64_t name_signature) const;
  };
  [[nodiscard]] const Node& root() const noexcept { return root_; }

 private:
  Node root_;
  std::size_t size_ = 0;
};

}  // namespace wirecopy::base

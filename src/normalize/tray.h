/// A fixed-size front of a growing string or vector: small things are laid on it by pointer and
/// carried over many at a time.
#pragma once

#include <array>
#include <cstddef>

namespace wirecopy {

template <typename Container, std::size_t kSize>
class Tray {
 public:
  using Value = typename Container::value_type;

  /// Appends to `container`.
  explicit Tray(Container& container) : container_(container), carried_(container.size()) {}

  /// Room for `count` values, at most kSize, behind the last one.
  [[nodiscard]] Value* room(std::size_t count) {
    if (used_ + count > kSize) carry_over();
    return values_.data() + used_;
  }
  /// Takes up the first `count` values of the room.
  void take(std::size_t count) noexcept { used_ += count; }
  void push(const Value& value) {
    *room(1) = value;
    take(1);
  }
  void carry_over() {
    container_.insert(container_.end(), values_.data(), values_.data() + used_);
    carried_ += used_;
    used_ = 0;
  }

  /// Values so far, carried over or not.
  [[nodiscard]] std::size_t size() const noexcept { return carried_ + used_; }

 private:
  Container& container_;
  std::size_t carried_;
  std::size_t used_ = 0;
  std::array<Value, kSize> values_;
};

}  // namespace wirecopy

/// Writes by pointer behind what a string or vector holds.
#pragma once

#include <algorithm>
#include <cstddef>

namespace wirecopy {

/// The container is kept longer than what it holds, so that memory used again is not filled with
/// zeros again; how much it holds is counted here.
template <typename Container>
class Appender {
 public:
  using Value = typename Container::value_type;

  /// What `container` holds counts no more.
  explicit Appender(Container& container) : container_(container) {}

  /// Room for `count` values behind the last one.
  [[nodiscard]] Value* room(std::size_t count) {
    const std::size_t needed = size_ + count;
    if (needed > container_.size()) container_.resize(std::max(needed, 2 * container_.size()));
    return container_.data() + size_;
  }
  /// Takes up the first `count` values of the room.
  void take(std::size_t count) noexcept { size_ += count; }
  void push(const Value& value) {
    *room(1) = value;
    take(1);
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  Container& container_;
  std::size_t size_ = 0;
};

}  // namespace wirecopy

/// A column of plain values: in memory while they are few, in a scratch file once they pass a
/// limit.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/files.h"

namespace wirecopy::batch {

/// Appended to by one thread; `finish` makes it readable by any number.
template <typename Value>
class Column {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  /// At most `memory_bytes` are held in memory; past it everything goes to a scratch file in
  /// `work_folder`.
  Column(std::uint64_t memory_bytes, std::string work_folder)
      : memory_limit_(std::max<std::uint64_t>(memory_bytes / sizeof(Value), kPiece)),
        work_folder_(std::move(work_folder)) {}

  /// Says that about `count` values will come in all, so that memory need not be doubled, and
  /// copied, again and again. May be told at any time, as the guess gets better.
  void expect(std::uint64_t count) {
    if (scratch_ || count <= buffer_.capacity()) return;
    const std::uint64_t wanted = std::max<std::uint64_t>(count, buffer_.capacity() * 3 / 2);
    buffer_.reserve(static_cast<std::size_t>(std::min(wanted, memory_limit_)));
  }
  /// Throws Error(output) if the scratch file cannot be written.
  void push_back(const Value& value) {
    buffer_.push_back(value);
    ++size_;
    spill_if_full();
  }
  void append(std::span<const Value> values) {
    buffer_.insert(buffer_.end(), values.begin(), values.end());
    size_ += values.size();
    spill_if_full();
  }
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  /// To be called once after the last value.
  void finish() {
    if (!scratch_) {
      view_ = buffer_;
      return;
    }
    spill();
    mapped_.emplace(*scratch_);
    const std::span<const char> bytes = mapped_->bytes();
    view_ = {reinterpret_cast<const Value*>(bytes.data()), bytes.size() / sizeof(Value)};
  }
  [[nodiscard]] std::span<const Value> values() const noexcept { return view_; }
  /// Frees all values; none come after that.
  void free() {
    view_ = {};
    mapped_.reset();
    scratch_.reset();
    std::vector<Value>().swap(buffer_);  // an assignment would keep the memory
  }

 private:
  // Once spilling, values are written in pieces of this many.
  static constexpr std::size_t kPiece = (std::size_t{1} << 20U) / sizeof(Value);

  void spill_if_full() {
    if (buffer_.size() >= (scratch_ ? kPiece : memory_limit_)) spill();
  }
  void spill() {
    if (!scratch_) scratch_.emplace(work_folder_);
    scratch_->append(
        {reinterpret_cast<const char*>(buffer_.data()), buffer_.size() * sizeof(Value)});
    std::exchange(buffer_, {}).clear();
    buffer_.reserve(kPiece);
  }

  std::uint64_t memory_limit_;  // in values
  std::string work_folder_;
  std::uint64_t size_ = 0;
  std::vector<Value> buffer_;
  std::optional<base::ScratchFile> scratch_;
  std::optional<base::MappedScratch> mapped_;
  std::span<const Value> view_;
};

}  // namespace wirecopy::batch

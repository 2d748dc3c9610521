#include "read/block.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace wirecopy {
namespace {

// A buffer that grew over this for one long row is not kept.
constexpr std::size_t kKeptBytes = 4 * kBlockBytes;

}  // namespace

namespace read {

void Buffer::reserve(std::size_t capacity) {
  if (capacity <= capacity_) return;
  auto larger = std::make_unique_for_overwrite<char[]>(capacity + base::kRowPadding);
  std::copy_n(data_.get(), size_, larger.get());
  data_ = std::move(larger);
  capacity_ = capacity;
}

void Buffer::append(std::string_view text) {
  if (size_ + text.size() > capacity_) reserve(std::max(size_ + text.size(), 2 * capacity_));
  std::copy(text.begin(), text.end(), data_.get() + size_);
  size_ += text.size();
}

void Buffer::drop_front(std::size_t count) noexcept {
  std::memmove(data_.get(), data_.get() + count, size_ - count);
  size_ -= count;
}

void Buffer::seal() {
  reserve(1);
  data_[size_] = '\n';
}

void Buffer::release() noexcept { *this = Buffer(); }

std::shared_ptr<BlockMemory> BlockPool::take() {
  std::unique_ptr<BlockMemory> block;
  {
    const std::scoped_lock lock(mutex_);
    if (!free_.empty()) {
      block = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!block) block = std::make_unique<BlockMemory>();
  return {block.release(), [pool = shared_from_this()](BlockMemory* used) {
            pool->give(std::unique_ptr<BlockMemory>(used));
          }};
}

void BlockPool::give(std::unique_ptr<BlockMemory> block) {
  block->clear();
  const std::scoped_lock lock(mutex_);
  free_.push_back(std::move(block));
}

}  // namespace read

void BlockMemory::clear() {
  bytes.truncate(0);
  if (bytes.capacity() > kKeptBytes) bytes.release();
  offset = 0;
  format = Format::jsonl;
  records.clear();
  columns.reset();
  rejected.clear();
  plan.reset();
  arena.clear();
}

}  // namespace wirecopy

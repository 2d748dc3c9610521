#include "base/text_arena.h"

#include <algorithm>

namespace wirecopy::base {
namespace {

// What the strings of one block of rows usually take.
constexpr std::size_t kChunk = std::size_t{576} << 10U;

}  // namespace

char* TextArena::room(std::size_t size) {
  const std::size_t needed = size + kRowPadding;
  if (chunks_.empty() || chunks_.back().size - used_ < needed) {
    const std::size_t chunk = std::max(kChunk, needed);
    chunks_.push_back({std::make_unique_for_overwrite<char[]>(chunk), chunk});
    used_ = 0;
  }
  return chunks_.back().bytes.get() + used_;
}

std::string_view TextArena::keep(std::size_t size) noexcept {
  const std::string_view kept(chunks_.back().bytes.get() + used_, size);
  used_ += size;
  return kept;
}

std::string_view TextArena::keep_row(std::size_t size) noexcept {
  chunks_.back().bytes[used_ + size] = '\n';
  return keep(size + 1).substr(0, size);
}

std::string_view TextArena::copy(std::string_view text) {
  char* target = room(text.size());
  std::copy(text.begin(), text.end(), target);
  return keep(text.size());
}

std::string_view TextArena::copy_row(std::string_view row) {
  char* target = room(row.size());
  std::copy(row.begin(), row.end(), target);
  return keep_row(row.size());
}

void TextArena::clear() noexcept {
  if (!chunks_.empty() && chunks_.front().size > kChunk) chunks_.clear();
  if (chunks_.size() > 1) chunks_.resize(1);
  used_ = 0;
}

}  // namespace wirecopy::base

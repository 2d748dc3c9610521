#include "batch/signature_column.h"

#include <algorithm>
#include <utility>

namespace wirecopy::batch {
namespace {

// Once spilling, signatures are written in pieces of this many (1 MiB).
constexpr std::size_t kPiece = 4096;

}  // namespace

SignatureColumn::SignatureColumn(std::uint64_t memory_bytes, std::string work_folder)
    : memory_limit_(std::max<std::uint64_t>(memory_bytes / sizeof(Signature), kPiece)),
      work_folder_(std::move(work_folder)) {}

SignatureColumn::~SignatureColumn() = default;

void SignatureColumn::expect(std::uint64_t count) {
  if (scratch_ || count <= buffer_.capacity()) return;
  const std::uint64_t wanted = std::max<std::uint64_t>(count, buffer_.capacity() * 3 / 2);
  buffer_.reserve(static_cast<std::size_t>(std::min(wanted, memory_limit_)));
}

void SignatureColumn::push_back(const Signature& signature) {
  buffer_.push_back(signature);
  const std::uint64_t limit = scratch_ ? kPiece : memory_limit_;
  if (buffer_.size() >= limit) spill();
}

void SignatureColumn::spill() {
  if (!scratch_) scratch_.emplace(work_folder_);
  scratch_->append(
      {reinterpret_cast<const char*>(buffer_.data()), buffer_.size() * sizeof(Signature)});
  std::exchange(buffer_, {}).clear();
  buffer_.reserve(kPiece);
}

void SignatureColumn::finish() {
  if (!scratch_) {
    view_ = buffer_;
    return;
  }
  spill();
  mapped_.emplace(*scratch_);
  const std::span<const char> bytes = mapped_->bytes();
  view_ = {reinterpret_cast<const Signature*>(bytes.data()), bytes.size() / sizeof(Signature)};
}

}  // namespace wirecopy::batch

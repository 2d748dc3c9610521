/// A column that is written once and read once, in order: in pieces that never move, so that
/// appending copies nothing, and each is freed when the next one is read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/files.h"

namespace wirecopy::batch {

/// Not for several threads at once.
template <typename Value>
class Pieces {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  /// Past `memory_bytes` in memory, full pieces go to a scratch file in `work_folder`.
  Pieces(std::uint64_t memory_bytes, std::string work_folder)
      : memory_limit_(memory_bytes / sizeof(Value)), work_folder_(std::move(work_folder)) {}

  /// Throws Error(output) if the scratch file cannot be written.
  void append(std::span<const Value> values) {
    if (values.empty()) return;
    if (pieces_.empty() || room_ - pieces_.back().size < values.size()) open(values.size());
    Piece& last = pieces_.back();
    std::copy(values.begin(), values.end(), last.values.get() + last.size);
    last.size += values.size();
  }

  /// The values of the next append that was not empty, if so many were given there; nothing if
  /// `count` is 0. Valid until the next call; nothing may be appended any more. Throws
  /// Error(output) if the scratch file cannot be read.
  [[nodiscard]] std::span<const Value> take(std::size_t count) {
    if (count == 0) return {};
    if (read_ == pieces_[reading_].size) {
      pieces_[reading_++].values.reset();
      read_ = 0;
    }
    Piece& piece = pieces_[reading_];
    if (piece.values == nullptr) load(piece);
    const std::span<const Value> taken(piece.values.get() + read_, count);
    read_ += count;
    return taken;
  }

 private:
  static constexpr std::size_t kPiece = (std::size_t{64} << 10U) / sizeof(Value);

  struct Piece {
    std::unique_ptr<Value[]> values;  // null = in the scratch file
    std::size_t size = 0;
    std::uint64_t offset = 0;
  };

  void open(std::size_t least) {
    if (in_memory_ >= memory_limit_) spill();
    room_ = std::max(kPiece, least);
    in_memory_ += room_;
    pieces_.push_back({std::make_unique_for_overwrite<Value[]>(room_), 0, 0});
  }
  void spill() {
    if (!scratch_) scratch_ = std::make_unique<base::ScratchFile>(work_folder_);
    for (; spilled_ < pieces_.size(); ++spilled_) {
      Piece& piece = pieces_[spilled_];
      const auto* const bytes = reinterpret_cast<const char*>(piece.values.get());
      piece.offset = scratch_->append({bytes, piece.size * sizeof(Value)});
      piece.values.reset();
    }
    in_memory_ = 0;
  }
  void load(Piece& piece) const {
    piece.values = std::make_unique_for_overwrite<Value[]>(piece.size);
    auto* const bytes = reinterpret_cast<char*>(piece.values.get());
    scratch_->read_at(piece.offset, {bytes, piece.size * sizeof(Value)});
  }

  std::uint64_t memory_limit_;  // in values
  std::string work_folder_;
  std::vector<Piece> pieces_;
  std::size_t room_ = 0;  // of the last piece
  std::uint64_t in_memory_ = 0;
  std::size_t spilled_ = 0;
  std::size_t reading_ = 0;
  std::size_t read_ = 0;  // values of the piece that is being read
  std::unique_ptr<base::ScratchFile> scratch_;
};

}  // namespace wirecopy::batch

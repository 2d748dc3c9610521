/// The key column of one band, sorted, so that members that agree in all its rows stand side by
/// side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/band.h"

namespace wirecopy::band {

/// Keeps its memory between bands. Not for several threads at once.
class Column {
 public:
  /// Hashes the rows of band number `band` of every member and sorts. Cost: about 20 ns a member.
  /// Memory: 16 bytes a member.
  void build(std::span<const std::uint32_t> members, std::span<const Signature> signatures,
             const Banding& banding, std::uint32_t band);

  /// Calls visit(positions) for every bucket of two or more, with the ascending places of its
  /// members in `members`. Equal rows always share a bucket; texts with unequal rows share one by
  /// chance, with probability 2^-(64 - bits of a place) a pair (2^-44 among a million).
  template <typename Visit>
  void for_each_bucket(Visit&& visit) {
    for (std::size_t begin = 0, end = 0; begin < records_.size(); begin = end) {
      const std::uint64_t key = records_[begin] >> place_bits_;
      end = begin + 1;
      while (end < records_.size() && records_[end] >> place_bits_ == key) ++end;
      if (end - begin < 2) continue;
      bucket_.clear();
      for (std::size_t i = begin; i < end; ++i) bucket_.push_back(place(records_[i]));
      visit(std::span<const std::uint32_t>(bucket_));
    }
  }

 private:
  [[nodiscard]] std::uint32_t place(std::uint64_t record) const noexcept {
    return static_cast<std::uint32_t>(record & ((std::uint64_t{1} << place_bits_) - 1));
  }
  void sort();

  // A record is the top bits of a key, then a place in `members`.
  std::vector<std::uint64_t> records_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint32_t> bucket_;
  unsigned place_bits_ = 1;
};

/// Bits that hold any place among `count` members.
[[nodiscard]] unsigned bits_of_place(std::size_t count) noexcept;

}  // namespace wirecopy::band

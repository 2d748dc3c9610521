/// Where the k-grams of one text stand: every step-th place, grouped by hash. A Bloom filter in
/// front, two marks in one word, answers nearly all questions about k-grams that are not there.
#pragma once

#include <span>
#include <vector>

#include "align/letters.h"

namespace wirecopy::align_detail {

inline constexpr std::uint32_t kLeastSeed = 4;
inline constexpr std::uint32_t kMostSeed = 16;

inline constexpr std::uint64_t kSeedMultiplier = 0x9e3779b97f4a7c15ULL;

/// seed_hash of eight letters or more.
[[nodiscard]] inline std::uint64_t long_seed_hash(const Narrow* gram,
                                                  std::uint32_t letters) noexcept {
  const std::uint64_t head = load<std::uint64_t>(gram);
  const std::uint64_t tail = load<std::uint64_t>(gram + letters - 8);
  return (head ^ std::rotl(tail, 29)) * kSeedMultiplier;
}

/// Hash of `letters` letters, of which the upper bits are good. Adversaries can make k-grams
/// collide: that costs time, within the bounds of MatchFinder, and never changes a result.
[[nodiscard]] inline std::uint64_t seed_hash(const Narrow* gram, std::uint32_t letters) noexcept {
  if (letters >= 8) return long_seed_hash(gram, letters);
  const std::uint64_t head = load<std::uint32_t>(gram);
  const std::uint64_t tail = load<std::uint32_t>(gram + letters - 4);
  return (head ^ tail << 32U) * kSeedMultiplier;
}

[[nodiscard]] inline std::uint64_t seed_hash(const Wide* gram, std::uint32_t letters) noexcept {
  std::uint64_t hash = 0;
  for (std::uint32_t i = 0; i < letters; i += 2) {
    const std::uint64_t two = load<std::uint64_t>(gram + std::min(i, letters - 2));
    hash = (std::rotl(hash, 27) ^ two) * kSeedMultiplier;
  }
  return hash;
}

template <typename Unit>
class SeedIndex {
 public:
  /// Replaces what was indexed. Requires 4 ≤ letters ≤ 16 and step ≥ 1. Memory is kept.
  void build(std::span<const Unit> text, std::uint32_t letters, std::uint32_t step);

  [[nodiscard]] std::uint32_t seed_letters() const noexcept { return letters_; }
  [[nodiscard]] std::uint32_t step() const noexcept { return step_; }
  /// False only if no k-gram with this hash is indexed.
  [[nodiscard]] bool may_hold(std::uint64_t hash) const noexcept {
    const std::uint64_t marks = marks_of(hash);
    return (filter_[bucket_of(hash, bucket_bits_)] & marks) == marks;
  }
  /// The first place of `text` in [from, end) whose k-gram may be held, or `end`. There are k
  /// letters from each place on.
  [[nodiscard]] std::size_t next_held(std::span<const Unit> text, std::size_t from,
                                      std::size_t end) const noexcept;
  /// Ascending places of k-grams with this hash, and now and then of others.
  [[nodiscard]] std::span<const std::uint32_t> places(std::uint64_t hash) const noexcept {
    const std::uint64_t bucket = bucket_of(hash, bucket_bits_);
    return std::span(places_).subspan(ends_[bucket], ends_[bucket + 1] - ends_[bucket]);
  }

 private:
  // The upper bits of a hash name a bucket, twelve in its middle two marks in its word of the
  // filter.
  [[nodiscard]] static std::uint64_t bucket_of(std::uint64_t hash, unsigned bits) noexcept {
    return hash >> (64U - bits);
  }
  [[nodiscard]] static std::uint64_t marks_of(std::uint64_t hash) noexcept {
    constexpr std::uint64_t kMark = 1;
    return kMark << (hash >> 32U & 63U) | kMark << (hash >> 38U & 63U);
  }

  std::uint32_t letters_ = 0;
  std::uint32_t step_ = 1;
  unsigned bucket_bits_ = 1;
  std::vector<std::uint64_t> filter_;
  std::vector<std::uint32_t> ends_;  // places of bucket b: [ends_[b], ends_[b + 1])
  std::vector<std::uint32_t> places_;
  std::vector<std::uint32_t> buckets_;  // of each place indexed, while building
};

template <typename Unit>
void SeedIndex<Unit>::build(std::span<const Unit> text, std::uint32_t letters, std::uint32_t step) {
  letters_ = letters;
  step_ = step;
  const std::size_t count = text.size() < letters ? 0 : (text.size() - letters) / step + 1;
  const unsigned bits = std::max(6U, static_cast<unsigned>(std::bit_width(count / 2)));
  bucket_bits_ = bits;
  filter_.assign(std::size_t{1} << bits, 0);
  ends_.assign((std::size_t{1} << bits) + 2, 0);
  places_.resize(count);
  buckets_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t hash = seed_hash(text.data() + i * step, letters);
    const std::uint64_t bucket = bucket_of(hash, bits);
    filter_[bucket] |= marks_of(hash);
    ++ends_[bucket + 2];
    buckets_[i] = static_cast<std::uint32_t>(bucket);
  }
  for (std::size_t b = 2; b < ends_.size(); ++b) ends_[b] += ends_[b - 1];
  for (std::size_t i = 0; i < count; ++i) {
    places_[ends_[buckets_[i] + 1]++] = static_cast<std::uint32_t>(i * step);
  }
}

template <typename Unit>
std::size_t SeedIndex<Unit>::next_held(std::span<const Unit> text, std::size_t from,
                                       std::size_t end) const noexcept {
  const auto pass = [&](auto&& held) {
    constexpr std::size_t kAtOnce = 4;  // hardly any is held
    const auto count = [&] {
      unsigned found = 0;
      for (std::size_t i = 0; i < kAtOnce; ++i) found += held(from + i) ? 1U : 0U;
      return found;
    };
    while (from + kAtOnce <= end && count() == 0) from += kAtOnce;
    while (from < end && !held(from)) ++from;
    return from;
  };
  const Unit* const letters = text.data();
  const std::uint32_t k = letters_;
  if constexpr (sizeof(Unit) == 1) {
    if (k >= 8)
      return pass([&](std::size_t at) { return may_hold(long_seed_hash(letters + at, k)); });
  }
  return pass([&](std::size_t at) { return may_hold(seed_hash(letters + at, k)); });
}

}  // namespace wirecopy::align_detail

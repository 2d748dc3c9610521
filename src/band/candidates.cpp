// Candidates of all bands, each pair once.
//
// Bands are worked on in rounds of as many as there are threads. First every band of a round sorts
// its column and marks, in every bucket over the cap, the members that are not centers: they are
// *limited*. Then every band proposes its pairs. A pair is left to the first band that proposes it,
// and whether an earlier band did can be told from the two signatures and the marks alone: it did
// if all its rows agree and not both members are limited there. So no pair is held twice, nothing
// is merged, and the work of one band never depends on when another is done.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "band/column.h"
#include "band/radix_sort.h"
#include "base/parallel.h"
#include "wirecopy/band.h"

namespace wirecopy {
namespace {

using Places = std::span<const std::uint32_t>;  // ascending places in `members`

// What one thread of a round works with and finds.
struct Slot {
  band::Column column;
  std::vector<std::uint32_t> centers;
  std::vector<std::uint64_t> pairs;
  std::uint64_t capped_buckets = 0;
  std::uint64_t left_out_pairs = 0;
};

class Proposer {
 public:
  Proposer(std::span<const std::uint32_t> members, std::span<const Signature> signatures,
           std::span<const std::uint32_t> priority, const Banding& banding,
           const BandOptions& options)
      : members_(members),
        signatures_(signatures),
        priority_(priority),
        banding_(banding),
        options_(options),
        limited_(banding.bands()),
        place_bits_(band::bits_of_place(members.size())) {}

  [[nodiscard]] Candidates propose_all();

 private:
  void sort_band(std::uint32_t band, Slot& slot);
  void cap_bucket(Places bucket, std::uint32_t band, Slot& slot);
  void propose_band(std::uint32_t band, Slot& slot) const;
  void propose_pair(std::uint32_t first, std::uint32_t second, std::uint32_t band,
                    Slot& slot) const;
  [[nodiscard]] bool is_limited(std::uint32_t place, std::uint32_t band) const {
    return !limited_[band].empty() && limited_[band][place];
  }
  [[nodiscard]] bool agree(const Signature& a, const Signature& b,
                           std::uint32_t band) const noexcept;
  [[nodiscard]] std::vector<CandidatePair> unpack(std::vector<std::uint64_t> pairs) const;

  std::span<const std::uint32_t> members_;
  std::span<const Signature> signatures_;
  std::span<const std::uint32_t> priority_;
  const Banding& banding_;
  const BandOptions& options_;
  std::vector<std::vector<bool>> limited_;  // by band, then place; empty if no bucket was capped
  unsigned place_bits_;
};

Candidates Proposer::propose_all() {
  const std::size_t bands = banding_.bands();
  std::vector<Slot> slots(std::min(base::current_threads(), bands));
  std::vector<std::uint64_t> pairs;
  for (std::size_t begin = 0; begin < bands; begin += slots.size()) {
    const std::size_t count = std::min(slots.size(), bands - begin);
    const auto band = [&](std::size_t i) { return static_cast<std::uint32_t>(begin + i); };
    base::for_each_index(count, [&](std::size_t i) { sort_band(band(i), slots[i]); });
    base::for_each_index(count, [&](std::size_t i) { propose_band(band(i), slots[i]); });
    for (Slot& slot : slots) {
      pairs.insert(pairs.end(), slot.pairs.begin(), slot.pairs.end());
      slot.pairs.clear();
    }
  }

  Candidates result;
  for (const Slot& slot : slots) {
    result.capped_buckets += slot.capped_buckets;
    result.left_out_pairs += slot.left_out_pairs;
  }
  slots.clear();
  result.pairs = unpack(std::move(pairs));
  return result;
}

void Proposer::sort_band(std::uint32_t band, Slot& slot) {
  slot.column.build(members_, signatures_, banding_, band);
  slot.column.for_each_bucket([&](Places bucket) {
    if (bucket.size() > options_.bucket_cap) cap_bucket(bucket, band, slot);
  });
}

void Proposer::cap_bucket(Places bucket, std::uint32_t band, Slot& slot) {
  slot.centers.resize(std::min<std::size_t>(options_.bucket_centers, bucket.size()));
  std::partial_sort_copy(bucket.begin(), bucket.end(), slot.centers.begin(), slot.centers.end(),
                         [&](std::uint32_t a, std::uint32_t b) {
                           return priority_[members_[a]] < priority_[members_[b]];
                         });
  std::vector<bool>& limited = limited_[band];
  limited.resize(members_.size());
  for (const std::uint32_t place : bucket) limited[place] = true;
  for (const std::uint32_t place : slot.centers) limited[place] = false;

  const std::uint64_t others = bucket.size() - slot.centers.size();
  ++slot.capped_buckets;
  slot.left_out_pairs += others == 0 ? 0 : others * (others - 1) / 2;
}

void Proposer::propose_band(std::uint32_t band, Slot& slot) const {
  slot.column.for_each_bucket([&](Places bucket) {
    if (bucket.size() <= options_.bucket_cap) {
      for (std::size_t i = 0; i < bucket.size(); ++i) {
        for (std::size_t j = i + 1; j < bucket.size(); ++j) {
          propose_pair(bucket[i], bucket[j], band, slot);
        }
      }
      return;
    }
    slot.centers.clear();
    std::copy_if(bucket.begin(), bucket.end(), std::back_inserter(slot.centers),
                 [&](std::uint32_t place) { return !is_limited(place, band); });
    for (const std::uint32_t place : bucket) {
      for (const std::uint32_t center : slot.centers) {
        // Two centers meet twice here.
        if (place < center) propose_pair(place, center, band, slot);
        if (place > center && is_limited(place, band)) propose_pair(center, place, band, slot);
      }
    }
  });
}

void Proposer::propose_pair(std::uint32_t first, std::uint32_t second, std::uint32_t band,
                            Slot& slot) const {
  const Signature& a = signatures_[members_[first]];
  const Signature& b = signatures_[members_[second]];
  if (!agree(a, b, band)) return;  // the keys met by chance
  for (std::uint32_t earlier = 0; earlier < band; ++earlier) {
    if (agree(a, b, earlier) && !(is_limited(first, earlier) && is_limited(second, earlier))) {
      return;
    }
  }
  if (options_.min_equal_lanes != 0 && equal_lanes(a, b) < options_.min_equal_lanes) return;
  slot.pairs.push_back(std::uint64_t{first} << place_bits_ | second);
}

bool Proposer::agree(const Signature& a, const Signature& b, std::uint32_t band) const noexcept {
  const std::size_t begin = std::size_t{band} * banding_.rows();
  for (std::size_t lane = begin; lane < begin + banding_.rows(); ++lane) {
    if (a.lanes[lane] != b.lanes[lane]) return false;
  }
  return true;
}

std::vector<CandidatePair> Proposer::unpack(std::vector<std::uint64_t> pairs) const {
  {
    std::vector<std::uint64_t> scratch;
    band::radix_sort(pairs, scratch, 0, 2 * place_bits_);
  }
  const std::uint64_t mask = (std::uint64_t{1} << place_bits_) - 1;
  std::vector<CandidatePair> result;
  result.reserve(pairs.size());
  for (const std::uint64_t pair : pairs) {
    result.push_back({members_[pair >> place_bits_], members_[pair & mask]});
  }
  return result;
}

}  // namespace

Candidates candidates(std::span<const std::uint32_t> members, std::span<const Signature> signatures,
                      std::span<const std::uint32_t> priority, const Banding& banding,
                      const BandOptions& options) {
  if (members.size() < 2) return {};
  return Proposer(members, signatures, priority, banding, options).propose_all();
}

}  // namespace wirecopy

#include "generate/resemblance.h"

#include <algorithm>

#include "base/hash.h"

namespace wirecopy::generation {
namespace {

constexpr std::uint64_t kSharePart = 3;  // 30 %
constexpr std::uint64_t kShareWhole = 10;
// A shingle that so many texts share is a formula: it tells nothing of one text and is not added
// again.
constexpr std::size_t kMaxTexts = 64;

}  // namespace

std::vector<std::uint64_t> ResemblanceIndex::sample(std::span<const std::uint64_t> shingles,
                                                    std::uint64_t one_of) {
  std::vector<std::uint64_t> kept;
  std::uint64_t smallest = ~std::uint64_t{0};
  for (const std::uint64_t shingle : shingles) {
    const std::uint64_t hash = base::mix64(shingle);
    smallest = std::min(smallest, hash);
    if (hash % one_of == 0) kept.push_back(hash);
  }
  if (!shingles.empty()) kept.push_back(smallest);
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

bool ResemblanceIndex::add_if_new(std::span<const std::uint64_t> sample) {
  if (resembles(sample)) return false;
  for (const std::uint64_t hash : sample) insert(hash, texts_ + 1);
  ++texts_;
  return true;
}

// The table is one of open addressing in which a shingle may stand several times, once a text. Only
// the high half of a hash is kept: it gives the slot and tells shingles apart. One chance hit in
// some thousand does not make a resemblance.
bool ResemblanceIndex::resembles(std::span<const std::uint64_t> sample) {
  hits_.clear();
  const std::size_t mask = entries_.size() - 1;
  for (const std::uint64_t hash : sample) {
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t slot = tag & mask; entries_[slot].text != 0; slot = (slot + 1) & mask) {
      if (entries_[slot].tag == tag) hits_.push_back(entries_[slot].text);
    }
  }
  std::sort(hits_.begin(), hits_.end());
  for (std::size_t begin = 0; begin < hits_.size();) {
    std::size_t end = begin;
    while (end < hits_.size() && hits_[end] == hits_[begin]) ++end;
    if ((end - begin) * kShareWhole >= sample.size() * kSharePart) return true;
    begin = end;
  }
  return false;
}

void ResemblanceIndex::insert(std::uint64_t hash, std::uint32_t text) {
  if (2 * (used_ + 1) > entries_.size()) grow();
  const std::size_t mask = entries_.size() - 1;
  const auto tag = static_cast<std::uint32_t>(hash >> 32U);
  std::size_t equal = 0;
  std::size_t slot = tag & mask;
  for (; entries_[slot].text != 0; slot = (slot + 1) & mask) {
    if (entries_[slot].tag == tag && ++equal == kMaxTexts) return;
  }
  entries_[slot] = {tag, text};
  ++used_;
}

void ResemblanceIndex::grow() {
  std::vector<Entry> former(2 * entries_.size());
  former.swap(entries_);
  const std::size_t mask = entries_.size() - 1;
  for (const Entry& entry : former) {
    if (entry.text == 0) continue;
    std::size_t slot = entry.tag & mask;
    while (entries_[slot].text != 0) slot = (slot + 1) & mask;
    entries_[slot] = entry;
  }
}

}  // namespace wirecopy::generation

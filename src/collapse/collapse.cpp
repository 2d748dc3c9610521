#include "wirecopy/collapse.h"

#include <algorithm>
#include <cstddef>

#include "base/hash.h"
#include "base/parallel.h"

namespace wirecopy {
namespace {

struct Entry {
  LettersHash hash;
  std::uint32_t rank = 0;
  std::uint32_t document = 0;
  friend auto operator<=>(const Entry&, const Entry&) = default;  // no ties: ranks differ
};
static_assert(sizeof(Entry) == 24);  // promised in the header

// Entries [begin, end) of one group of two or more.
struct Group {
  std::uint32_t representative = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

std::vector<Entry> sorted_entries(std::span<const LettersHash> hashes,
                                  std::span<const std::uint32_t> rank) {
  std::vector<Entry> entries(hashes.size());
  for (std::uint32_t d = 0; d < hashes.size(); ++d) entries[d] = {hashes[d], rank[d], d};
  base::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<Group> groups_of_copies(std::span<const Entry> entries) {
  std::vector<Group> groups;
  for (std::uint32_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    const LettersHash hash = entries[begin].hash;
    end = begin + 1;
    while (end < entries.size() && entries[end].hash == hash) ++end;
    if (end - begin > 1 && hash != LettersHash{}) {
      groups.push_back({entries[begin].document, begin, end});
    }
  }
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return a.representative < b.representative; });
  return groups;
}

}  // namespace

LettersHash letters_hash(const NormalizedText& text) noexcept {
  if (text.letters().empty()) return {};
  const base::Hash128 hash = base::hash128_long(text.letters());
  const LettersHash result{hash.high, hash.low};
  return result == LettersHash{} ? LettersHash{0, 1} : result;
}

Groups collapse(std::span<const LettersHash> hashes, std::span<const std::uint32_t> rank) {
  const std::vector<Entry> entries = sorted_entries(hashes, rank);
  Groups result;
  result.representative.resize(hashes.size());
  for (std::uint32_t d = 0; d < hashes.size(); ++d) result.representative[d] = d;
  for (const Group& group : groups_of_copies(entries)) {
    for (std::uint32_t e = group.begin + 1; e < group.end; ++e) {
      result.representative[entries[e].document] = group.representative;
      result.copies.push_back(entries[e].document);
    }
  }
  return result;
}

}  // namespace wirecopy

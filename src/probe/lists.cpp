#include "probe/lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "base/hash.h"
#include "base/parallel.h"
#include "wirecopy/error.h"

namespace wirecopy::probe {
namespace {

// Tells names that may stand in two records from those that stand in one: a bit for each, by the
// upper half of what a record has of its name, and another once it was seen again.
class SeenAgain {
 public:
  // Forgets all; about `count` records will come.
  void begin(std::size_t count) {
    bits_ = std::min(kMostBits, static_cast<unsigned>(std::bit_width(8 * count + 63)));
    once_.assign((std::size_t{1} << bits_) / 64, 0);
    again_.assign(once_.size(), 0);
  }
  void add(std::uint64_t record) noexcept {
    const std::uint64_t bit = record >> (64 - bits_);
    const std::uint64_t mark = std::uint64_t{1} << bit % 64;
    again_[bit / 64] |= once_[bit / 64] & mark;
    once_[bit / 64] |= mark;
  }
  [[nodiscard]] bool has(std::uint64_t record) const noexcept {
    const std::uint64_t bit = record >> (64 - bits_);
    return (again_[bit / 64] >> bit % 64 & 1U) != 0;
  }

 private:
  static constexpr unsigned kMostBits = 20;  // both stay in the nearer caches

  unsigned bits_ = 6;
  std::vector<std::uint64_t> once_;
  std::vector<std::uint64_t> again_;
};

// Sorts the records of names that more than one document has, with a few others: one scatter by the
// top bits of the name, then the few that these do not tell apart. The scatter keeps the order of
// documents, so even a name that all documents share is sorted when it arrives.
class Sorter {
 public:
  // Of one partition, without repeats. Valid until the next call.
  std::span<std::uint64_t> sort(const Postings& postings, std::size_t partition) {
    collect(postings, partition);
    const std::size_t count = shared_.size();
    const auto bits = static_cast<unsigned>(std::bit_width(count / kRecordsABucket));
    const auto bucket_of = [&](std::uint64_t record) {
      return bits == 0 ? 0 : record >> (64 - bits);
    };
    ends_.assign((std::size_t{1} << bits) + 1, 0);
    for (const std::uint64_t record : shared_) ++ends_[bucket_of(record) + 1];
    for (std::size_t i = 1; i < ends_.size(); ++i) ends_[i] += ends_[i - 1];
    if (records_.size() < count) records_.resize(count);
    for (const std::uint64_t record : shared_) records_[ends_[bucket_of(record)]++] = record;
    // Now ends_[b] is the end of bucket b.
    std::size_t begin = 0;
    for (std::size_t bucket = 0; bucket + 1 < ends_.size(); begin = ends_[bucket++]) {
      sort_bucket(records_.data() + begin, records_.data() + ends_[bucket]);
    }
    const auto first = records_.begin();
    const auto end = std::unique(first, first + static_cast<std::ptrdiff_t>(count));
    return {records_.data(), static_cast<std::size_t>(end - first)};
  }

 private:
  static constexpr std::size_t kRecordsABucket = 4;

  void collect(const Postings& postings, std::size_t partition) {
    const std::size_t count = postings.size(partition);
    seen_.begin(count);
    postings.for_each_block(partition, [&](const std::uint64_t* records, std::size_t size) {
      for (std::size_t i = 0; i < size; ++i) seen_.add(records[i]);
    });
    shared_.resize(count + 1);  // without a branch, which nobody could predict
    std::size_t kept = 0;
    postings.for_each_block(partition, [&](const std::uint64_t* records, std::size_t size) {
      for (std::size_t i = 0; i < size; ++i) {
        shared_[kept] = records[i];
        kept += seen_.has(records[i]) ? 1U : 0U;
      }
    });
    shared_.resize(kept);
  }
  static void sort_bucket(std::uint64_t* begin, std::uint64_t* end) {
    if (!std::is_sorted(begin, end)) std::sort(begin, end);
  }

  SeenAgain seen_;
  std::vector<std::uint64_t> shared_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint64_t> records_;
};

}  // namespace

// Writes the runs of one partition after each other, each from its first document of the range on.
class Lists::Builder {
 public:
  Builder(DocumentRange range, const Cutting& cutting)
      : range_(range),
        cutting_(cutting),
        cut_below_(std::numeric_limits<std::uint64_t>::max() / least_run(cutting)) {}

  // Entries that the runs of `postings` may take: those at a cut stand in two runs.
  [[nodiscard]] static std::size_t most_entries(std::size_t postings, const Cutting& cutting) {
    return postings + postings / (least_run(cutting) - 1);
  }

  [[nodiscard]] std::uint32_t* build(std::span<const std::uint64_t> records,
                                     std::uint64_t partition, std::uint32_t* to,
                                     ProbeCounts& counts) {
    for (std::size_t begin = 0, end = 0; begin < records.size(); begin = end) {
      const std::uint64_t name = name_of(records[begin]);
      for (end = begin + 1; end < records.size() && name_of(records[end]) == name;) ++end;
      const std::size_t length = end - begin;
      if (length < 2) continue;
      ++counts.lists;
      counts.listed += length;
      counts.longest_list = std::max<std::uint64_t>(counts.longest_list, length);
      list_.clear();
      for (std::size_t i = begin; i < end; ++i) list_.push_back(document_of(records[i]));
      if (length <= cutting_.cap) {
        to = write(list_, 0, to, counts);
      } else {
        to = cut(partition << 32U | name, to, counts);
      }
    }
    return to;
  }

 private:
  std::uint32_t* cut(std::uint64_t name, std::uint32_t* to, ProbeCounts& counts) {
    ++counts.hot_lists;
    counts.hot_listed += list_.size();
    std::sort(list_.begin(), list_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return cutting_.order[a] < cutting_.order[b];
    });
    const std::span<const std::uint32_t> list(list_);
    for (std::size_t begin = 0, end = 0; end < list.size(); begin = end - 1) {
      end = std::min(begin + least_run(cutting_), list.size());
      const std::size_t most = std::min(begin + cutting_.cap, list.size());
      while (end < most && !cuts_before(list[end], name)) ++end;
      run_.assign(list.begin() + static_cast<std::ptrdiff_t>(begin),
                  list.begin() + static_cast<std::ptrdiff_t>(end));
      std::sort(run_.begin(), run_.end());
      ++counts.runs;
      to = write(run_, kHot, to, counts);
    }
    return to;
  }

  // A cut stands before one document in so many, so runs are twice as long on average.
  [[nodiscard]] static std::size_t least_run(const Cutting& cutting) noexcept {
    return cutting.cap / 4;
  }
  [[nodiscard]] bool cuts_before(std::uint32_t document, std::uint64_t name) const noexcept {
    return base::mix64(cutting_.id_hashes[document] ^ base::mix64(name)) < cut_below_;
  }

  [[nodiscard]] std::uint32_t* write(std::span<const std::uint32_t> run, std::uint32_t hot,
                                     std::uint32_t* to, ProbeCounts& counts) const {
    counts.meetings += run.size() * (run.size() - 1) / 2;
    auto first = std::lower_bound(run.begin(), run.end(), range_.begin);
    // The last one meets nobody after it.
    if (first >= run.end() - 1 || *first >= range_.end) return to;
    for (; first != run.end(); ++first) *to++ = *first | hot;
    to[-1] |= kLast;
    return to;
  }

  DocumentRange range_;
  const Cutting& cutting_;
  std::uint64_t cut_below_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> run_;
};

Lists::Lists(Postings& postings, bool kept, DocumentRange range, const Cutting& cutting,
             ProbeCounts& counts)
    : range_(range) {
  build_column(postings, kept, cutting, counts);
  build_places();
}

void Lists::build_column(Postings& postings, bool kept, const Cutting& cutting,
                         ProbeCounts& counts) {
  // Each partition gets room for all its postings, so that no thread waits for another; what lists
  // do not fill is never touched and takes no memory.
  regions_.resize(kPartitions);
  std::size_t total = 0;
  for (std::size_t i = 0; i < kPartitions; ++i) {
    regions_[i].begin = total;
    total += Builder::most_entries(postings.size(i), cutting);
    counts.postings += postings.size(i);
  }
  if (total > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::usage,
                fmt::format("{} fingerprints are more than one run can list: use a preset that "
                            "keeps fewer or split the input",
                            counts.postings));
  }
  column_ = std::make_unique_for_overwrite<std::uint32_t[]>(total);

  std::vector<ProbeCounts> partial(kPartitions);
  base::PerThread<Sorter> sorters;
  base::for_each_index(kPartitions, [&](std::size_t i) {
    const std::span<std::uint64_t> records = sorters.local().sort(postings, i);
    if (!kept) postings.free(i);
    std::uint32_t* const begin = column_.get() + regions_[i].begin;
    const std::uint32_t* const end = Builder(range_, cutting).build(records, i, begin, partial[i]);
    regions_[i].end = regions_[i].begin + static_cast<std::size_t>(end - begin);
  });
  for (const ProbeCounts& part : partial) {
    counts.lists += part.lists;
    counts.listed += part.listed;
    counts.hot_lists += part.hot_lists;
    counts.hot_listed += part.hot_listed;
    counts.runs += part.runs;
    counts.longest_list = std::max(counts.longest_list, part.longest_list);
    counts.meetings += part.meetings;
  }
}

// Calls visit(document, place) for the places of documents of a range that have followers.
template <typename Visit>
void Lists::for_each_place(DocumentRange range, Visit&& visit) const {
  for (const Region region : regions_) {
    for (std::size_t place = region.begin; place < region.end; ++place) {
      const std::uint32_t entry = column_[place] & ~kHot;
      // The last of a run is above all documents.
      if (entry - range.begin < range.end - range.begin) {
        visit(entry, static_cast<std::uint32_t>(place));
      }
    }
  }
}

// Threads share the documents, not the lists: each reads all lists and writes where no other does.
void Lists::build_places() {
  const std::size_t shares = base::current_threads();
  const std::uint64_t documents = range_.end - range_.begin;
  const auto bound = [&](std::size_t share) {
    return range_.begin + static_cast<std::uint32_t>(documents * share / shares);
  };
  const auto range_of = [&](std::size_t share) {
    return DocumentRange{bound(share), bound(share + 1)};
  };
  begins_.assign(documents + 2, 0);
  // Counted two ahead, so that filling moves each begin to its own place.
  base::for_each_index(shares, [&](std::size_t share) {
    for_each_place(range_of(share), [&](std::uint32_t document, std::uint32_t) {
      ++begins_[document - range_.begin + 2];
    });
  });
  for (std::size_t i = 2; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  places_ = std::make_unique_for_overwrite<std::uint32_t[]>(begins_.back());
  base::for_each_index(shares, [&](std::size_t share) {
    for_each_place(range_of(share), [&](std::uint32_t document, std::uint32_t place) {
      places_[begins_[document - range_.begin + 1]++] = place;
    });
  });
}

}  // namespace wirecopy::probe

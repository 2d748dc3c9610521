#include <algorithm>

#include "wirecopy/lineage.h"

namespace wirecopy {
namespace {

Millionths share(std::uint64_t part, std::uint64_t whole) {
  constexpr std::uint64_t kOne = 1'000'000;
  constexpr std::uint64_t kMost = ~std::uint64_t{0} / kOne;
  while (whole > kMost) {
    part /= 2;
    whole /= 2;
  }
  if (whole == 0) return Millionths(0);
  return Millionths(static_cast<std::uint32_t>(std::min(part, whole) * kOne / whole));
}

std::int64_t lower_median(std::vector<std::int64_t> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void OutletTable::add_article(std::string_view source, std::uint64_t letters) {
  if (source.empty()) return;
  Sums& sums = outlets_[std::string(source)];
  ++sums.row.articles;
  sums.letters += letters;
}

void OutletTable::add_first(std::string_view source) {
  if (!source.empty()) ++outlets_[std::string(source)].row.ran_first;
}

void OutletTable::add_copy(std::string_view source, std::string_view parent_source,
                           std::uint64_t letters, const std::optional<Lag>& lag) {
  if (source.empty() || source == parent_source) return;
  Sums& sums = outlets_[std::string(source)];
  ++sums.row.copies;
  sums.letters_copied += letters;
  if (!parent_source.empty()) ++sums.from[std::string(parent_source)];
  if (lag) sums.lags.push_back(lag->min_seconds + (lag->max_seconds - lag->min_seconds) / 2);
}

std::vector<OutletRow> OutletTable::rows() const {
  std::vector<OutletRow> rows;
  for (const auto& [source, sums] : outlets_) {
    OutletRow& row = rows.emplace_back(sums.row);
    row.source = source;
    row.share_copied = share(sums.letters_copied, sums.letters);
    for (const auto& [name, count] : sums.from) {
      if (count > row.from_count || (count == row.from_count && name < row.from)) {
        row.from = name;
        row.from_count = count;
      }
    }
    if (!sums.lags.empty()) row.median_lag_seconds = lower_median(sums.lags);
  }
  std::sort(rows.begin(), rows.end(),
            [](const OutletRow& a, const OutletRow& b) { return a.source < b.source; });
  return rows;
}

}  // namespace wirecopy

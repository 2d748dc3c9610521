/// What a run remembers of every accepted document, column by column.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/row_store.h"
#include "wirecopy/collapse.h"
#include "wirecopy/read.h"

namespace wirecopy::batch {

/// Strings of any length, one behind the other.
class StringColumn {
 public:
  void push_back(std::string_view value) {
    bytes_.append(value);
    ends_.push_back(bytes_.size());
  }
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    const std::uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }
  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

/// A few distinct strings, each kept once: sources.
class NameTable {
 public:
  [[nodiscard]] std::uint32_t number_of(std::string_view name);
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const noexcept {
    return *names_[number];
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> names_;  // nodes of an unordered_map do not move
};

/// Where an accepted row came from.
struct RowOrigin {
  base::RowPlace place;
  std::uint64_t row_number = 0;
  bool repaired = false;
};

/// An accepted row that is no document of its own: same id and text as document `original`.
struct RepeatedRow {
  RowOrigin origin;
  std::optional<std::uint32_t> original;  ///< Nothing: it was stored in an earlier night.
  std::uint32_t documents_before = 0;     ///< Documents accepted before this row.
  std::string stored_id;                  ///< In that case.
};

/// Documents 0…size()-1 in input order. Filled by one thread, then read by any number.
struct DocumentTable {
  static constexpr TimeInterval kNoTime{std::numeric_limits<std::int64_t>::max(),
                                        std::numeric_limits<std::int64_t>::max()};

  StringColumn ids;
  StringColumn published_texts;         ///< As given; empty = missing or unreadable.
  std::vector<TimeInterval> published;  ///< kNoTime = missing, which sorts last.
  std::vector<std::uint32_t> source_numbers;
  NameTable sources;  ///< Number of "" = unknown.
  std::vector<LettersHash> letters;
  std::vector<std::uint32_t> letter_counts;  ///< Length of the letter stream in bytes.
  std::vector<std::uint64_t>
      word_hashes;  ///< Of the shingles in text order: equal = equal shingle sets.
  std::vector<RowOrigin> origins;
  std::vector<RepeatedRow> repeated;

  [[nodiscard]] std::size_t size() const noexcept { return ids.size(); }
  [[nodiscard]] std::string_view source(std::uint32_t document) const noexcept {
    return sources[source_numbers[document]];
  }
  [[nodiscard]] std::optional<TimeInterval> time(std::uint32_t document) const noexcept {
    if (published[document] == kNoTime) return std::nullopt;
    return published[document];
  }
  [[nodiscard]] bool has_letters(std::uint32_t document) const noexcept {
    return letter_counts[document] != 0;
  }
};

/// For every document its place by id (bytes), and by (published, missing last; id): permutations
/// of 0…size()-1.
[[nodiscard]] std::vector<std::uint32_t> rank_by_id(const DocumentTable& table);
[[nodiscard]] std::vector<std::uint32_t> rank_by_time(const DocumentTable& table,
                                                      const std::vector<std::uint32_t>& id_rank);

}  // namespace wirecopy::batch

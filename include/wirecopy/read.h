/// read: bytes → `Document` views and `Rejected` rows.
///
/// Idea: an input is a sequence of *rows* (one JSON object a line; CSV records and .txt files are
/// turned into such rows on the way in). `Reader::next` cuts the bytes into blocks of whole rows,
/// serially and cheaply; `Reader::parse` turns one block into documents and may run on any number
/// of threads at once.
///
/// Rows: a byte-order mark is skipped; blank lines are no rows. A row with invalid UTF-8 or a lone
/// surrogate is repaired (one U+FFFD per maximal subpart, Unicode 15 section 3.9) and read from the
/// repaired copy. Every row is walked to its end, so a row is accepted only if all of it is valid
/// JSON. Formats: JSONL, CSV, TSV, folders of .txt; gzip (also multi-member) and zstd are
/// recognised by their magic bytes; "-" is standard input.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

/// When something was published, as far as the text says: the instant lies in [earliest, latest],
/// both inclusive, in seconds since 1970-01-01T00:00:00Z. A year, a month, a day or a minute spans
/// all of it; without a zone the interval is wider by 14 h before and 12 h after.
struct TimeInterval {
  std::int64_t earliest = 0;
  std::int64_t latest = 0;
  friend auto operator<=>(const TimeInterval&, const TimeInterval&) = default;
};

/// Reads ISO 8601 (calendar dates, from a bare year to fractions of a second), RFC 2822 or a Unix
/// epoch in seconds or milliseconds of seven digits or more (so 0 and -1, the usual stand-ins for
/// "unknown", are no dates). Returns nothing when it is none of these, or no real date (30
/// February), or outside the years 1000…9999.
[[nodiscard]] std::optional<TimeInterval> parse_published(std::string_view text);

/// The fields wirecopy looks at. Everything else in a row passes through untouched.
enum class Field : std::uint8_t { id, text, title, source, url, canonical_url, published, byline };
inline constexpr std::size_t kFieldCount = 8;

/// Name of a field as used in `--field NAME=path`, and back (nothing if unknown).
[[nodiscard]] std::string_view name_of(Field field) noexcept;
[[nodiscard]] std::optional<Field> field_named(std::string_view name) noexcept;

/// Where each field is found in a row: dotted paths ("metadata.url"); an empty path switches the
/// field off. A field may have several paths; the first one present in the row with a usable value
/// wins.
struct FieldPaths {
  std::string preset;  ///< Name of the preset the paths started from, for messages.
  std::array<std::vector<std::string>, kFieldCount> paths;
};

/// Names of the known presets: wirecopy, cc-news, news-please, trafilatura, dolma, datatrove, hf.
[[nodiscard]] std::span<const std::string_view> field_presets() noexcept;

/// The paths of one preset. Throws Error(usage) naming the known presets if there is no such
/// preset.
[[nodiscard]] FieldPaths field_preset(std::string_view name);

enum class Format : std::uint8_t { jsonl, csv, tsv, txt };

/// What to read and how. The defaults are the documented limits.
struct ReadOptions {
  /// Files, folders, glob patterns, or "-" (standard input, at most once).
  std::vector<std::string> inputs;
  std::optional<Format> format;  ///< Nothing: by file name, else JSONL.
  std::string preset;            ///< Empty: recognised per input from its first rows.
  /// Paths in the place of the preset's, several for one field as alternatives; an empty path
  /// switches the field off.
  std::vector<std::pair<Field, std::string>> fields;
  /// Source names mapped to others ("bbc.co.uk" → "BBC").
  std::vector<std::pair<std::string, std::string>> aliases;
  /// Longer texts, and longer rows, are rejected as too_long. At most 1 GiB.
  std::uint64_t max_text_bytes = std::uint64_t{16} << 20U;
  std::uint64_t max_row_bytes = std::uint64_t{64} << 20U;
  /// Decompressed : compressed, once 16 MiB came out; 0 = no limit.
  std::uint64_t max_ratio = 200;
  /// Set to true by somebody else: `next` throws Error(interrupted) soon, even while it waits for a
  /// pipe.
  const std::atomic<bool>* stop = nullptr;
};

/// Why a row was not accepted.
enum class RejectReason : std::uint8_t {
  not_json,         ///< Not one valid JSON value, or nested deeper than 1,024 levels.
  not_object,       ///< Valid JSON, but no object.
  not_csv,          ///< An open quote, or another number of cells than the header has.
  duplicate_key,    ///< Two equal keys at the top level, compared unescaped.
  no_text,          ///< The text is missing or no string.
  too_long,         ///< Text or row over the limit; of such a row the first 4 KiB are shown.
  no_id,            ///< Neither id nor url, by which an index knows an article again.
  archive_damaged,  ///< Damaged, cut off or a bomb; what came before was read. Not a row.
};
[[nodiscard]] std::string_view name_of(RejectReason reason) noexcept;

/// A row that was not accepted. `row` is the row's original bytes (not necessarily UTF-8); empty
/// for archive_damaged.
struct Rejected {
  std::uint32_t input = 0;       ///< Index into Reader::inputs().
  std::uint64_t row_number = 0;  ///< From 1, blank lines left out; of damage: the rows before it.
  std::uint64_t offset = 0;      ///< Of the row in the decompressed input, in bytes (.txt: 0).
  RejectReason reason = RejectReason::not_json;
  std::string row;
  std::string detail;  ///< For a person: what was expected; where an archive broke.
};

/// One article, as views into the `ParsedBlock` it came from. Absent strings are empty.
struct Document {
  std::string_view id;  ///< As given (a number: its text as written); empty = none given.
  std::string_view text;
  /// The text as `row` writes it: what stands between the quotes, escapes and all.
  std::string_view text_json;
  std::string_view title;
  std::string_view source;  ///< Given, else the host of `url` without "www."; then by the aliases.
  std::string_view url;
  std::string_view canonical_url;
  std::string_view byline;
  std::optional<TimeInterval> published;
  std::string_view published_text;    ///< As given; a number: its text as written.
  bool published_unreadable = false;  ///< There was a value, but it is no date ("None" included).

  std::uint64_t row_in_block = 0;  ///< From 0, blank lines left out, rejected rows counted.
  std::uint64_t offset = 0;        ///< Of the row in the decompressed input, in bytes.
  std::string_view row;            ///< The row as read: the original bytes, or the repaired copy.
  std::string_view original;       ///< The original bytes; another view only if repaired.
  [[nodiscard]] bool repaired() const noexcept { return row.data() != original.data(); }
};

struct BlockMemory;  // what views point into

/// Some whole rows of one input, not yet parsed: made by Reader::next, given to Reader::parse.
struct RowBlock {
  std::uint32_t input = 0;
  std::shared_ptr<BlockMemory> memory;
};

/// The documents and rejected rows of one block, in row order. Views stay valid while a copy of it
/// lives; the memory is then used again for later blocks.
struct ParsedBlock {
  std::uint32_t input = 0;
  std::vector<Document> documents;
  std::vector<Rejected> rejected;  ///< row_number counts from 1 within this block.
  std::uint64_t rows = 0;          ///< Accepted and rejected; archive damage is no row.
  std::uint64_t published_unreadable = 0;
  std::shared_ptr<const BlockMemory> memory;
};

/// One input after folders and globs were expanded.
struct InputInfo {
  std::string path;            ///< As opened; "-" for standard input.
  std::string name;            ///< The base name, used in made-up ids; "stdin".
  bool seekable_rows = false;  ///< A plain JSONL file: rows can be read again by their offset.
};

/// Reads the inputs in the order given (folders: sorted by path).
///
/// Memory: one block (about 512 KiB, or one long row) at a time per caller. Errors: see the
/// constructor and `next`. Threads: `next` by one thread at a time; `parse` from any number at
/// once.
class Reader {
 public:
  /// Expands and checks the inputs, opens nothing big. Throws Error(input) for a path or pattern
  /// that leads to nothing or a compression that is not supported, Error(usage) for contradictory
  /// options.
  explicit Reader(ReadOptions options);
  /// Reads nothing.
  [[nodiscard]] static Reader of_nothing();
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// Takes plain sentences: which fields an input turned out to have ("FILE: fields as in cc-news
  /// (text, title, domain → source)", where that differs from the input before) and what was left
  /// out. Called at once with those of the constructor, then from `next`.
  void on_message(std::function<void(const std::string&)> listener);

  /// The next block of rows in input order, or nothing at the end. Throws Error(input) if an input
  /// cannot be read; a damaged archive is not an error but ends that input with a Rejected row, and
  /// `archive_damaged()` turns true.
  [[nodiscard]] std::optional<RowBlock> next();

  /// The documents of a block. Pure: the same block gives the same documents on any thread. Cost:
  /// about 0.35 ns a byte of JSONL.
  [[nodiscard]] ParsedBlock parse(RowBlock block) const;

  /// The document of one row that was accepted before, e.g. read back from a RowStore. `row` is the
  /// original row; the views point into the ParsedBlock.
  [[nodiscard]] ParsedBlock parse_row(std::uint32_t input, std::string_view row) const;

  [[nodiscard]] const std::vector<InputInfo>& inputs() const noexcept;
  /// Where the fields of an input are found; settled once `next` gave its first block.
  [[nodiscard]] const FieldPaths& fields(std::uint32_t input) const noexcept;
  [[nodiscard]] bool archive_damaged() const noexcept;

  /// Progress: compressed bytes taken from all inputs so far, and their total (0 if unknown, as for
  /// standard input).
  [[nodiscard]] std::uint64_t bytes_read() const noexcept;
  [[nodiscard]] std::uint64_t bytes_total() const noexcept;

 private:
  struct State;
  explicit Reader(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

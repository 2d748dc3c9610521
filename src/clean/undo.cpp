// Undo merges two streams. Every accepted row has a position, 1 … n; the ledger lists, in rising
// position, the rows that are missing from kept.jsonl (drop, repeated) or stand in it otherwise
// than they came (repair). So the kept rows fill exactly the positions that no drop or repeated
// line names, and one pass over both files is enough.
#include <fmt/format.h>

#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/clean.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

// A line of one of the files of a run; nothing at the end.
std::optional<std::string_view> next_line(base::LineReader& lines) {
  const std::optional<std::string_view> line = lines.next();
  if (line && !lines.complete()) {
    throw Error(ErrorCode::damaged,
                fmt::format("{}:{}: the line is cut short (no newline at the end of the file); "
                            "restore the file or run dedup again",
                            lines.path(), lines.number()));
  }
  return line;
}

// What the ledger says of one position.
struct Entry {
  std::uint64_t position = 0;
  bool missing = false;  // from kept.jsonl; else the kept row is a repaired copy
  std::string row;
};

class Ledger {
 public:
  explicit Ledger(const std::string& path) : lines_(path) { advance(); }

  // The entry for a position. A row that was repaired and then dropped may have both lines; the
  // dropped one counts.
  [[nodiscard]] std::optional<Entry> take(std::uint64_t position) {
    if (!next_ || next_->position != position) return std::nullopt;
    Entry entry = std::move(*next_);
    advance();
    if (next_ && next_->position == position) {
      if (next_->missing == entry.missing) fail("a second line for the same position");
      if (next_->missing) entry = std::move(*next_);
      advance();
    }
    return entry;
  }

  [[nodiscard]] const base::LineReader& lines() const { return lines_; }
  [[nodiscard]] bool at_end() const { return !next_; }

  [[noreturn]] void fail(std::string_view what) const {
    throw Error(ErrorCode::damaged, fmt::format("{}:{}: {}; restore the file or run dedup again",
                                                lines_.path(), lines_.number(), what));
  }

 private:
  void advance() {
    next_.reset();
    const std::optional<std::string_view> line = next_line(lines_);
    if (!line) return;
    Entry entry = parse(*line);
    if (entry.position < last_position_ || entry.position == 0) {
      fail(fmt::format("position {} after position {}, expected rising positions from 1",
                       entry.position, last_position_));
    }
    last_position_ = entry.position;
    next_ = std::move(entry);
  }

  Entry parse(std::string_view line) {
    if (!json_.parse(line)) fail("expected a row of JSON");
    const auto action = json_.string("action");
    const auto position = json_.unsigned_integer("position");
    const auto row = json_.string("row");
    const auto encoding = json_.string("encoding");
    if (!action || !position || !row || !encoding) {
      fail("expected action, position, row and encoding");
    }
    if (*action != "drop" && *action != "repeated" && *action != "repair") {
      fail(fmt::format("expected the action drop, repeated or repair, not '{}'", *action));
    }
    return {*position, *action != "repair", decoded(*row, *encoding)};
  }

  std::string decoded(std::string_view row, std::string_view encoding) const {
    if (encoding == "utf-8") return std::string(row);
    std::optional<std::string> bytes;
    if (encoding == "base64") bytes = base::from_base64(row);
    if (!bytes) fail("expected the row as utf-8 or in base64");
    return *std::move(bytes);
  }

  base::LineReader lines_;
  base::JsonRowReader json_;
  std::optional<Entry> next_;
  std::uint64_t last_position_ = 0;
};

// The summary, if there is one, tells whether a file lost whole lines at its end.
void check_counts(const std::filesystem::path& run, const base::LineReader& kept,
                  const base::LineReader& ledger) {
  const std::string path = run / "summary.json";
  if (!std::filesystem::exists(path)) return;
  base::JsonRowReader summary;
  const auto written =
      summary.parse(base::read_file(path)) ? summary.object("file_rows") : std::nullopt;
  if (!written)
    throw Error(ErrorCode::damaged, fmt::format("{} is not the summary of a run", path));
  const std::uint64_t kept_rows = written->unsigned_integer("kept.jsonl").value_or(0);
  const std::uint64_t ledger_rows = written->unsigned_integer("ledger.jsonl").value_or(0);
  if (kept.number() == kept_rows && ledger.number() == ledger_rows) return;
  throw Error(ErrorCode::damaged,
              fmt::format("{} and {} hold {} and {} rows, but {} says that {} and {} were written; "
                          "restore the files or run dedup again",
                          kept.path(), ledger.path(), kept.number(), ledger.number(), path,
                          kept_rows, ledger_rows));
}

}  // namespace

UndoCounts undo(const std::string& run, const std::function<void(std::string_view)>& write) {
  const std::filesystem::path folder(run);
  base::LineReader kept(folder / "kept.jsonl");
  Ledger ledger(folder / "ledger.jsonl");

  UndoCounts counts;
  for (std::uint64_t position = 1;; ++position) {
    const std::optional<Entry> entry = ledger.take(position);
    std::optional<std::string_view> row;
    if (!entry || !entry->missing) {
      row = next_line(kept);
      if (!row && !entry && ledger.at_end()) break;
      if (!row) {
        ledger.fail(fmt::format("no row for position {}: {} ends after {} rows", position,
                                kept.path(), kept.number()));
      }
    }
    if (entry) {
      row = entry->row;
      ++counts.restored;
    }
    write(*row);
    write("\n");
    ++counts.rows;
  }
  check_counts(folder, kept, ledger.lines());
  return counts;
}

}  // namespace wirecopy

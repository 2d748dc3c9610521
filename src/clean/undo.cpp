// Undo merges two streams. Every accepted row has a position, 1 … n; the ledger lists, in rising
// position, the rows that are missing from kept.jsonl (drop, repeated) or stand in it otherwise
// than they came (repair, cut). So the kept rows fill exactly the positions that no drop or
// repeated line names, and one pass over both files is enough.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "clean/ledger.h"
#include "wirecopy/clean.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using clean::Fate;
using clean::Ledger;
using clean::LedgerCut;
using clean::LedgerLine;

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// What of a line is undone.
class Wanted {
 public:
  Wanted(const UndoSelection& selection, const LedgerLine& line)
      : reasons_(selection.reasons),
        id_(selection.ids.empty() || contains(selection.ids, line.id)),
        whole_(id_ && (reasons_.empty() || contains(reasons_, line.action_name) ||
                       contains(reasons_, line.why))) {}

  [[nodiscard]] bool whole() const noexcept { return whole_; }
  [[nodiscard]] bool cut(const LedgerCut& cut) const {
    return whole_ || (id_ && contains(reasons_, cut.kind));
  }

 private:
  const std::vector<std::string>& reasons_;
  bool id_;
  bool whole_;
};

// A row with the wanted cuts put back. Places are those of the row before it was cut.
struct Mended {
  std::string row;
  bool fits = true;
  bool any = false;  // put back
  bool all = true;
};

Mended put_back(std::string_view rest, const std::vector<LedgerCut>& cuts, const Wanted& wanted) {
  Mended mended;
  std::uint64_t place = 0;
  for (const LedgerCut& cut : cuts) {
    const auto& [at, bytes] = cut.removed;
    mended.fits = at >= place && at - place < rest.size();
    if (!mended.fits) return mended;
    mended.row += rest.substr(0, at - place);
    rest.remove_prefix(at - place);
    place = at + bytes.size();
    if (wanted.cut(cut)) {
      mended.row += bytes;
      mended.any = true;
    } else {
      mended.all = false;
    }
  }
  mended.row += rest;
  return mended;
}

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
                          "restore the files or make the run again",
                          kept.path(), ledger.path(), kept.number(), ledger.number(), path,
                          kept_rows, ledger_rows));
}

class Undo {
 public:
  Undo(const std::filesystem::path& run, const UndoSelection& selection,
       const std::function<void(std::string_view)>& write)
      : selection_(selection),
        write_(write),
        kept_(run / "kept.jsonl"),
        ledger_(run / "ledger.jsonl") {}

  UndoCounts run_all() {
    for (std::uint64_t position = 1;; ++position) {
      const Fate fate = ledger_.take(position);
      if (fate.missing) {
        if (Wanted(selection_, *fate.missing).whole()) give(fate.missing->row, true);
        continue;
      }
      const std::optional<std::string_view> row = clean::next_line(kept_);
      if (!row) {
        if (fate.empty() && ledger_.at_end()) return counts_;
        ledger_.fail(fmt::format("no row for position {}: {} ends after {} rows", position,
                                 kept_.path(), kept_.number()));
      }
      give_kept(fate, *row);
    }
  }

  [[nodiscard]] const base::LineReader& kept() const noexcept { return kept_; }
  [[nodiscard]] const base::LineReader& ledger() const noexcept { return ledger_.lines(); }

 private:
  void give_kept(const Fate& fate, std::string_view row) {
    Mended mended;
    if (fate.cut) {
      mended = put_back(row, fate.cut->cuts, {selection_, *fate.cut});
      if (!mended.fits) {
        ledger_.fail(
            fmt::format("a cut does not fit the row at {}:{}", kept_.path(), kept_.number()),
            fate.cut->number);
      }
      row = mended.row;
    }
    // The original of a repaired row is not cut.
    if (fate.repair && mended.all && Wanted(selection_, *fate.repair).whole()) {
      return give(fate.repair->row, true);
    }
    give(row, mended.any);
  }

  void give(std::string_view row, bool restored) {
    write_(row);
    write_("\n");
    ++counts_.rows;
    if (restored) ++counts_.restored;
  }

  const UndoSelection& selection_;
  const std::function<void(std::string_view)>& write_;
  base::LineReader kept_;
  Ledger ledger_;
  UndoCounts counts_;
};

}  // namespace

UndoCounts undo(const std::string& run, const UndoSelection& selection,
                const std::function<void(std::string_view)>& write) {
  Undo undoing(run, selection, write);
  const UndoCounts counts = undoing.run_all();
  check_counts(run, undoing.kept(), undoing.ledger());
  return counts;
}

}  // namespace wirecopy

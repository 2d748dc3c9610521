#include <string>
#include <vector>

#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

constexpr std::uint64_t kRowsBetweenSignals = 4096;

// Walks the accepted rows in input order and gives each to kept.jsonl or to the ledger.
class RowTeller {
 public:
  RowTeller(const Told& told, Sink& sink)
      : told_(told),
        table_(told.corpus.documents),
        sink_(sink),
        progress_(told.limits, "write", table_.size(), table_.size()) {}

  void tell_all() {
    std::size_t repeated = 0;
    for (std::uint32_t d = 0; d < table_.size(); ++d) {
      for (; repeated < table_.repeated.size() && table_.repeated[repeated].documents_before == d;
           ++repeated) {
        tell_repeated(table_.repeated[repeated]);
      }
      if (told_.findings.kept(d)) {
        tell_kept(d);
      } else {
        tell_dropped(d);
      }
    }
    for (; repeated < table_.repeated.size(); ++repeated) {
      tell_repeated(table_.repeated[repeated]);
    }
  }

 private:
  // Reads the next accepted row back.
  void take(const RowOrigin& origin) {
    if (++position_ % kRowsBetweenSignals == 0) {
      check_stop(told_.limits);
      progress_.add(kRowsBetweenSignals);
    }
    told_.corpus.rows.row(origin.place, row_);
  }

  [[nodiscard]] LedgerRow ledger_row(LedgerRow::Action action, const RowOrigin& origin,
                                     std::uint32_t document, std::string_view why) const {
    LedgerRow row;
    row.action = action;
    row.id = table_.ids[document];
    row.input = told_.reader.inputs()[origin.place.input].path;
    row.row_number = origin.row_number;
    row.position = position_;
    row.why = why;
    row.row = row_;
    return row;
  }

  void tell_kept(std::uint32_t document) {
    const RowOrigin& origin = table_.origins[document];
    take(origin);
    if (!origin.repaired) {
      sink_.kept(row_);
      return;
    }
    sink_.ledger(ledger_row(LedgerRow::Action::repair, origin, document,
                            "invalid UTF-8 or a lone surrogate; the kept row is a repaired copy"));
    const ParsedBlock parsed = told_.reader.parse_row(origin.place.input, row_);
    sink_.kept(parsed.documents.front().row);
  }

  void tell_dropped(std::uint32_t document) {
    const RowOrigin& origin = table_.origins[document];
    const Findings& findings = told_.findings;
    const std::uint32_t kept = findings.kept_copy[document];
    const std::uint32_t representative = findings.groups.representative[document];
    const FoundPair* pair = findings.pair_of(representative, findings.groups.representative[kept]);
    take(origin);
    LedgerRow row = ledger_row(LedgerRow::Action::drop, origin, document,
                               name_of(pair == nullptr ? Verdict::identical : pair->verdict));
    row.kept = table_.ids[kept];
    if (pair == nullptr) {
      row.unique_text_lost = 0;
    } else {  // evidence is told with the kept text as a
      const FoundPair told = pair->b == representative ? *pair : turned(*pair);
      row.similarity = told.similarity;
      if (told.aligned) {
        row.unique_text_lost =
            lost_letters(*told.aligned, told.aligned->b, findings.least_identity);
      }
    }
    sink_.ledger(row);
  }

  void tell_repeated(const RepeatedRow& repeated) {
    take(repeated.origin);
    LedgerRow row = ledger_row(LedgerRow::Action::repeated, repeated.origin, repeated.original,
                               "same id and text as an earlier row");
    row.kept = table_.ids[told_.findings.kept_copy[repeated.original]];
    row.unique_text_lost = 0;
    sink_.ledger(row);
  }

  const Told& told_;
  const DocumentTable& table_;
  Sink& sink_;
  ProgressCounter progress_;
  std::uint64_t position_ = 0;
  std::string row_;
};

}  // namespace

void tell_rows(const Told& told, Sink& sink, Summary& summary) {
  const std::size_t documents = told.corpus.documents.size();
  for (std::uint32_t d = 0; d < documents; ++d) {
    ++(told.findings.kept(d) ? summary.rows.kept : summary.rows.dropped);
  }
  if (sink.wants(Output::kept) || sink.wants(Output::ledger)) RowTeller(told, sink).tell_all();
}

}  // namespace wirecopy::batch

#include <memory>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/utf8.h"
#include "batch/row_back.h"
#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kRowsAtOnce = 256;

struct Chunk {
  std::vector<RowBack> rows;
};

// Deals the accepted rows out in input order.
class Dealer {
 public:
  Dealer(const DocumentTable& table, std::uint32_t documents)
      : table_(table), documents_(documents) {}

  std::shared_ptr<Chunk> next() {
    auto chunk = std::make_shared<Chunk>();
    while (chunk->rows.size() < kRowsAtOnce) {
      const bool repeats = repeated_ < table_.repeated.size() &&
                           table_.repeated[repeated_].documents_before == document_;
      if (repeats) {
        const RepeatedRow& row = table_.repeated[repeated_++];
        chunk->rows.emplace_back().accepted = {row.original.value_or(0), &row};
      } else if (document_ < documents_) {
        chunk->rows.emplace_back().accepted = {document_++, nullptr};
      } else {
        break;
      }
    }
    return chunk->rows.empty() ? nullptr : chunk;
  }

 private:
  const DocumentTable& table_;
  std::uint32_t documents_;
  std::uint32_t document_ = 0;
  std::size_t repeated_ = 0;
};

// Gives each row to kept.jsonl or to the ledger, in input order.
class RowTeller {
 public:
  RowTeller(const Told& told, Sink& sink, Summary& summary)
      : told_(told),
        table_(told.corpus.documents),
        sink_(sink),
        summary_(summary),
        wants_cuts_(sink.wants(Output::cuts)) {}

  void tell(const RowBack& back) {
    ++position_;
    if (wants_cuts_) tell_cuts_row(back);
    if (back.accepted.repeated != nullptr) return tell_repeated(back);
    told_.findings.kept(back.accepted.document) ? tell_kept(back) : tell_dropped(back);
  }

 private:
  [[nodiscard]] std::string_view id_of(const Accepted& accepted) const {
    const RepeatedRow* repeated = accepted.repeated;
    return repeated != nullptr && !repeated->original ? std::string_view(repeated->stored_id)
                                                      : table_.ids[accepted.document];
  }

  [[nodiscard]] LedgerRow ledger_row(LedgerRow::Action action, const RowBack& back,
                                     std::string_view why) const {
    const RowOrigin& origin = origin_of(back.accepted, table_);
    LedgerRow row;
    row.action = action;
    row.id = id_of(back.accepted);
    row.input = told_.reader.inputs()[origin.place.input].path;
    row.row_number = origin.row_number;
    row.position = position_;
    row.why = why;
    row.row = back.row;
    return row;
  }

  void tell_kept(const RowBack& back) {
    std::string_view row = back.row;
    if (table_.origins[back.accepted.document].repaired) {
      sink_.ledger(ledger_row(LedgerRow::Action::repair, back, kWhyRepaired));
      row = back.parsed.documents.front().row;
    }
    if (!back.cut.cuts.empty()) {
      tell_cut(back.cut, ledger_row(LedgerRow::Action::cut, back, {}), sink_, summary_);
      row = back.cut.row;
    }
    sink_.kept(row);
  }

  void tell_cuts_row(const RowBack& back) {
    const Document& document = back.parsed.documents.front();
    CutsRow row;
    row.input = origin_of(back.accepted, table_).place.input;
    row.id = id_of(back.accepted);
    row.given_id = document.id;
    row.cuts = back.cut.cuts;
    row.cut_texts = back.cut.texts;
    if (back.accepted.repeated != nullptr || !told_.findings.kept(back.accepted.document)) {
      row.dropped = base::count_code_points(document.text);
    }
    sink_.cuts(row);
  }

  void tell_dropped(const RowBack& back) {
    const std::uint32_t document = back.accepted.document;
    const Findings& findings = told_.findings;
    const std::uint32_t kept = findings.kept_copy[document];
    const std::uint32_t representative = findings.groups.representative[document];
    const FoundPair* pair =
        findings.reason_of(representative, findings.groups.representative[kept]);
    LedgerRow row = ledger_row(LedgerRow::Action::drop, back,
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
      } else if (told.verdict == Verdict::identical) {
        row.unique_text_lost = 0;
      }
    }
    add_lost(row.unique_text_lost, summary_);
    sink_.ledger(row);
  }

  void tell_repeated(const RowBack& back) {
    LedgerRow row =
        ledger_row(LedgerRow::Action::repeated, back, "same id and text as an earlier row");
    row.kept = back.accepted.repeated->original
                   ? table_.ids[told_.findings.kept_copy[back.accepted.document]]
                   : id_of(back.accepted);
    row.unique_text_lost = 0;
    sink_.ledger(row);
  }

  const Told& told_;
  const DocumentTable& table_;
  Sink& sink_;
  Summary& summary_;
  bool wants_cuts_;
  std::uint64_t position_ = 0;
};

void tell_all(const Told& told, Sink& sink, Summary& summary) {
  const DocumentTable& table = told.corpus.documents;
  Dealer dealer(table, told.corpus.stored.own(table.size()));
  RowReader reader(told, sink.wants(Output::cuts));
  RowTeller teller(told, sink, summary);
  ProgressCounter progress(told.limits, "write", table.size(), table.size());
  const auto produce = [&] {
    check_stop(told.limits);
    return dealer.next();
  };
  const auto work = [&](std::shared_ptr<Chunk> chunk) {
    for (RowBack& row : chunk->rows) reader.read(row);
    return chunk;
  };
  const auto collect = [&](std::shared_ptr<Chunk> chunk) {
    for (const RowBack& row : chunk->rows) teller.tell(row);
    progress.add(chunk->rows.size());
  };
  base::ordered_pipeline<Chunk, Chunk>(std::size_t{2} * base::current_threads(), produce, work,
                                       collect);
}

}  // namespace

void tell_rows(const Told& told, Sink& sink, Summary& summary) {
  const std::uint32_t documents = told.corpus.stored.own(told.corpus.documents.size());
  for (std::uint32_t d = 0; d < documents; ++d) {
    ++(told.findings.kept(d) ? summary.rows.kept : summary.rows.dropped);
  }
  if (sink.wants(Output::kept) || sink.wants(Output::ledger) || sink.wants(Output::cuts)) {
    tell_all(told, sink, summary);
  }
}

}  // namespace wirecopy::batch

#include "batch/ingest.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/identity.h"
#include "batch/night.h"
#include "batch/text_columns.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

// Share of the memory limit that signatures, and prints, may take before they go to the work
// folder.
constexpr std::uint64_t kColumnShare = 4;

// One block of rows with everything that can be known of it on its own.
struct ReadBlock {
  ParsedBlock parsed;
  BlockColumns columns;
  std::vector<base::RowPlace> places;
  RowSpool spool;
};

// A short text needs no lines.
bool is_one_line(std::string_view text) {
  constexpr std::size_t kLeastBytes = 400;
  return text.size() >= kLeastBytes && text.find('\n') == text.npos;
}

// Says where each row can be read back: in its file, or in the spool.
void place_rows(bool in_file, ReadBlock& block) {
  for (const Document& document : block.parsed.documents) {
    block.places.push_back(
        in_file
            ? base::RowPlace{document.offset, static_cast<std::uint32_t>(document.original.size()),
                             block.parsed.input, base::RowPlace::kInFile}
            : block.spool.add(document.original, block.parsed.input));
  }
  block.spool.finish();
}

// Appends blocks to the corpus in input order: the serial part of the first pass.
class Collector {
 public:
  Collector(const Reader& reader, bool repeats, Learner* learner, Sink& sink, Summary& summary,
            Corpus& corpus)
      : reader_(reader),
        repeats_(repeats),
        learner_(learner),
        sink_(sink),
        summary_(summary),
        corpus_(corpus),
        night_(corpus.night) {}

  void collect(ReadBlock& block) {
    if (block.parsed.input != input_) {
      input_ = block.parsed.input;
      rows_before_ = 0;
    }
    block.spool.append_to(corpus_.rows, block.places);
    if (reader_.bytes_read() != 0) {  // a tenth more than the share read so far tells
      const std::uint64_t documents = corpus_.documents.size() + block.parsed.documents.size();
      const auto expected = static_cast<std::uint64_t>(1.1 * static_cast<double>(documents) *
                                                       static_cast<double>(reader_.bytes_total()) /
                                                       static_cast<double>(reader_.bytes_read()));
      corpus_.signatures.expect(expected);
      corpus_.prints.expect(expected);
    }
    for (std::size_t i = 0; i < block.parsed.documents.size(); ++i) add_document(block, i);
    std::stable_sort(block.parsed.rejected.begin(), block.parsed.rejected.end(),
                     [](const Rejected& left, const Rejected& right) {
                       return left.row_number < right.row_number;
                     });
    for (Rejected& rejected : block.parsed.rejected) add_rejected(rejected);
    summary_.rows.read += block.parsed.rows;
    summary_.published_unreadable += block.parsed.published_unreadable;
    rows_before_ += block.parsed.rows;
  }

 private:
  void add_document(ReadBlock& block, std::size_t i) {
    DocumentTable& table = corpus_.documents;
    const Document& document = block.parsed.documents[i];
    const RowOrigin origin{block.places[i], rows_before_ + document.row_in_block + 1,
                           document.repaired()};
    const std::uint64_t text_hash = block.columns.text_hashes[i];
    const auto number = static_cast<std::uint32_t>(table.size());
    std::string made_up;
    const std::string_view id = id_for(document, origin, made_up);
    if (id.empty()) return reject_without_id(document, block.parsed);
    if (origin.repaired) ++summary_.rows.repaired;
    if (night_ != nullptr && night_->knows(id, text_hash)) {
      table.repeated.push_back({origin, std::nullopt, number, std::string(id)});
      ++summary_.rows.repeated;
      return;
    }
    const Identities::Answer identity = identities_.identify(id, text_hash, number);
    if (identity.repeats) {
      table.repeated.push_back({origin, *identity.repeats, number, {}});
      ++summary_.rows.repeated;
      return;
    }
    if (!identity.renamed.empty()) ++summary_.renamed;
    if (night_ != nullptr) night_->add(number, id, identity.renamed, text_hash);

    append(block.columns, i, document,
           identity.renamed.empty() ? id : std::string_view(identity.renamed), origin, repeats_,
           learner_, corpus_);
    if (repeats_ && is_one_line(document.text)) ++summary_.one_line_texts;
  }

  // Empty for an article that an index could not know again.
  [[nodiscard]] std::string_view id_for(const Document& document, const RowOrigin& origin,
                                        std::string& made_up) const {
    if (night_ == nullptr || !document.id.empty() || !document.url.empty()) {
      return id_of(document, reader_.inputs()[input_].name, origin.row_number, made_up);
    }
    if (night_->ids_from_texts()) made_up = base::hex(base::hash128_long(document.text));
    return made_up;
  }

  static void reject_without_id(const Document& document, ParsedBlock& parsed) {
    Rejected& rejected = parsed.rejected.emplace_back();
    rejected.input = parsed.input;
    rejected.row_number = document.row_in_block + 1;
    rejected.offset = document.offset;
    rejected.reason = RejectReason::no_id;
    rejected.row = document.original;
    rejected.detail = "expected an id or a url (--id from-text makes an id of the text)";
  }

  void add_rejected(Rejected& rejected) {
    rejected.row_number += rows_before_;
    if (rejected.reason == RejectReason::archive_damaged) {
      ++summary_.archives_damaged;
    } else {
      ++summary_.rows.rejected;
    }
    if (sink_.wants(Output::rejected)) {
      sink_.rejected(rejected, reader_.inputs()[input_].path);
    }
  }

  const Reader& reader_;
  bool repeats_;
  Learner* learner_;
  Sink& sink_;
  Summary& summary_;
  Corpus& corpus_;
  Night* night_;
  Identities identities_;
  std::uint32_t input_ = 0;
  std::uint64_t rows_before_ = 0;
};

// Some stored documents that are taken in again.
struct Readmitted {
  std::span<const std::uint32_t> documents;
  BlockColumns columns;
};

std::vector<std::string> plain_files(const Reader& reader) {
  std::vector<std::string> paths;
  for (const InputInfo& input : reader.inputs()) {
    paths.push_back(input.seekable_rows ? input.path : std::string());
  }
  return paths;
}

}  // namespace

Corpus::Corpus(const Reader& reader, const Limits& limits)
    : signatures(limits.memory_bytes / kColumnShare, limits.work_folder),
      prints(limits.memory_bytes / kColumnShare, limits.work_folder),
      rows(plain_files(reader), limits.work_folder) {}

void ingest(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
            Learner* learner, Sink& sink, Summary& summary, Corpus& corpus) {
  const TextColumns texts(recipe, rule);
  base::PerThread<TextColumns::Scratch> scratches([&] { return texts.scratch(); });
  Collector collector(reader, rule.repeats.has_value(), learner, sink, summary, corpus);

  const auto produce = [&]() -> std::shared_ptr<RowBlock> {
    check_stop(limits);
    std::optional<RowBlock> block = reader.next();
    return block ? std::make_shared<RowBlock>(*std::move(block)) : nullptr;
  };
  const auto work = [&](std::shared_ptr<RowBlock> block) {
    auto read = std::make_shared<ReadBlock>();
    read->parsed = reader.parse(std::move(*block));
    TextColumns::Scratch& scratch = scratches.local();
    for (const Document& document : read->parsed.documents) {
      texts.add(document, scratch, read->columns);
    }
    place_rows(reader.inputs()[read->parsed.input].seekable_rows, *read);
    return read;
  };
  const auto collect = [&](std::shared_ptr<ReadBlock> block) {
    collector.collect(*block);
    if (limits.on_progress) {
      limits.on_progress(
          {"read", reader.bytes_read(), reader.bytes_total(), corpus.documents.size()});
    }
  };
  const std::size_t in_flight = std::size_t{2} * base::current_threads();
  base::ordered_pipeline<RowBlock, ReadBlock>(in_flight, produce, work, collect);
}

void readmit(std::span<const Stored> documents, const Recipe& recipe, const MatchRule& rule,
             const Limits& limits, Learner* learner, Corpus& corpus) {
  constexpr std::size_t kAtOnce = 256;
  const TextColumns texts(recipe, rule);
  base::PerThread<TextColumns::Scratch> scratches([&] { return texts.scratch(); });
  std::vector<std::uint32_t> numbers;
  for (const Stored document : documents) numbers.push_back(corpus.stored.load(document));
  std::size_t next = 0;
  const auto produce = [&]() -> std::shared_ptr<Readmitted> {
    check_stop(limits);
    if (next == numbers.size()) return nullptr;
    const std::size_t count = std::min(kAtOnce, numbers.size() - next);
    auto some = std::make_shared<Readmitted>();
    some->documents = std::span(numbers).subspan(std::exchange(next, next + count), count);
    return some;
  };
  const auto work = [&](std::shared_ptr<Readmitted> some) {
    for (const std::uint32_t document : some->documents) {
      texts.add(corpus.stored.article(document)->document, scratches.local(), some->columns);
    }
    return some;
  };
  const auto collect = [&](std::shared_ptr<Readmitted> some) {
    for (std::size_t i = 0; i < some->documents.size(); ++i) {
      append_columns(some->columns, i, corpus.documents.source(some->documents[i]),
                     rule.repeats.has_value(), learner, corpus);
    }
  };
  base::ordered_pipeline<Readmitted, Readmitted>(std::size_t{2} * base::current_threads(), produce,
                                                 work, collect);
}

}  // namespace wirecopy::batch

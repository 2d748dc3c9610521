#include "batch/ingest.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "batch/identity.h"
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
        corpus_(corpus) {}

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
    for (Rejected& rejected : block.parsed.rejected) add_rejected(rejected);
    summary_.rows.read += block.parsed.rows;
    summary_.published_unreadable += block.parsed.published_unreadable;
    rows_before_ += block.parsed.rows;
  }

 private:
  void add_document(const ReadBlock& block, std::size_t i) {
    DocumentTable& table = corpus_.documents;
    const Document& document = block.parsed.documents[i];
    const RowOrigin origin{block.places[i], rows_before_ + document.row_in_block + 1,
                           document.repaired()};
    if (origin.repaired) ++summary_.rows.repaired;

    const auto number = static_cast<std::uint32_t>(table.size());
    std::string made_up;
    const std::string_view id =
        id_of(document, reader_.inputs()[input_].name, origin.row_number, made_up);
    const Identities::Answer identity =
        identities_.identify(id, block.columns.text_hashes[i], number);
    if (identity.repeats) {
      table.repeated.push_back({origin, *identity.repeats, number});
      ++summary_.rows.repeated;
      return;
    }
    if (!identity.renamed.empty()) ++summary_.renamed;

    append(block.columns, i, document,
           identity.renamed.empty() ? id : std::string_view(identity.renamed), origin, repeats_,
           corpus_);
    if (repeats_ && is_one_line(document.text)) ++summary_.one_line_texts;
    if (learner_ == nullptr || document.source.empty()) return;
    if (block.columns.prints.ends.empty()) return;
    learner_->add(number, outlet_hash(document.source), block.columns.prints.sightings_of(i));
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
  Identities identities_;
  std::uint32_t input_ = 0;
  std::uint64_t rows_before_ = 0;
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
  corpus.signatures.finish();
  corpus.prints.finish();
}

}  // namespace wirecopy::batch

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
#include "wirecopy/blocks.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/normalize.h"
#include "wirecopy/shingle.h"
#include "wirecopy/sketch.h"

namespace wirecopy::batch {
namespace {

// Rows of a stream are spooled in blocks of about this size: reading one row back costs about 50
// µs.
constexpr std::size_t kSpoolBlock = std::size_t{64} << 10U;
// Share of the memory limit that signatures, and prints, may take before they go to the work
// folder.
constexpr std::uint64_t kColumnShare = 4;

struct SpoolBlock {
  std::string compressed;
  std::uint64_t size = 0;
};

// One block of rows with everything that can be known of it on its own.
struct BlockColumns {
  ParsedBlock parsed;
  TextColumns texts;
  std::vector<base::RowPlace> places;  // `block` counts within `spool`, if that is in use
  std::vector<SpoolBlock> spool;
};

// A short text needs no lines.
bool is_one_line(std::string_view text) {
  constexpr std::size_t kLeastBytes = 400;
  return text.size() >= kLeastBytes && text.find('\n') == text.npos;
}

// Says where each row can be read back: in its file, or in spool blocks made here.
void place_rows(bool in_file, BlockColumns& columns) {
  std::string pending;
  const auto flush = [&] {
    if (pending.empty()) return;
    columns.spool.push_back({base::RowStore::compress(pending), pending.size()});
    pending.clear();
  };
  for (const Document& document : columns.parsed.documents) {
    base::RowPlace place{document.offset, static_cast<std::uint32_t>(document.original.size()),
                         columns.parsed.input, base::RowPlace::kInFile};
    if (!in_file) {
      if (pending.size() >= kSpoolBlock) flush();
      place.offset = pending.size();
      place.block = static_cast<std::uint32_t>(columns.spool.size());
      pending.append(document.original);
    }
    columns.places.push_back(place);
  }
  flush();
}

// Appends what was derived of texts to the columns of the corpus.
class ColumnAppender {
 public:
  ColumnAppender(bool repeats, Learner* learner, Corpus& corpus)
      : repeats_(repeats), learner_(learner), corpus_(corpus) {}

  // Text number `i` of `texts` is that of the next document.
  void append(const TextColumns& texts, std::size_t i, std::string_view source) {
    corpus_.signatures.push_back(texts.signatures[i]);
    if (!texts.prints.ends.empty()) append_prints(texts.prints, i, source);
    if (repeats_) {
      corpus_.repeats.add(texts.repeats, static_cast<std::uint32_t>(i),
                          static_cast<std::uint32_t>(corpus_.signatures.size() - 1));
    }
  }

 private:
  void append_prints(const PrintsBuffer& prints, std::size_t i, std::string_view source) {
    corpus_.prints.push_back(prints.prints_of(i));
    if (learner_ == nullptr || source.empty()) return;
    const auto number = static_cast<std::uint32_t>(corpus_.prints.size() - 1);
    learner_->add(number, outlet_hash(source), prints.sightings_of(i));
  }

  bool repeats_;
  Learner* learner_;
  Corpus& corpus_;
};

// Appends blocks to the corpus in input order: the serial part of the first pass.
class Collector {
 public:
  Collector(const Reader& reader, bool repeats, Learner* learner, Sink& sink, Summary& summary,
            Corpus& corpus)
      : reader_(reader),
        repeats_(repeats),
        sink_(sink),
        summary_(summary),
        corpus_(corpus),
        appender_(repeats, learner, corpus),
        night_(corpus.night) {}

  void collect(BlockColumns& block) {
    if (block.parsed.input != input_) {
      input_ = block.parsed.input;
      rows_before_ = 0;
    }
    std::vector<std::uint32_t> spool_numbers;
    for (const SpoolBlock& spooled : block.spool) {
      spool_numbers.push_back(corpus_.rows.append(spooled.compressed, spooled.size));
    }
    if (reader_.bytes_read() != 0) {  // a tenth more than the share read so far tells
      const std::uint64_t documents = corpus_.documents.size() + block.parsed.documents.size();
      const auto expected = static_cast<std::uint64_t>(1.1 * static_cast<double>(documents) *
                                                       static_cast<double>(reader_.bytes_total()) /
                                                       static_cast<double>(reader_.bytes_read()));
      corpus_.signatures.expect(expected);
      corpus_.prints.expect(expected);
    }
    for (std::size_t i = 0; i < block.parsed.documents.size(); ++i) {
      if (!spool_numbers.empty()) block.places[i].block = spool_numbers[block.places[i].block];
      add_document(block, i);
    }
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
  void add_document(BlockColumns& block, std::size_t i) {
    DocumentTable& table = corpus_.documents;
    const Document& document = block.parsed.documents[i];
    const RowOrigin origin{block.places[i], rows_before_ + document.row_in_block + 1,
                           document.repaired()};
    const auto number = static_cast<std::uint32_t>(table.size());
    std::string made_up;
    std::string_view id;
    if (night_ != nullptr && document.id.empty() && document.url.empty()) {
      if (!night_->ids_from_texts()) return reject_without_id(document, block.parsed);
      id = made_up = base::hex(base::hash128_long(document.text));
    } else {
      id = id_of(document, reader_.inputs()[input_].name, origin.row_number, made_up);
    }
    if (origin.repaired) ++summary_.rows.repaired;
    if (night_ != nullptr && night_->knows(id, block.texts.text_hashes[i])) {
      table.repeated.push_back({origin, std::nullopt, number, std::string(id)});
      ++summary_.rows.repeated;
      return;
    }
    const Identities::Answer identity =
        identities_.identify(id, block.texts.text_hashes[i], number);
    if (identity.repeats) {
      table.repeated.push_back({origin, *identity.repeats, number, {}});
      ++summary_.rows.repeated;
      return;
    }
    if (!identity.renamed.empty()) ++summary_.renamed;
    if (night_ != nullptr) night_->add(number, id, identity.renamed, block.texts.text_hashes[i]);

    table.ids.push_back(identity.renamed.empty() ? id : std::string_view(identity.renamed));
    add_columns(block, i, origin);
  }

  void add_columns(const BlockColumns& block, std::size_t i, const RowOrigin& origin) {
    DocumentTable& table = corpus_.documents;
    const Document& document = block.parsed.documents[i];
    table.published.push_back(document.published.value_or(DocumentTable::kNoTime));
    table.published_texts.push_back(document.published ? document.published_text
                                                       : std::string_view());
    table.source_numbers.push_back(table.sources.number_of(document.source));
    table.letters.push_back(block.texts.letters[i]);
    table.letter_counts.push_back(block.texts.letter_counts[i]);
    table.word_hashes.push_back(block.texts.word_hashes[i]);
    table.origins.push_back(origin);
    appender_.append(block.texts, i, document.source);
    if (repeats_ && is_one_line(document.text)) ++summary_.one_line_texts;
  }

  // An index knows an article again by its id.
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
  Sink& sink_;
  Summary& summary_;
  Corpus& corpus_;
  ColumnAppender appender_;
  Night* night_;
  Identities identities_;
  std::uint32_t input_ = 0;
  std::uint64_t rows_before_ = 0;
};

// Some stored documents that are taken in again.
struct Readmitted {
  std::span<const std::uint32_t> documents;
  TextColumns texts;
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
  const TextDeriver deriver(recipe, rule);
  base::PerThread<TextDeriver::Scratch> scratches([&] { return deriver.scratch(); });
  Collector collector(reader, rule.repeats.has_value(), learner, sink, summary, corpus);

  const auto produce = [&]() -> std::shared_ptr<RowBlock> {
    check_stop(limits);
    std::optional<RowBlock> block = reader.next();
    return block ? std::make_shared<RowBlock>(*std::move(block)) : nullptr;
  };
  const auto work = [&](std::shared_ptr<RowBlock> block) {
    auto columns = std::make_shared<BlockColumns>();
    columns->parsed = reader.parse(std::move(*block));
    for (const Document& document : columns->parsed.documents) {
      deriver.add(document, scratches.local(), columns->texts);
    }
    place_rows(reader.inputs()[columns->parsed.input].seekable_rows, *columns);
    return columns;
  };
  const auto collect = [&](std::shared_ptr<BlockColumns> block) {
    collector.collect(*block);
    if (limits.on_progress) {
      limits.on_progress(
          {"read", reader.bytes_read(), reader.bytes_total(), corpus.documents.size()});
    }
  };
  const std::size_t in_flight = std::size_t{2} * base::current_threads();
  base::ordered_pipeline<RowBlock, BlockColumns>(in_flight, produce, work, collect);
}

void readmit(std::span<const Stored> documents, const Recipe& recipe, const MatchRule& rule,
             const Limits& limits, Learner* learner, Corpus& corpus) {
  constexpr std::size_t kAtOnce = 256;
  const TextDeriver deriver(recipe, rule);
  base::PerThread<TextDeriver::Scratch> scratches([&] { return deriver.scratch(); });
  ColumnAppender appender(rule.repeats.has_value(), learner, corpus);
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
      deriver.add(corpus.stored.article(document)->document, scratches.local(), some->texts);
    }
    return some;
  };
  const auto collect = [&](std::shared_ptr<Readmitted> some) {
    for (std::size_t i = 0; i < some->documents.size(); ++i) {
      appender.append(some->texts, i, corpus.documents.source(some->documents[i]));
    }
  };
  base::ordered_pipeline<Readmitted, Readmitted>(std::size_t{2} * base::current_threads(), produce,
                                                 work, collect);
}

}  // namespace wirecopy::batch

#include "batch/ingest.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/identity.h"
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
  std::vector<std::uint64_t> text_hashes;
  std::vector<LettersHash> letters;
  std::vector<std::uint32_t> letter_counts;
  std::vector<std::uint64_t> word_hashes;
  std::vector<Signature> signatures;
  PrintsBuffer prints;
  RepeatTable repeats;                 // documents count within the block
  std::vector<base::RowPlace> places;  // `block` counts within `spool`, if that is in use
  std::vector<SpoolBlock> spool;
};

// Memory that a thread uses again from text to text.
struct Scratch {
  NormalizedText text;
  Shingler::Scratch words;
  std::vector<std::uint64_t> shingles;
  Fingerprinter::Scratch letters;
  Fingerprints fingerprints;
  std::vector<Block> blocks;
  std::vector<Block> sentences;
  RepeatFinder finder;
  std::vector<Repeat> repeats;
};

std::string_view bytes_of(const std::vector<std::uint64_t>& words) {
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint64_t)};
}

bool has_stock_of_every_outlet(const MatchRule& rule) {
  return (rule.model && rule.model->knows_every_outlet()) ||
         std::any_of(rule.known_stock.begin(), rule.known_stock.end(),
                     [](const StockText& stock) { return stock.source.empty(); });
}

// Derives the columns of a document's text.
class TextColumns {
 public:
  TextColumns(const Recipe& recipe, const MatchRule& rule)
      : shingler_(recipe.shingling),
        sketcher_(recipe.shingling.key),
        every_outlet_(has_stock_of_every_outlet(rule)),
        repeats_(rule.repeats) {
    if (recipe.winnowing) fingerprinter_.emplace(*recipe.winnowing);
  }

  void add(const Document& document, Scratch& scratch, BlockColumns& columns) const {
    normalize(document.text, scratch.text);
    shingler_.shingle(scratch.text, scratch.words, scratch.shingles);
    columns.text_hashes.push_back(base::hash64_long(document.text));
    columns.letters.push_back(letters_hash(scratch.text));
    columns.letter_counts.push_back(static_cast<std::uint32_t>(scratch.text.letters().size()));
    columns.word_hashes.push_back(base::hash64_long(bytes_of(scratch.shingles)));
    columns.signatures.push_back(sketcher_.sketch(scratch.shingles));
    const bool has_stock = every_outlet_ || !document.source.empty();
    if (repeats_ || (fingerprinter_ && has_stock)) {
      split_blocks(document.text, scratch.text, scratch.blocks);
    }
    if (fingerprinter_) {
      fingerprinter_->fingerprint(scratch.text, scratch.letters, scratch.fingerprints);
      std::span<const Block> stock;
      if (has_stock) {
        stock = stock_blocks(document.text, scratch.text, scratch.blocks, scratch.sentences);
      }
      columns.prints.add(scratch.fingerprints, scratch.text, stock, has_stock);
    }
    if (repeats_) add_repeats(document, scratch, columns);
  }

 private:
  static void add_repeats(const Document& document, Scratch& scratch, BlockColumns& columns) {
    const auto number = static_cast<std::uint32_t>(columns.letters.size() - 1);
    scratch.finder.find(document.title, document.text, scratch.text, scratch.blocks,
                        scratch.repeats);
    columns.repeats.add(number, scratch.text, scratch.blocks, scratch.repeats);
  }

  Shingler shingler_;
  Sketcher sketcher_;
  std::optional<Fingerprinter> fingerprinter_;
  bool every_outlet_;  // some block is boilerplate whoever prints it
  bool repeats_;
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
    for (Rejected& rejected : block.parsed.rejected) add_rejected(rejected);
    summary_.rows.read += block.parsed.rows;
    summary_.published_unreadable += block.parsed.published_unreadable;
    rows_before_ += block.parsed.rows;
  }

 private:
  void add_document(const BlockColumns& block, std::size_t i) {
    DocumentTable& table = corpus_.documents;
    const Document& document = block.parsed.documents[i];
    const RowOrigin origin{block.places[i], rows_before_ + document.row_in_block + 1,
                           document.repaired()};
    if (origin.repaired) ++summary_.rows.repaired;

    const auto number = static_cast<std::uint32_t>(table.size());
    std::string made_up;
    const std::string_view id =
        id_of(document, reader_.inputs()[input_].name, origin.row_number, made_up);
    const Identities::Answer identity = identities_.identify(id, block.text_hashes[i], number);
    if (identity.repeats) {
      table.repeated.push_back({origin, *identity.repeats, number});
      ++summary_.rows.repeated;
      return;
    }
    if (!identity.renamed.empty()) ++summary_.renamed;

    table.ids.push_back(identity.renamed.empty() ? id : std::string_view(identity.renamed));
    table.published.push_back(document.published.value_or(DocumentTable::kNoTime));
    table.published_texts.push_back(document.published ? document.published_text
                                                       : std::string_view());
    table.source_numbers.push_back(table.sources.number_of(document.source));
    table.letters.push_back(block.letters[i]);
    table.letter_counts.push_back(block.letter_counts[i]);
    table.word_hashes.push_back(block.word_hashes[i]);
    table.origins.push_back(origin);
    corpus_.signatures.push_back(block.signatures[i]);
    if (!block.prints.ends.empty()) add_prints(block.prints, i, document.source);
    if (repeats_) {
      corpus_.repeats.add(block.repeats, static_cast<std::uint32_t>(i), number);
      if (is_one_line(document.text)) ++summary_.one_line_texts;
    }
  }

  void add_prints(const PrintsBuffer& prints, std::size_t i, std::string_view source) {
    corpus_.prints.push_back(prints.prints_of(i));
    if (learner_ == nullptr || source.empty()) return;
    const auto number = static_cast<std::uint32_t>(corpus_.prints.size() - 1);
    learner_->add(number, outlet_hash(source), prints.sightings_of(i));
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
  const std::optional<RepeatRule>& repeats = rule.repeats;
  const TextColumns texts(recipe, rule);
  base::PerThread<Scratch> scratches([&] {
    return Scratch{{}, {}, {}, {}, {}, {}, {}, RepeatFinder(repeats.value_or(RepeatRule())), {}};
  });
  Collector collector(reader, repeats.has_value(), learner, sink, summary, corpus);

  const auto produce = [&]() -> std::shared_ptr<RowBlock> {
    check_stop(limits);
    std::optional<RowBlock> block = reader.next();
    return block ? std::make_shared<RowBlock>(*std::move(block)) : nullptr;
  };
  const auto work = [&](std::shared_ptr<RowBlock> block) {
    auto columns = std::make_shared<BlockColumns>();
    columns->parsed = reader.parse(std::move(*block));
    Scratch& scratch = scratches.local();
    for (const Document& document : columns->parsed.documents) {
      texts.add(document, scratch, *columns);
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
  corpus.signatures.finish();
  corpus.prints.finish();
}

}  // namespace wirecopy::batch

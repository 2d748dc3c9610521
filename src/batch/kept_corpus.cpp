#include "batch/kept_corpus.h"

#include <memory>
#include <utility>

#include "base/parallel.h"
#include "batch/row_back.h"
#include "batch/text_columns.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kRowsAtOnce = 256;

struct Chunk {
  std::vector<RowBack> rows;
  BlockColumns columns;
  std::vector<base::RowPlace> places;
  RowSpool spool;
};

// Makes the columns of rows, on any thread.
class ChunkMaker {
 public:
  ChunkMaker(const Told& told, const Recipe& recipe, const MatchRule& rule)
      : told_(told), rows_(told, true), texts_(recipe, rule) {}

  void make(Chunk& chunk) {
    TextColumns::Scratch& scratch = scratches_.local();
    for (RowBack& back : chunk.rows) {
      rows_.read(back);
      const base::RowPlace& place = told_.corpus.documents.origins[back.accepted.document].place;
      const bool cut = !back.cut.cuts.empty();
      if (cut) back.parsed = told_.reader.parse_row(place.input, back.cut.row);
      texts_.add(back.parsed.documents.front(), scratch, chunk.columns);
      chunk.places.push_back(!cut && place.block == base::RowPlace::kInFile
                                 ? place
                                 : chunk.spool.add(cut ? back.cut.row : back.row, place.input));
    }
    chunk.spool.finish();
  }

 private:
  const Told& told_;
  RowReader rows_;
  TextColumns texts_;
  base::PerThread<TextColumns::Scratch> scratches_{[this] { return texts_.scratch(); }};
};

void append_chunk(const Told& told, bool repeats, Chunk& chunk, KeptCorpus& into) {
  chunk.spool.append_to(into.corpus.rows, chunk.places);
  for (std::size_t i = 0; i < chunk.rows.size(); ++i) {
    const std::uint32_t document = chunk.rows[i].accepted.document;
    RowOrigin origin = told.corpus.documents.origins[document];
    origin.place = chunk.places[i];
    append(chunk.columns, i, chunk.rows[i].parsed.documents.front(),
           told.corpus.documents.ids[document], origin, repeats, nullptr, into.corpus);
    into.documents.push_back(document);
  }
}

}  // namespace

void read_kept(const Told& told, const Recipe& recipe, const MatchRule& rule, KeptCorpus& into) {
  ChunkMaker maker(told, recipe, rule);
  const auto size = static_cast<std::uint32_t>(told.corpus.documents.size());
  ProgressCounter progress(told.limits, "settle", size, size);
  into.corpus.signatures.expect(size);
  into.corpus.prints.expect(size);
  std::uint32_t next = 0;
  const auto produce = [&]() -> std::shared_ptr<Chunk> {
    check_stop(told.limits);
    auto chunk = std::make_shared<Chunk>();
    for (; next < size && chunk->rows.size() < kRowsAtOnce; ++next) {
      if (told.findings.kept(next)) chunk->rows.emplace_back().accepted.document = next;
    }
    return chunk->rows.empty() ? nullptr : chunk;
  };
  const auto work = [&](std::shared_ptr<Chunk> chunk) {
    maker.make(*chunk);
    return chunk;
  };
  const auto collect = [&](std::shared_ptr<Chunk> chunk) {
    append_chunk(told, rule.repeats.has_value(), *chunk, into);
    progress.add(chunk->rows.size());
  };
  base::ordered_pipeline<Chunk, Chunk>(std::size_t{2} * base::current_threads(), produce, work,
                                       collect);
  into.corpus.finish();
}

}  // namespace wirecopy::batch

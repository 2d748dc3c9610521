#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/utf8.h"
#include "batch/read_back.h"
#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kDocumentsAtOnce = 64;

// Slices of a text by code points; quick where they come in rising order.
class Slicer {
 public:
  explicit Slicer(std::string_view utf8) : utf8_(utf8) {}

  std::string_view slice(Span span) {
    const std::size_t begin = byte_of(span.begin);
    return utf8_.substr(begin, byte_of(span.end) - begin);
  }

 private:
  std::size_t byte_of(std::uint64_t code_point) {
    if (code_point < code_point_) byte_ = code_point_ = 0;
    for (; code_point_ < code_point; ++code_point_) {
      ++byte_;
      while (byte_ < utf8_.size() && !base::begins_code_point(utf8_[byte_])) ++byte_;
    }
    return byte_;
  }

  std::string_view utf8_;
  std::size_t byte_ = 0;
  std::uint64_t code_point_ = 0;
};

// What some documents say twice, with the words.
struct Chunk {
  std::size_t begin = 0;  // in the list of documents
  std::size_t end = 0;
  std::vector<std::pair<const FoundRepeat*, std::string>> repeats;
};

void fill(const Told& told, std::span<const std::uint32_t> documents, Chunk& chunk) {
  for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
    const ReadBack back = read_back(told.reader, told.corpus, documents[i]);
    Slicer slicer(back.text());
    for (const FoundRepeat& found : told.corpus.repeats.of(documents[i])) {
      chunk.repeats.emplace_back(&found, slicer.slice(found.repeat));
    }
  }
}

void tell_inner(const Told& told, Sink& sink, Summary& summary) {
  std::vector<std::uint32_t> documents;
  for (const FoundRepeat& found : told.corpus.repeats.all()) {
    if (told.corpus.stored.has(found.document)) break;
    ++summary.repeats[static_cast<std::size_t>(found.found.kind)];
    if (documents.empty() || documents.back() != found.document) {
      documents.push_back(found.document);
    }
  }
  summary.with_repeats = documents.size();
  base::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return told.orders.by_id[left] < told.orders.by_id[right];
  });

  std::size_t next = 0;
  const auto produce = [&]() -> std::shared_ptr<Chunk> {
    check_stop(told.limits);
    if (next == documents.size()) return nullptr;
    auto chunk = std::make_shared<Chunk>();
    chunk->begin = next;
    chunk->end = next = std::min(documents.size(), next + kDocumentsAtOnce);
    return chunk;
  };
  const auto work = [&](std::shared_ptr<Chunk> chunk) {
    fill(told, documents, *chunk);
    return chunk;
  };
  const auto collect = [&](std::shared_ptr<Chunk> chunk) {
    for (const auto& [found, text] : chunk->repeats) {
      sink.repeat({told.corpus.documents.ids[found->document], found->found.kind, found->first,
                   found->repeat, found->cut_first, found->found.unique_letters, text});
    }
  };
  base::ordered_pipeline<Chunk, Chunk>(std::size_t{2} * base::current_threads(), produce, work,
                                       collect);
}

// One passage of stock as it is told.
struct ToldStock {
  base::Hash128 passage;
  const FoundStock* found = nullptr;
  std::string text;
  std::vector<Span> spans;  // of the documents found
};

// Empty for stock captions, which are of nobody, and for boilerplate of every outlet.
std::string_view source_of(const FoundStock& found, const Told& told) {
  return found.source ? told.corpus.documents.sources[*found.source] : std::string_view();
}

base::Hash128 passage_id(const FoundStock& found, const Told& told, std::string_view letters) {
  std::string name(name_of(found.kind));
  name += '\0';
  name += source_of(found, told);
  name += '\0';
  name += letters;
  return base::hash128(name);
}

ToldStock look_up(const Told& told, const FoundStock& found) {
  ToldStock stock;
  stock.found = &found;
  for (const auto& [document, block] : found.sightings) {
    const ReadBack back = read_back(told.reader, told.corpus, document);
    const NormalizedText text = normalize(back.text());
    const auto [begin, end] = block_in(back.text(), text, block);
    stock.spans.push_back(text.original_span(begin, end));
    if (stock.spans.size() > 1) continue;
    stock.text = Slicer(back.text()).slice(stock.spans.front());
    stock.passage = passage_id(found, told, text.letters().substr(begin, end - begin));
  }
  return stock;
}

void tell_stock(const Told& told, Sink& sink, Summary& summary) {
  const std::vector<FoundStock>& found = told.findings.stock;
  std::vector<ToldStock> stock(found.size());
  base::for_each_index(found.size(), [&](std::size_t i) {
    check_stop(told.limits);
    stock[i] = look_up(told, found[i]);
  });
  std::sort(stock.begin(), stock.end(), [](const ToldStock& left, const ToldStock& right) {
    return left.passage < right.passage;
  });
  const DocumentTable& table = told.corpus.documents;
  for (const ToldStock& each : stock) {
    const FoundStock& of = *each.found;
    ++summary.repeats[static_cast<std::size_t>(of.kind)];
    const std::string passage = base::hex(each.passage);
    StockRow row{passage,
                 of.kind,
                 source_of(of, told),
                 each.text,
                 of.articles,
                 table.published_texts[of.earliest],
                 table.published_texts[of.latest],
                 {}};
    for (std::size_t i = 0; i < each.spans.size(); ++i) {
      row.occurrences.push_back({table.ids[of.sightings[i].document], each.spans[i]});
    }
    sink.stock(row);
  }
}

}  // namespace

void tell_repeats(const Told& told, Sink& sink, Summary& summary) {
  tell_inner(told, sink, summary);
  tell_stock(told, sink, summary);
}

}  // namespace wirecopy::batch

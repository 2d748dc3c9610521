#include "generate/base_texts.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "generate/resemblance.h"
#include "wirecopy/error.h"
#include "wirecopy/normalize.h"
#include "wirecopy/shingle.h"

namespace wirecopy::generation {
namespace {

// Memory that a thread uses again from text to text.
struct Scratch {
  NormalizedText text;
  Shingler::Scratch words;
  std::vector<std::uint64_t> shingles;
};

struct Block {
  ParsedBlock parsed;
  std::vector<std::size_t> words;  // by document
  std::vector<std::vector<std::uint64_t>> samples;
};

Block look_at(ParsedBlock parsed, const Shingler& shingler, Scratch& scratch) {
  Block block;
  for (const Document& document : parsed.documents) {
    normalize(document.text, scratch.text);
    shingler.shingle(scratch.text, scratch.words, scratch.shingles);
    block.words.push_back(scratch.words.word_hashes.size());
    block.samples.push_back(ResemblanceIndex::sample(scratch.shingles));
  }
  block.parsed = std::move(parsed);
  return block;
}

}  // namespace

void check_stop(const std::atomic<bool>* stop) {
  if (stop != nullptr && stop->load()) {
    throw Error(ErrorCode::interrupted, "stopped as asked; nothing was written");
  }
}

BaseTexts::BaseTexts(Reader& reader, std::uint32_t min_words, const std::string& folder,
                     const std::atomic<bool>* stop, GenerateCounts& counts)
    : scratch_(folder) {
  const Shingler shingler{Shingling{}};
  base::PerThread<Scratch> scratches;
  ResemblanceIndex index;

  const auto produce = [&]() -> std::shared_ptr<RowBlock> {
    check_stop(stop);
    std::optional<RowBlock> rows = reader.next();
    return rows ? std::make_shared<RowBlock>(*std::move(rows)) : nullptr;
  };
  const auto work = [&](std::shared_ptr<RowBlock> rows) {
    return std::make_shared<Block>(
        look_at(reader.parse(std::move(*rows)), shingler, scratches.local()));
  };
  const auto collect = [&](std::shared_ptr<Block> block) {
    counts.rejected += block->parsed.rejected.size();
    counts.base_texts += block->parsed.documents.size();
    for (std::size_t i = 0; i < block->parsed.documents.size(); ++i) {
      if (block->words[i] < std::max<std::size_t>(min_words, 1)) {
        ++counts.too_short;
      } else if (!index.add_if_new(block->samples[i])) {
        ++counts.resembling;
      } else {
        add(block->parsed.documents[i]);
      }
    }
  };
  base::ordered_pipeline<RowBlock, Block>(2 * base::current_threads(), produce, work, collect);
}

void BaseTexts::add(const Document& document) {
  Place place;
  place.title_size = static_cast<std::uint32_t>(document.title.size());
  place.text_size = static_cast<std::uint32_t>(document.text.size());
  std::string bytes(document.title);
  bytes += document.text;
  place.offset = scratch_.append(bytes);
  places_.push_back(place);
}

BaseText BaseTexts::at(std::size_t number) const {
  const Place& place = places_[number];
  std::string bytes(std::size_t{place.title_size} + place.text_size, '\0');
  scratch_.read_at(place.offset, bytes);
  return {bytes.substr(0, place.title_size), bytes.substr(place.title_size)};
}

}  // namespace wirecopy::generation

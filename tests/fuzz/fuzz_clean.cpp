// A row of JSON and numbers → cuts of its text; the row without them reads as the text without
// them, and the bytes removed make it whole again. The first bytes say what is repeated, 0xFF ends
// them.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "clean/plan_cuts.h"
#include "read/parse.h"
#include "wirecopy/clean.h"

namespace {

using namespace wirecopy;

void demand(bool holds) {
  if (!holds) std::abort();
}

ParsedBlock parse(std::string_view row) {
  static const read::Outlets outlets({});
  static const auto plan = std::make_shared<const read::FieldPlan>(field_preset("wirecopy"));
  static const auto pool = std::make_shared<read::BlockPool>();
  std::shared_ptr<BlockMemory> block = pool->take();
  block->plan = plan;
  return read::parse_single(0, row, std::move(block), {1U << 20U, 1U << 20U, &outlets});
}

// Each three numbers: a kind, a word and how many words, scaled to the text there is.
std::vector<Repeat> repeats_of(std::string_view numbers, const NormalizedText& text) {
  std::vector<Repeat> repeats;
  const auto words = text.words();
  const auto number = [&](std::size_t at) { return static_cast<unsigned char>(numbers[at]); };
  for (std::size_t i = 0; i + 2 < numbers.size() && !words.empty(); i += 3) {
    const std::size_t first = number(i + 1) * words.size() / 256;
    const std::size_t last = std::min(first + number(i + 2) % 8, words.size() - 1);
    Repeat repeat{static_cast<RepeatKind>(number(i) % kRepeatKindCount), {}, {}, 0};
    repeat.repeat = {words[first].begin, words[last].end};
    if (number(i) >= 128) repeat.first = LetterRange{words[0].begin, words[0].end};
    repeats.push_back(repeat);
  }
  return repeats;
}

void check_row(const Document& document, const std::vector<Cut>& cuts) {
  std::uint64_t past = 0;
  for (const Cut& cut : cuts) {
    demand(cut.span.begin >= past && cut.span.begin < cut.span.end);
    past = cut.span.end;
  }
  demand(past <= base::count_code_points(document.text));
  std::vector<RemovedBytes> removed;
  std::string row = cut_row(document.row, document.text_json, cuts, removed);
  const ParsedBlock again = parse(row);
  demand(again.documents.size() == 1);
  demand(again.documents[0].text == cut_text(document.text, cuts));
  for (const RemovedBytes& each : removed) row.insert(each.at, each.bytes);
  demand(row == document.row);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t numbers = std::min(bytes.find('\xff'), bytes.size());
  const std::string_view row = bytes.substr(std::min(numbers + 1, bytes.size()));
  if (row.empty()) return 0;
  const ParsedBlock parsed = parse(row);
  for (const Document& document : parsed.documents) {
    clean::RoundCutter cutter;
    const auto find = [&](std::string_view, const NormalizedText& text, std::span<const Block>,
                          std::vector<Repeat>& into) {
      into = repeats_of(bytes.substr(0, numbers), text);
    };
    check_row(document, cutter.cuts(document.text, {}, find));
    const NormalizedText text = normalize(document.text);
    check_row(document, clean::plan_cuts(document.text, text, split_blocks(document.text, text),
                                         repeats_of(bytes.substr(0, numbers), text), {}));
  }
  return 0;
}

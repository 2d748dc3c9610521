// Any bytes → a normalized text: both paths agree, words lie side by side, and every letter has its
// place in the original, none before the one before.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"
#include "normalize/normalizer.h"

namespace {

using wirecopy::NormalizedText;
using wirecopy::Normalizer;
using wirecopy::Span;

void demand(bool holds) {
  if (!holds) std::abort();
}

void check_words(const NormalizedText& text) {
  std::uint32_t end = 0;
  for (const NormalizedText::Word word : text.words()) {
    demand(word.begin == end && word.end > end);
    end = word.end;
  }
  demand(end == text.letters().size());
  demand(wirecopy::base::valid_utf8(text.letters()));
}

void check_places(const NormalizedText& text, const NormalizedText& other, std::uint64_t size) {
  Span before;
  for (std::size_t at = 0; at < text.letters().size(); ++at) {
    const Span place = text.original_span(at, at + 1);
    demand(place == other.original_span(at, at + 1));
    demand(place.begin < place.end && place.end <= size);
    demand(place.begin >= before.begin && place.end >= before.end);
    before = place;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const NormalizedText text = wirecopy::normalize(bytes);
  check_words(text);
  for (const auto path : {Normalizer::AsciiPath::portable, Normalizer::AsciiPath::off}) {
    NormalizedText same;
    Normalizer(bytes, same, path).run();
    demand(text.letters() == same.letters());
    demand(std::ranges::equal(text.words(), same.words()));
    demand(text.ascii() == same.ascii());
    check_places(text, same, wirecopy::base::count_code_points(bytes));
  }
  return 0;
}

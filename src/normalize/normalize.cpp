#include "wirecopy/normalize.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "normalize/normalizer.h"
#include "wirecopy/error.h"

namespace wirecopy {

void normalize(std::string_view utf8, NormalizedText& into) {
  if (utf8.size() > kMaxTextBytes) {
    throw Error(ErrorCode::usage,
                fmt::format("a text of {} bytes cannot be normalized: the limit is {}; split it",
                            utf8.size(), kMaxTextBytes));
  }
  Normalizer(utf8, into).run();
}

NormalizedText normalize(std::string_view utf8) {
  NormalizedText text;
  normalize(utf8, text);
  return text;
}

Span NormalizedText::place_of(std::size_t byte) const noexcept {
  // Of origins that begin together, the last one has the letters.
  const auto after = std::upper_bound(
      origins_.begin(), origins_.end(), byte,
      [](std::size_t at, const Origin& origin) { return at < origin.letters_begin; });
  const Origin& origin = *(after - 1);
  if ((origin.original & Origin::kWhole) != 0) {
    return {origin.original & ~Origin::kWhole, after->original & ~Origin::kWhole};
  }
  const char* const first = letters_.data() + origin.letters_begin;
  const auto earlier = std::count_if(first + 1, letters_.data() + byte + 1,
                                     [](char each) { return base::begins_code_point(each); });
  const std::uint64_t original = origin.original + static_cast<std::uint64_t>(earlier);
  return {original, original + 1};
}

Span NormalizedText::original_span(std::size_t begin, std::size_t end) const noexcept {
  return {place_of(begin).begin, place_of(end - 1).end};
}

std::size_t NormalizedText::letters_before(std::uint64_t original,
                                           std::size_t& hint) const noexcept {
  const auto before = [original](const Origin& origin) {
    return (origin.original & ~Origin::kWhole) < original;
  };
  // Origins before `first` are; then in ever longer steps, and by halves inside the last one.
  const std::span<const Origin> origins = origins_;
  std::size_t first = hint != 0 && before(origins[hint - 1]) ? hint : 0;
  std::size_t step = 16;
  while (first + step < origins.size() && before(origins[first + step])) {
    first += step;
    step *= 2;
  }
  const auto searched = origins.subspan(first, std::min(step, origins.size() - first));
  const auto after =
      origins.begin() + static_cast<std::ptrdiff_t>(first) +
      (std::partition_point(searched.begin(), searched.end(), before) - searched.begin());
  hint = static_cast<std::size_t>(after - origins.begin());
  if (hint == 0) return 0;

  const std::size_t most = after == origins.end() ? letters_.size() : after->letters_begin;
  const Origin& origin = *(after - 1);
  if ((origin.original & Origin::kWhole) != 0) {
    return (after->original & ~Origin::kWhole) == original ? most : origin.letters_begin;
  }
  const std::uint64_t count = original - origin.original;
  if (ascii_) return std::min<std::size_t>(origin.letters_begin + count, most);
  std::size_t at = origin.letters_begin;
  for (std::uint64_t i = 0; i != count && at < most; ++i) {
    do ++at;
    while (at < most && !base::begins_code_point(letters_[at]));
  }
  return at;
}

}  // namespace wirecopy

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
  const std::span<const Origin> all = origins();
  const auto after = std::upper_bound(
      all.begin(), all.end(), byte,
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
  // All origins up to `at` stand before; the eight that decide are counted without branches.
  constexpr std::size_t kStep = 8;
  const std::span<const Origin> all = origins();
  std::size_t at = hint != 0 && before(all[hint - 1]) ? hint : 0;
  while (at + kStep <= all.size() && before(all[at + kStep - 1])) at += kStep;
  const auto deciding = all.subspan(at, std::min(kStep, all.size() - at));
  for (const Origin& origin : deciding) at += before(origin) ? 1U : 0U;
  hint = at;
  if (at == 0) return 0;

  const std::size_t most = at == all.size() ? letter_bytes_ : all[at].letters_begin;
  const Origin& origin = all[at - 1];
  if ((origin.original & Origin::kWhole) != 0) {
    return (all[at].original & ~Origin::kWhole) == original ? most : origin.letters_begin;
  }
  const std::uint64_t count = original - origin.original;
  if (ascii_) return std::min<std::size_t>(origin.letters_begin + count, most);
  std::size_t end = origin.letters_begin;
  for (std::uint64_t i = 0; i != count && end < most; ++i) {
    do ++end;
    while (end < most && !base::begins_code_point(letters_[end]));
  }
  return end;
}

NormalizedText NormalizedText::compact() const {
  NormalizedText copy;
  copy.letters_ = letters();
  copy.words_.assign(words().begin(), words().end());
  copy.origins_.assign(origins().begin(), origins().end());
  copy.letter_bytes_ = letter_bytes_;
  copy.word_count_ = word_count_;
  copy.origin_count_ = origin_count_;
  copy.ascii_ = ascii_;
  return copy;
}

void NormalizedText::word_places(std::vector<std::uint32_t>& into) const {
  into.clear();
  into.reserve(word_count_);
  const std::span<const Origin> all = origins();
  auto next = all.begin();
  for (const Word& word : words()) {
    // A separator ends an origin: a word begins with one, or inside a whole one.
    while (next != all.end() && next->letters_begin <= word.begin) ++next;
    into.push_back((next - 1)->original & ~Origin::kWhole);
  }
}

}  // namespace wirecopy

#include "clean/extents.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"
#include "clean/signs.h"

namespace wirecopy::clean {
namespace {

std::u32string code_points_of(std::string_view utf8) {
  std::u32string points;
  points.reserve(utf8.size());
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    const base::Decoded decoded = base::decode_utf8(at, end);
    points += decoded.code_point;
    at += decoded.length;
  }
  return points;
}

// Which brackets and quotation marks are open after some signs.
class OpenBrackets {
 public:
  void add(char32_t point) noexcept {
    const Sign sign = sign_of(point);
    std::uint32_t& open = open_[static_cast<std::size_t>(sign.bracket)];
    if (sign.opens && (!sign.closes || open == 0)) {
      ++open;
    } else if (sign.closes && open != 0) {
      --open;
    }
  }
  [[nodiscard]] bool closes_none(Sign sign) const noexcept {
    return sign.closes && open_[static_cast<std::size_t>(sign.bracket)] == 0;
  }

 private:
  std::array<std::uint32_t, 6> open_{};
};

// One or more passages with nothing between them, and what surrounds them.
struct Stretch {
  Span cut;                          // first its letters, then more
  Span room;                         // as far as there are no other letters
  bool leaves_what_follows = false;  // the white space after it stays, that before it goes
};

class Extents {
 public:
  Extents(std::string_view utf8, const NormalizedText& text, std::span<const Block> blocks)
      : points_(code_points_of(utf8)), text_(text), blocks_(blocks) {}

  std::vector<Span> of(std::span<const LetterRange> passages) {
    std::vector<Span> spans;
    spans.reserve(passages.size());
    for (std::size_t begin = 0; begin < passages.size();) {
      std::size_t end = begin + 1;
      while (end < passages.size() &&
             go_together(passages[begin], passages[end - 1], passages[end])) {
        ++end;
      }
      add(passages.subspan(begin, end - begin), spans);
      begin = end;
    }
    return spans;
  }

 private:
  [[nodiscard]] bool begins_block(std::uint32_t letter) const {
    const auto at = std::lower_bound(
        blocks_.begin(), blocks_.end(), letter,
        [](const Block& block, std::uint32_t place) { return block.letters.begin < place; });
    return at == blocks_.end() ? letter == text_.letters().size() : at->letters.begin == letter;
  }

  [[nodiscard]] Span place_of(LetterRange letters) const {
    return text_.original_span(letters.begin, letters.end);
  }

  // Between two passages.
  [[nodiscard]] Span gap(LetterRange before, LetterRange after) const {
    const std::uint64_t begin = place_of(before).end;
    return {begin, std::max(begin, place_of(after).begin)};
  }

  // Whether a passage goes as one with the stretch before it. The end of one block and the head of
  // another keep the newline between what stays of both.
  [[nodiscard]] bool go_together(LetterRange head, LetterRange last, LetterRange next) const {
    if (last.end != next.begin) return false;
    if (begins_block(next.begin) && !begins_block(head.begin) && !begins_block(next.end)) {
      return false;
    }
    // A line without letters, as of asterisks, belongs to nobody.
    const Span between = gap(last, next);
    const std::uint64_t line = find_if(between, is_newline);
    const std::uint64_t past = past_last_if({line, between.end}, is_newline);
    return find_if({line, past}, is_visible) == past;
  }

  void add(std::span<const LetterRange> passages, std::vector<Span>& spans) {
    const LetterRange all{passages.front().begin, passages.back().end};
    Stretch stretch = stretch_of(all);
    const bool at_head = begins_block(all.begin);
    const bool at_end = begins_block(all.end);
    if (at_head && at_end) {
      take_lines(stretch);
    } else if (at_end) {
      take_end(stretch);
    } else if (at_head) {
      take_head(stretch);
    } else {
      take_inside(stretch);
    }
    std::uint64_t begin = std::max(stretch.cut.begin, past_);
    for (std::size_t i = 0; i < passages.size(); ++i) {
      std::uint64_t end = i + 1 == passages.size()
                              ? stretch.cut.end
                              : border(gap(passages[i], passages[i + 1]), stretch);
      end = std::max(begin, end);
      spans.push_back({begin, end});
      begin = end;
    }
    past_ = begin;
  }

  [[nodiscard]] Stretch stretch_of(LetterRange letters) const {
    Stretch stretch;
    stretch.cut = place_of(letters);
    stretch.room = {0, points_.size()};
    if (letters.begin != 0) {
      stretch.room.begin = place_of({letters.begin - 1, letters.begin}).end;
    }
    if (letters.end != text_.letters().size()) {
      stretch.room.end = place_of({letters.end, letters.end + 1}).begin;
    }
    // Letters of one segment share their place.
    stretch.room.begin = std::min(stretch.room.begin, stretch.cut.begin);
    stretch.room.end = std::max(stretch.room.end, stretch.cut.end);
    return stretch;
  }

  // Where one of two passages that go together ends.
  [[nodiscard]] std::uint64_t border(Span between, const Stretch& stretch) const {
    if (stretch.leaves_what_follows) return find_if(between, is_space);
    const std::uint64_t line = past_last_if(between, is_newline);
    if (line != between.begin) return line;
    const std::uint64_t word = past_last_if(between, is_space);
    return word != between.begin ? word : between.end;
  }

  void take_lines(Stretch& stretch) const {
    const std::uint64_t line = past_last_if({stretch.room.begin, stretch.cut.begin}, is_newline);
    const std::uint64_t line_end = find_if({stretch.cut.end, stretch.room.end}, is_newline);
    const std::uint64_t before = past_last_if({stretch.room.begin, line}, is_visible);
    const std::uint64_t after = find_if({line_end, stretch.room.end}, is_visible);
    const std::uint64_t next_line = past_last_if({line_end, after}, is_newline);
    const bool first = before == 0;
    const bool last = after == points_.size();
    stretch.leaves_what_follows =
        !first && (last || newlines({before, line}) < newlines({line_end, next_line}));
    if (stretch.leaves_what_follows) {
      stretch.cut = {before, line_end};
    } else {
      stretch.cut = {line, last ? line_end : next_line};
    }
  }

  void take_end(Stretch& stretch) const {
    stretch.leaves_what_follows = true;
    stretch.cut.begin = find_if({stretch.room.begin, stretch.cut.begin}, is_space);
    OpenBrackets open = brackets_in(stretch.cut);
    const std::uint64_t line_end = find_if({stretch.cut.end, stretch.room.end}, is_newline);
    for (; stretch.cut.end < line_end; ++stretch.cut.end) {
      const char32_t point = points_[stretch.cut.end];
      // After white space it is an ornament: "Read more »".
      if (open.closes_none(sign_of(point)) && !is_space(points_[stretch.cut.end - 1]) &&
          !take_opening(point, stretch)) {
        return;
      }
      open.add(point);
    }
  }

  void take_head(Stretch& stretch) const {
    take_attached(stretch);
    if (stretch.cut.end < stretch.room.end && is_space(points_[stretch.cut.end])) {
      stretch.cut.end = past_last_if({stretch.cut.end, stretch.room.end}, is_space);
    }
  }

  void take_inside(Stretch& stretch) const {
    take_attached(stretch);
    const std::uint64_t before = past_last_if({stretch.room.begin, stretch.cut.begin}, is_visible);
    const Span leading{before, stretch.cut.begin};
    const Span trailing{stretch.cut.end, find_if({stretch.cut.end, stretch.room.end}, is_visible)};
    if (trailing.begin == trailing.end) {
      // Something closes here, or the next word is attached.
      if (stretch.cut.end < stretch.room.end) stretch.cut.begin = before;
      return;
    }
    // Of a hard-wrapped line the newline stays.
    stretch.leaves_what_follows =
        leading.begin != leading.end && newlines(leading) == 0 && newlines(trailing) != 0;
    if (stretch.leaves_what_follows) {
      stretch.cut.begin = before;
    } else {
      stretch.cut.end = trailing.end;
    }
  }

  // Takes the punctuation right after it. What opens something after it stays, and so does what
  // closes something before it, unless that stands right before it and goes as well.
  void take_attached(Stretch& stretch) const {
    OpenBrackets open = brackets_in(stretch.cut);
    for (; stretch.cut.end < stretch.room.end; ++stretch.cut.end) {
      const char32_t point = points_[stretch.cut.end];
      const Sign sign = sign_of(point);
      if (is_space(point) || (sign.opens && !sign.closes)) return;
      if (open.closes_none(sign) && !take_opening(point, stretch)) return;
      open.add(point);
    }
  }

  // Takes what stands right before the stretch if it opens what `closing` closes.
  bool take_opening(char32_t closing, Stretch& stretch) const {
    if (stretch.cut.begin == stretch.room.begin) return false;
    const Sign opening = sign_of(points_[stretch.cut.begin - 1]);
    if (!opening.opens || opening.bracket != sign_of(closing).bracket) return false;
    --stretch.cut.begin;
    return true;
  }

  [[nodiscard]] OpenBrackets brackets_in(Span span) const {
    OpenBrackets open;
    for (std::uint64_t at = span.begin; at < span.end; ++at) open.add(points_[at]);
    return open;
  }

  static bool is_visible(char32_t point) noexcept { return !is_space(point); }

  // The first such code point in a span; its end if there is none.
  template <typename Test>
  [[nodiscard]] std::uint64_t find_if(Span span, Test test) const {
    while (span.begin < span.end && !test(points_[span.begin])) ++span.begin;
    return span.begin;
  }

  // What stands behind the last such code point; the beginning of the span if there is none.
  template <typename Test>
  [[nodiscard]] std::uint64_t past_last_if(Span span, Test test) const {
    while (span.begin < span.end && !test(points_[span.end - 1])) --span.end;
    return span.end;
  }

  // CR LF is one.
  [[nodiscard]] std::uint64_t newlines(Span span) const {
    std::uint64_t count = 0;
    for (std::uint64_t at = span.begin; at < span.end; ++at) {
      const bool second = points_[at] == '\n' && at > span.begin && points_[at - 1] == '\r';
      if (is_newline(points_[at]) && !second) ++count;
    }
    return count;
  }

  std::u32string points_;
  const NormalizedText& text_;
  std::span<const Block> blocks_;
  std::uint64_t past_ = 0;  // where the last span ends
};

}  // namespace

std::vector<Span> extents_of(std::string_view utf8, const NormalizedText& text,
                             std::span<const Block> blocks, std::span<const LetterRange> passages) {
  return passages.empty() ? std::vector<Span>() : Extents(utf8, text, blocks).of(passages);
}

}  // namespace wirecopy::clean

#include "verify/quotations.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace wirecopy::judging {
namespace {

// Marks of a family open and close together.
enum class Family : std::uint8_t {
  curly,
  angle,
  single_angle,
  corner,
  white_corner,
  prime,
  single
};

enum class Opens : std::uint8_t { anywhere, after_a_gap, never };
enum class Closes : std::uint8_t { anywhere, before_a_gap, never };

struct Mark {
  char32_t mark;
  Family family;
  Opens opens;
  Closes closes;
};

// German opens by „ and closes by “, Swedish knows ” alone, and »…« is as good as «…»: so most
// marks may do both, as their place says.
constexpr std::array kMarks = {
    Mark{U'"', Family::curly, Opens::after_a_gap, Closes::before_a_gap},
    Mark{U'\'', Family::single, Opens::after_a_gap, Closes::before_a_gap},
    Mark{U'«', Family::angle, Opens::anywhere, Closes::anywhere},
    Mark{U'»', Family::angle, Opens::after_a_gap, Closes::anywhere},
    Mark{U'‘', Family::single, Opens::after_a_gap, Closes::before_a_gap},
    Mark{U'’', Family::single, Opens::never, Closes::before_a_gap},
    Mark{U'‚', Family::single, Opens::after_a_gap, Closes::never},
    Mark{U'“', Family::curly, Opens::anywhere, Closes::before_a_gap},
    Mark{U'”', Family::curly, Opens::after_a_gap, Closes::anywhere},
    Mark{U'„', Family::curly, Opens::anywhere, Closes::never},
    Mark{U'‟', Family::curly, Opens::anywhere, Closes::never},
    Mark{U'‹', Family::single_angle, Opens::anywhere, Closes::anywhere},
    Mark{U'›', Family::single_angle, Opens::after_a_gap, Closes::anywhere},
    Mark{U'「', Family::corner, Opens::anywhere, Closes::never},
    Mark{U'」', Family::corner, Opens::never, Closes::anywhere},
    Mark{U'『', Family::white_corner, Opens::anywhere, Closes::never},
    Mark{U'』', Family::white_corner, Opens::never, Closes::anywhere},
    Mark{U'〝', Family::prime, Opens::anywhere, Closes::never},
    Mark{U'〞', Family::prime, Opens::never, Closes::anywhere},
    Mark{U'〟', Family::prime, Opens::never, Closes::anywhere},
    Mark{U'＂', Family::curly, Opens::after_a_gap, Closes::before_a_gap},
};

const Mark* find(char32_t character) noexcept {
  const auto found = std::find_if(kMarks.begin(), kMarks.end(),
                                  [character](const Mark& each) { return each.mark == character; });
  return found == kMarks.end() ? nullptr : &*found;
}

bool is_space(char32_t c) noexcept {
  return c <= U' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 ||
         c == 0x202f || c == 0x3000;
}

bool is_gap_before(char32_t c) noexcept {
  constexpr std::u32string_view kOpening = U"([{<-–—―/=>*¡¿";
  return is_space(c) || kOpening.find(c) != kOpening.npos || find(c) != nullptr;
}

bool is_gap_after(char32_t c) noexcept {
  constexpr std::u32string_view kClosing = U")]}>-–—―/.,;:!?…。，、；：！？）";
  return is_space(c) || kClosing.find(c) != kClosing.npos || find(c) != nullptr;
}

bool opens(const Mark& mark, char32_t before, char32_t after) noexcept {
  if (mark.opens == Opens::anywhere) return true;
  return mark.opens == Opens::after_a_gap && is_gap_before(before) && !is_space(after);
}

bool closes(const Mark& mark, char32_t opened_by, char32_t before, char32_t after) noexcept {
  const Mark* const opener = find(opened_by);
  if (opener == nullptr || opener->family != mark.family) return false;
  switch (mark.closes) {
    case Closes::never:
      return false;
    case Closes::before_a_gap:
      return !is_space(before) && is_gap_after(after);
    case Closes::anywhere:
      break;
  }
  // An angle points the other way when it closes.
  const bool angle = mark.family == Family::angle || mark.family == Family::single_angle;
  return !angle || mark.mark != opened_by;
}

}  // namespace

void Quotations::close(Open& open, std::uint32_t end) {
  if (open.mark != 0 && open.begin < end) into_.push_back({open.begin, end});
  open = {};
}

bool Quotations::take(char32_t character, char32_t before, char32_t after, std::uint32_t letters) {
  const Mark* const mark = find(character);
  if (mark == nullptr) return false;
  Open& open = mark->family == Family::single ? single_ : double_;
  if (open.mark != 0) {
    if (closes(*mark, open.mark, before, after)) close(open, letters);
    return false;
  }
  if (!opens(*mark, before, after)) return false;
  open = {character, letters};
  return true;
}

void Quotations::end_block(std::uint32_t letters) {
  close(double_, letters);
  single_ = {};
}

}  // namespace wirecopy::judging

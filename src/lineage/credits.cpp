#include <algorithm>
#include <array>
#include <tuple>

#include "base/utf8.h"
#include "lineage/agency_names.h"
#include "lineage/credit_lines.h"
#include "lineage/datelines.h"
#include "lineage/photo_credits.h"

namespace wirecopy {
namespace lineage {
namespace {

constexpr std::size_t kOpeningBytes = 2048;
constexpr std::size_t kOpeningLines = 24;
constexpr std::size_t kClosingBytes = 1024;

// The first byte at or after `at` that begins a code point.
std::size_t at_code_point(std::string_view text, std::size_t at) {
  while (at < text.size() && !base::begins_code_point(text[at])) ++at;
  return std::min(at, text.size());
}

std::size_t opening_end(std::string_view text) {
  const std::size_t most = at_code_point(text, kOpeningBytes);
  for (std::size_t lines = 0, at = 0;; ++at) {
    at = text.find('\n', at);
    if (at >= most) return most;
    // Empty lines do not count.
    if (at > 0 && text[at - 1] != '\n' && ++lines == kOpeningLines) return at + 1;
  }
}

std::size_t closing_begin(std::string_view text) {
  if (text.size() <= kClosingBytes) return 0;
  // Not in the middle of a word.
  const std::size_t least = text.size() - kClosingBytes;
  const std::size_t space = text.find_first_of(" \n", least);
  return space == std::string_view::npos ? at_code_point(text, least) : space;
}

// Turns bytes into code points; asked in ascending order.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}

  std::uint64_t at(std::uint32_t byte) {
    points_ += base::count_code_points(text_.substr(byte_, byte - byte_));
    byte_ = byte;
    return points_;
  }

 private:
  std::string_view text_;
  std::uint32_t byte_ = 0;
  std::uint64_t points_ = 0;
};

void give(std::string_view text, Field field, std::vector<FoundCredit>& found,
          std::vector<Credit>& to) {
  // Where opening and closing both saw a name, the plainest form counts.
  std::sort(found.begin(), found.end(), [](const FoundCredit& a, const FoundCredit& b) {
    return std::tuple(a.begin, !a.certain, a.form) < std::tuple(b.begin, !b.certain, b.form);
  });
  CodePoints points(text);
  std::uint32_t last_end = 0;
  for (const FoundCredit& each : found) {
    if (each.begin < last_end) continue;
    last_end = each.end;
    const std::uint64_t begin = points.at(each.begin);
    to.push_back(
        {std::string(each.agency), each.form, field, {begin, points.at(each.end)}, each.certain});
  }
}

void read_text(std::string_view text, Credits& credits) {
  const std::size_t opens = opening_end(text);
  const std::size_t closes = closing_begin(text);
  std::vector<NameHit> near;
  std::vector<FoundCredit> photos;
  const auto leave = [&](const NameHit& hit) {
    if (credits_photo(text, hit)) {
      photos.push_back({hit.name.agency, hit.begin, hit.end, CreditForm::photo, true});
    } else if (hit.name.naming != Naming::credit) {
      ++credits.mentions;
    }
  };
  AgencyNames::all().find(text, [&](const NameHit& hit) {
    if (hit.end <= opens || hit.begin >= closes) {
      near.push_back(hit);
    } else {
      leave(hit);
    }
  });

  std::vector<FoundCredit> found;
  Stretch opening = read_stretch(text, 0, opens, near);
  find_datelines(opening, found);
  // A name that credits a picture credits nothing else.
  for (NamedTokens& name : opening.names) name.used = name.used || credits_photo(text, name.hit);
  find_byline_rows(opening, found);
  Stretch closing = read_stretch(text, closes, text.size(), near);
  for (NamedTokens& name : closing.names) name.used = credits_photo(text, name.hit);
  find_closing_credits(closing, found);

  give(text, Field::text, found, credits.credits);
  for (const NameHit& hit : near) {
    const bool credited = std::any_of(found.begin(), found.end(), [&](const FoundCredit& each) {
      return each.begin <= hit.begin && hit.end <= each.end;
    });
    if (!credited) leave(hit);
  }
  give(text, Field::text, photos, credits.photos);
}

template <typename Find>
void read_field(std::string_view text, Field field, Find find, Credits& credits) {
  constexpr std::size_t kMostBytes = 1024;  // longer ones are no bylines
  text = text.substr(0, at_code_point(text, kMostBytes));
  std::vector<NameHit> hits;
  AgencyNames::all().find(text, [&](const NameHit& hit) { hits.push_back(hit); });
  Stretch stretch = read_stretch(text, 0, text.size(), hits);
  std::vector<FoundCredit> found;
  find(stretch, found);
  give(text, field, found, credits.credits);
}

bool same_agency(std::string_view a, std::string_view b) {
  return a == b || a == initials_of(b) || b == initials_of(a);
}

}  // namespace
}  // namespace lineage

std::string_view name_of(CreditForm form) noexcept {
  constexpr std::array<std::string_view, 7> kNames = {
      "dateline", "byline", "line", "copyright", "headline", "house_style", "photo"};
  return kNames[static_cast<std::size_t>(form)];
}

std::string_view Credits::agency() const noexcept {
  const Credit* plainest = nullptr;
  for (const Credit& credit : credits) {
    if (!credit.certain) continue;
    if (plainest == nullptr || credit.form < plainest->form) plainest = &credit;
  }
  return plainest == nullptr ? std::string_view() : plainest->agency;
}

bool Credits::name(std::string_view agency) const {
  return std::any_of(credits.begin(), credits.end(), [&](const Credit& credit) {
    return credit.agency == "agencies" || lineage::same_agency(credit.agency, agency);
  });
}

Credits find_credits(std::string_view text, std::string_view title, std::string_view byline) {
  Credits credits;
  lineage::read_text(text, credits);
  lineage::read_field(title, Field::title, lineage::find_title_credits, credits);
  lineage::read_field(byline, Field::byline, lineage::find_byline, credits);
  return credits;
}

}  // namespace wirecopy

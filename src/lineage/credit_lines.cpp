// The text is cut into segments, its lines and sentences. A segment that holds a name is a credit
// if certain words stand beside the name (cues.tsv), or if the segment is a *signature*: a line of
// its own, or brackets of their own, with nothing in it but names, words as in bylines and people.
#include "lineage/credit_lines.h"

#include <algorithm>

#include "lineage/name_groups.h"
#include "lineage/photo_credits.h"
#include "lineage/segments.h"

namespace wirecopy::lineage {
namespace {

constexpr std::uint32_t kNear = 48;             // bytes from a cue to the name it speaks of
constexpr std::size_t kMostSignatureWords = 7;  // beside the names
constexpr std::uint32_t kMostBylineBytes = 120;
constexpr std::size_t kMostUnknownTokens = 6;

PhraseIndex::Match match(const Stretch& stretch, std::size_t token, Cue kind) {
  return cue(kind).at(stretch.text, stretch.tokens[token].begin);
}

void take(NamedTokens& name, CreditForm form, std::vector<FoundCredit>& found) {
  if (name.used || name.hit.name.naming == Naming::photo) return;
  name.used = true;
  found.push_back({name.hit.name.agency, name.hit.begin, name.hit.end, form, true});
}

// A word that may stand in a signature beside names. Notes what kind it is.
struct Signature {
  std::size_t others = 0;
  bool people = false;     ///< Words with capitals that say nothing else.
  bool separated = false;  ///< A comma, a dash, a slash, or a word like "by".
};

// Takes the token, or the phrase that begins at it; false if no signature holds it.
bool read_signature_token(const Stretch& stretch, std::size_t& token, Signature& signature) {
  const Token& at = stretch.tokens[token];
  switch (at.kind) {
    case TokenKind::comma:
    case TokenKind::dash:
    case TokenKind::slash:
      signature.separated = true;
      return true;
    case TokenKind::word:
      break;
    case TokenKind::number:
      return ++signature.others <= kMostSignatureWords && at.end - at.begin <= 2;  // "FRANCE 24"
    default:
      return at.kind != TokenKind::colon;
  }
  if (++signature.others > kMostSignatureWords) return false;
  PhraseIndex::Match words = match(stretch, token, Cue::by);
  const bool letter = at.end - at.begin == 1;  // "EFE y AFP"
  if (words.length > 0 || letter) signature.separated = true;
  if (letter) return true;
  if (words.length == 0) words = match(stretch, token, Cue::role);
  if (words.length > 0) {
    while (token + 1 < stretch.tokens.size() &&
           stretch.tokens[token + 1].begin < at.begin + words.length) {
      ++token;
    }
    return true;
  }
  signature.people = signature.people || at.capital;
  // Initials of the desk: "glb/sb".
  const bool initials =
      at.end - at.begin <= 4 && (stretch.is(token + 1, TokenKind::slash) ||
                                 (token > 0 && stretch.is(token - 1, TokenKind::slash)));
  return at.capital || initials;
}

// "据新华社报道" holds more than the name; "l'AFP" does not.
bool fills_tokens(const Stretch& stretch, const NamedTokens& name) {
  constexpr std::uint32_t kArticle = 2;
  return name.hit.begin - stretch.tokens[name.first].begin <= kArticle &&
         stretch.tokens[name.last].end == name.hit.end;
}

bool is_signature(Stretch& stretch, const Segment& segment) {
  Signature signature;
  for (std::size_t i = segment.begin; i < segment.end; ++i) {
    if (const NamedTokens* name = stretch.name_at(i)) {
      if (!fills_tokens(stretch, *name)) return false;
      i = name->last;
      continue;
    }
    if (!read_signature_token(stretch, i, signature)) return false;
  }
  return !signature.people || signature.separated;
}

bool has_photo_word(const Stretch& stretch, const Segment& segment) {
  for (std::size_t i = segment.begin; i < segment.end; ++i) {
    if (match(stretch, i, Cue::photo).length > 0) return true;
  }
  return false;
}

// "With reporting by Northwire.": a name that is in no table, up to the end of the segment.
void take_unknown(const Stretch& stretch, const Segment& segment, std::uint32_t from,
                  CreditForm form, std::vector<FoundCredit>& found) {
  std::size_t first = segment.begin;
  while (first < segment.end &&
         (stretch.tokens[first].begin < from || stretch.is(first, TokenKind::number))) {
    ++first;
  }
  std::size_t end = segment.end;
  while (end > first && stretch.tokens[end - 1].kind != TokenKind::word) --end;
  if (end - first > kMostUnknownTokens || !plausible_name(stretch, first, end)) return;
  found.push_back(unknown_credit(stretch, first, end, form, false));
}

// The credits that cues of this segment give.
void read_cues(Stretch& stretch, const Segment& segment, std::vector<FoundCredit>& found) {
  const std::span<NamedTokens> names = names_in(stretch, segment);
  const PhraseIndex& cues = naming_cues();
  for (std::size_t i = segment.begin; i < segment.end; ++i) {
    const std::uint32_t begin = stretch.tokens[i].begin;
    if (cues.at(stretch.text, begin).length == 0) continue;
    if (const auto after = match(stretch, i, Cue::after); after.length > 0) {
      std::uint32_t from = begin + after.length;
      for (NamedTokens& name : names) {
        if (name.hit.begin < from || name.hit.begin - from > kNear) continue;
        take(name, CreditForm::line, found);
        from = name.hit.end;  // "with files from Reuters and The Associated Press"
      }
      if (names.empty() && !has_photo_word(stretch, segment)) {
        take_unknown(stretch, segment, begin + after.length, CreditForm::line, found);
      }
    }
    if (match(stretch, i, Cue::before).length > 0) {
      for (NamedTokens& name : names) {
        const bool clear =
            name.hit.name.naming != Naming::credit || name.hit.name.agency == "agencies";
        if (name.hit.end <= begin && clear) take(name, CreditForm::line, found);
      }
    }
    if (const auto mark = match(stretch, i, Cue::copyright); mark.length > 0) {
      for (NamedTokens& name : names) {
        const bool near = name.hit.begin >= begin ? name.hit.begin - begin <= mark.length + kNear
                                                  : begin - name.hit.end <= kNear;
        if (near) take(name, CreditForm::copyright, found);
      }
      if (names.empty()) {
        take_unknown(stretch, segment, begin + mark.length, CreditForm::copyright, found);
      }
    }
  }
}

// "By: Press Trust of India | New Delhi | Posted: …"
void read_by(Stretch& stretch, const Segment& segment, std::vector<FoundCredit>& found) {
  if (match(stretch, segment.begin, Cue::by).length == 0) return;
  const bool colon = stretch.is(segment.begin + 1, TokenKind::colon);
  NamedTokens* name = stretch.name_at(segment.begin + (colon ? 2 : 1));
  if (name != nullptr && (colon || segment.end - name->last == 1)) {
    take(*name, CreditForm::byline, found);
  }
}

// A segment of the text that is a credit as a whole.
void read_signature(Stretch& stretch, const Segment& segment, CreditForm form,
                    std::vector<FoundCredit>& found) {
  const std::span<NamedTokens> names = names_in(stretch, segment);
  if (!names.empty()) {
    if (has_photo_word(stretch, segment) || !is_signature(stretch, segment)) return;
    for (NamedTokens& name : names) take(name, form, found);
    return;
  }
  // "By Coastal Press Service", "(CPS)"
  std::size_t first = segment.begin;
  std::size_t end = segment.end;
  const bool bracket = end - first == 3 && stretch.is(first, TokenKind::open) &&
                       stretch.is(end - 1, TokenKind::close) && stretch.tokens[first + 1].capitals;
  while (end > first && stretch.tokens[end - 1].kind != TokenKind::word) --end;
  while (first < end && (stretch.tokens[first].kind != TokenKind::word ||
                         match(stretch, first, Cue::by).length > 0)) {
    ++first;
  }
  // Of "Jane Doe, Coastal Press Service" the name is what comes last.
  for (std::size_t i = first; i < end; ++i) {
    if (stretch.is(i, TokenKind::comma)) first = i + 1;
  }
  if (first >= end || !plausible_name(stretch, first, end)) return;
  const bool certain = agency_like(stretch, first, end);
  if (!certain && !(bracket && segment.whole_block) && form != CreditForm::byline) return;
  found.push_back(unknown_credit(stretch, first, end, form, certain));
}

void find_house_style(const Stretch& closing, std::vector<FoundCredit>& found) {
  const PhraseIndex& cues = cue(Cue::reporting);
  for (std::size_t i = 0; i < closing.tokens.size(); ++i) {
    const auto reporting = cues.at(closing.text, closing.tokens[i].begin);
    if (reporting.length == 0) continue;
    for (std::size_t j = i; j < closing.tokens.size(); ++j) {
      if (match(closing, j, Cue::editing).length == 0) continue;
      const std::uint32_t begin = closing.tokens[i].begin;
      found.push_back({"Reuters", begin, begin + reporting.length, CreditForm::house_style, false});
      return;
    }
    return;
  }
}

}  // namespace

void find_byline_rows(Stretch& opening, std::vector<FoundCredit>& found) {
  for (const Segment& segment : segments_of(opening)) {
    const std::uint32_t bytes =
        opening.tokens[segment.end - 1].end - opening.tokens[segment.begin].begin;
    if (!segment.whole_block || bytes > kMostBylineBytes) continue;
    if (opening.tokens[segment.begin].begin >= opening.text.size() / 2) break;
    const std::size_t before = found.size();
    read_signature(opening, segment, CreditForm::byline, found);
    // Two or three words with capitals are a person or a heading more often than an agency.
    if (found.size() > before && !found.back().certain) found.pop_back();
    read_by(opening, segment, found);
  }
}

void find_closing_credits(Stretch& closing, std::vector<FoundCredit>& found) {
  for (const Segment& segment : segments_of(closing)) {
    read_cues(closing, segment, found);
    const bool brackets =
        closing.is(segment.begin, TokenKind::open) && closing.is(segment.end - 1, TokenKind::close);
    const bool late = closing.tokens[segment.begin].begin >= closing.text.size() / 2;
    if (late && (segment.whole_block || brackets)) {
      read_signature(closing, segment, CreditForm::line, found);
    }
  }
  find_house_style(closing, found);
}

void find_byline(Stretch& byline, std::vector<FoundCredit>& found) {
  for (NamedTokens& name : byline.names) {
    // "PC Consultant" is not La Presse canadienne.
    const bool inside = name.hit.name.naming == Naming::credit &&
                        name.hit.name.agency != "agencies" &&
                        byline.is(name.last + 1, TokenKind::word);
    if (!inside && !credits_photo(byline.text, name.hit)) take(name, CreditForm::byline, found);
  }
  if (byline.names.empty() && !byline.tokens.empty()) {
    read_signature(byline, {0, byline.tokens.size(), true}, CreditForm::byline, found);
  }
}

void find_title_credits(Stretch& title, std::vector<FoundCredit>& found) {
  for (NamedTokens& name : title.names) {
    const std::size_t after = name.last + 1;
    const bool at_end = after == title.tokens.size();
    const bool before = name.first > 0;
    const bool bracketed = before && title.is(name.first - 1, TokenKind::open) &&
                           title.is(after, TokenKind::close) &&
                           (name.first == 1 || after + 1 == title.tokens.size());
    // Behind a dash it may be who said it: "Bank to cut rates - Reuters".
    const bool behind_bar = at_end && before && title.text_of(name.first - 1) == "|";
    if (bracketed || behind_bar) take(name, CreditForm::headline, found);
  }
}

}  // namespace wirecopy::lineage

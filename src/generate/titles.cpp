#include "generate/titles.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "generate/words.h"

namespace wirecopy::generation {
namespace {

constexpr std::size_t kTitleWords = 10;
constexpr std::size_t kTitleCharacters = 90;
constexpr std::size_t kMaxTitle = 300;  // bytes of a title given

bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }
bool is_lower(char byte) { return byte >= 'a' && byte <= 'z'; }

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char byte : text) {
    const bool space = byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
    if (!space) {
      line += byte;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// A title does not end in the middle of a phrase.
bool weak(std::string_view word) {
  constexpr auto kWeak = std::to_array<std::string_view>(
      {"a",     "an",     "and",   "as",    "at",   "be",   "been", "but",  "by",   "for",
       "from",  "had",    "has",   "have",  "he",   "her",  "his",  "in",   "into", "is",
       "it",    "its",    "more",  "not",   "of",   "on",   "or",   "over", "she",  "some",
       "than",  "that",   "the",   "their", "they", "this", "to",   "up",   "was",  "were",
       "could", "should", "which", "who",   "will", "with", "would"});
  return std::find(kWeak.begin(), kWeak.end(), word) != kWeak.end();
}

std::string first_words(std::string_view sentence) {
  std::size_t end = 0;
  std::size_t characters = 0;
  std::size_t words = 0;
  for (; end < sentence.size() && characters < kTitleCharacters; ++characters) {
    if (sentence[end] == ' ' && ++words == kTitleWords) break;
    end += base::decode_utf8(sentence.data() + end, sentence.data() + sentence.size()).length;
  }
  std::string_view title = sentence.substr(0, end);
  if (const std::size_t clause = title.find(", "); clause > 25 && clause < title.size()) {
    title = title.substr(0, clause);
  }
  for (std::size_t space = title.rfind(' ');
       space != std::string_view::npos && end < sentence.size(); space = title.rfind(' ')) {
    if (!weak(title.substr(space + 1))) break;
    title = title.substr(0, space);
  }
  while (!title.empty() &&
         std::string_view(".,;:\"' ").find(title.back()) != std::string_view::npos) {
    title.remove_suffix(1);
  }
  while (!title.empty() && (title.front() == '"' || title.front() == ' ')) title.remove_prefix(1);
  return std::string(title);
}

// "BANK LIFTS RATE" → "Bank Lifts Rate"; names in brackets, abbreviations and figures stay.
std::string in_title_case(const std::string& title) {
  std::string changed = title;
  for (std::size_t begin = 0; begin < changed.size();) {
    const std::size_t end = std::min(changed.find(' ', begin), changed.size());
    const bool word = std::all_of(changed.begin() + static_cast<std::ptrdiff_t>(begin),
                                  changed.begin() + static_cast<std::ptrdiff_t>(end), is_upper);
    for (std::size_t i = begin + 1; word && end - begin > 2 && i < end; ++i) {
      changed[i] = static_cast<char>(changed[i] - 'A' + 'a');
    }
    begin = end + 1;
  }
  return changed;
}

}  // namespace

std::string title_of(std::string_view given, const std::vector<Piece>& body) {
  std::string title = on_one_line(given.substr(0, kMaxTitle));
  if (given.size() > kMaxTitle) {
    while (!title.empty() && !base::begins_code_point(title.back())) title.pop_back();
    if (!title.empty()) title.pop_back();
  }
  for (std::size_t i = 0; title.empty() && i < body.size(); ++i) title = first_words(body[i].text);
  return title.empty() ? "Untitled" : title;
}

std::string edited_title(const std::string& title, const std::string& outlet, Random& random) {
  std::string edited = title;
  const std::uint64_t way = random.below(10);
  if (way < 4) edited = in_title_case(title);
  if (way >= 3 && way < 7) static_cast<void>(replace_one_word(edited, random));
  if (way == 7) edited = "UPDATE " + std::to_string(random.between(1, 4)) + "-" + title;
  if (edited == title) edited += (random.chance(0.5) ? " - " : " | ") + outlet;
  return edited;
}

std::string new_title(const std::string& old, const std::vector<Piece>& body, Random& random) {
  // Sentences make better titles than rows of a table, early ones better than late ones.
  std::vector<std::string> titles;
  for (const Piece& piece : body) {
    if (titles.size() == 3) break;
    const bool sentence = piece.part == Part::body && is_upper(piece.text.front()) &&
                          piece.letters >= 40 &&
                          std::any_of(piece.text.begin(), piece.text.end(), is_lower);
    std::string title = sentence ? first_words(piece.text) : std::string();
    if (!title.empty() && title != old) titles.push_back(std::move(title));
  }
  return titles.empty() ? "In brief: " + old : random.pick(titles);
}

}  // namespace wirecopy::generation

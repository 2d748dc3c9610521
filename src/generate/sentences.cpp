#include "generate/sentences.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"

namespace wirecopy::generation {
namespace {

constexpr std::size_t kMaxPiece = 400;      // characters
constexpr std::size_t kWrapColumn = 100;    // few lines of a hard-wrapped text are longer
constexpr std::size_t kDatelineZone = 250;  // bytes in which a dateline is looked for
constexpr std::string_view kSpaces = " \t\r\f\v";

constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"Adm", "Apr", "Aug", "Bros", "Calif", "Capt",   "Co",   "Col", "Corp", "Cos",
     "Dec", "Dr",  "Feb", "Fla",  "Gen",   "Gov",    "Hon",  "Inc", "Jan",  "Jr",
     "Lt",  "Ltd", "Maj", "Mar",  "Mass",  "Messrs", "Mich", "Mr",  "Mrs",  "Ms",
     "No",  "Nov", "Oct", "Penn", "Prof",  "Rep",    "Rev",  "Sen", "Sept", "Sgt",
     "Sr",  "St",  "Tex", "U.S",  "Va",    "Wash",   "Wis",  "vs"});

bool is_space(char byte) { return kSpaces.find(byte) != std::string_view::npos || byte == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

bool ends_sentence(std::string_view line) {
  constexpr std::string_view kEnds = ".!?\"')";
  return kEnds.find(line.back()) != std::string_view::npos || line.ends_with("。") ||
         line.ends_with("”");
}

// Of the lines that another one follows at once more break inside a sentence than end one, and
// hardly any is long.
bool hard_wrapped(const std::vector<std::string_view>& lines) {
  constexpr std::size_t kOfLong = 8;
  std::size_t open = 0;
  std::size_t closed = 0;
  std::size_t too_long = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const std::string_view words = trimmed(lines[i]);
    if (words.empty() || trimmed(lines[i + 1]).empty()) continue;
    if (base::count_code_points(lines[i]) > kWrapColumn) ++too_long;
    ++(ends_sentence(words) ? closed : open);
  }
  return open >= 2 && open > closed && kOfLong * too_long <= open + closed;
}

void append_words(std::string_view line, std::string& paragraph) {
  for (const char byte : line) {
    if (!is_space(byte)) {
      paragraph += byte;
    } else if (!paragraph.empty() && paragraph.back() != ' ') {
      paragraph += ' ';
    }
  }
  if (!paragraph.empty() && paragraph.back() != ' ') paragraph += ' ';
}

std::vector<std::string> paragraphs_of(std::string_view text) {
  const std::vector<std::string_view> lines = lines_of(text);
  const bool wrapped = hard_wrapped(lines);
  std::vector<std::string> paragraphs;
  bool open = false;
  for (const std::string_view line : lines) {
    const bool blank = trimmed(line).empty();
    const bool indented = line.starts_with("  ") || line.starts_with('\t');
    if (blank || indented || !wrapped) open = false;
    if (blank) continue;
    if (!open) paragraphs.emplace_back();
    append_words(line, paragraphs.back());
    open = true;
  }
  for (std::string& paragraph : paragraphs) paragraph = std::string(trimmed(paragraph));
  return paragraphs;
}

// "CHICAGO (Agency) - ", "By A B LONDON, Nov 2 (Agency) -- ": bytes up to the text proper.
std::size_t dateline_length(std::string_view paragraph) {
  const std::string_view zone = paragraph.substr(0, kDatelineZone);
  const std::size_t close = zone.find(") -");
  const std::size_t open = zone.rfind('(', close);
  if (close == std::string_view::npos || open == std::string_view::npos) return 0;
  const std::string_view name = zone.substr(open + 1, close - open - 1);
  const bool agency = !name.empty() && name.size() <= 24 && name.front() >= 'A' &&
                      name.front() <= 'Z' && std::count(name.begin(), name.end(), ' ') <= 2;
  if (!agency) return 0;
  std::size_t begin = close + 1;
  while (begin < paragraph.size() && (paragraph[begin] == ' ' || paragraph[begin] == '-')) ++begin;
  return begin < paragraph.size() ? begin : 0;
}

void leave_out_credit(std::vector<std::string>& paragraphs) {
  // What stands above the dateline ("Adds details", a byline) goes with it.
  for (std::size_t i = 0; i < std::min<std::size_t>(paragraphs.size(), 3); ++i) {
    if (const std::size_t length = dateline_length(paragraphs[i])) {
      paragraphs[i].erase(0, length);
      paragraphs.erase(paragraphs.begin(), paragraphs.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  }
  const auto signs_off = [](const std::string& line) {
    return line.size() <= 24 && std::count(line.begin(), line.end(), ' ') <= 2;
  };
  if (paragraphs.size() > 1 && signs_off(paragraphs.back())) paragraphs.pop_back();
}

bool abbreviated(std::string_view before) {
  const std::size_t space = before.find_last_of(" (\"'");
  const std::string_view word = before.substr(space == std::string_view::npos ? 0 : space + 1);
  if (word.size() == 1 && word.front() >= 'A' && word.front() <= 'Z') return true;  // initials
  if (word.size() >= 3 && word[word.size() - 2] == '.') return true;                // "U.S"
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

// Length of a closing quote or bracket at the front; 0 if there is none.
std::size_t closer_length(std::string_view rest) {
  for (const std::string_view closer : {"\"", "'", ")", "”", "’", "」", "』"}) {
    if (rest.starts_with(closer)) return closer.size();
  }
  return 0;
}

// Whether a sentence may begin here: no lower-case ASCII letter.
bool may_begin(char byte) { return byte < 'a' || byte > 'z'; }

// Byte just behind the sentence end that begins at i; 0 if no sentence ends there.
std::size_t end_of_sentence(std::string_view paragraph, std::size_t i) {
  const std::string_view rest = paragraph.substr(i);
  const bool wide = rest.starts_with("。") || rest.starts_with("！") || rest.starts_with("？");
  const bool narrow = rest.front() == '.' || rest.front() == '!' || rest.front() == '?';
  if (!wide && !narrow) return 0;
  std::size_t end = i + (wide ? 3 : 1);
  while (const std::size_t length = closer_length(paragraph.substr(end))) end += length;
  if (wide) return end;
  if (end + 1 >= paragraph.size() || paragraph[end] != ' ' || !may_begin(paragraph[end + 1])) {
    return 0;
  }
  return rest.front() == '.' && abbreviated(paragraph.substr(0, i)) ? 0 : end;
}

class Splitter {
 public:
  explicit Splitter(std::vector<Piece>& pieces) : pieces_(pieces) {}

  void add_paragraph(std::string_view paragraph) {
    joint_ = Joint::paragraph;
    std::size_t begin = 0;
    std::size_t space = 0;       // the last one of this piece
    std::size_t characters = 0;  // of this piece
    for (std::size_t i = 0; i < paragraph.size();) {
      std::size_t end = end_of_sentence(paragraph, i);
      if (end == 0 && characters >= kMaxPiece) end = space > begin ? space : i;
      if (end > begin) {
        add(paragraph, begin, end);
        begin = i = skip_space(paragraph, end);
        characters = 0;
        continue;
      }
      if (paragraph[i] == ' ') space = i;
      do ++i;
      while (i < paragraph.size() && !base::begins_code_point(paragraph[i]));
      ++characters;
    }
    add(paragraph, begin, paragraph.size());
  }

 private:
  void add(std::string_view paragraph, std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    pieces_.push_back(
        make_piece(std::string(paragraph.substr(begin, end - begin)), Part::body, joint_));
  }

  std::size_t skip_space(std::string_view paragraph, std::size_t at) {
    const bool space = at < paragraph.size() && paragraph[at] == ' ';
    joint_ = space ? Joint::space : Joint::none;
    return at + (space ? 1 : 0);
  }

  std::vector<Piece>& pieces_;
  Joint joint_ = Joint::paragraph;
};

}  // namespace

std::vector<Piece> sentences_of(std::string_view text) {
  const auto pieces_of = [](const std::vector<std::string>& paragraphs) {
    std::vector<Piece> pieces;
    Splitter splitter(pieces);
    for (const std::string& paragraph : paragraphs) splitter.add_paragraph(paragraph);
    return pieces;
  };
  const auto has_letters = [](const std::vector<Piece>& pieces) {
    return std::any_of(pieces.begin(), pieces.end(),
                       [](const Piece& piece) { return piece.letters > 0; });
  };
  const std::vector<std::string> paragraphs = paragraphs_of(text);
  std::vector<std::string> uncredited = paragraphs;
  leave_out_credit(uncredited);
  std::vector<Piece> pieces = pieces_of(uncredited);
  if (has_letters(pieces)) return pieces;
  pieces = pieces_of(paragraphs);  // nothing but a credit
  if (!has_letters(pieces)) pieces.clear();
  return pieces;
}

}  // namespace wirecopy::generation

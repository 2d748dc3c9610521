#include "generate/words.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "generate/tables.h"

namespace wirecopy::generation {
namespace {

// A word of a piece and what would stand in its place; empty = it would be left out.
struct Edit {
  std::size_t piece = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view other;
};

bool is_lower(char byte) { return byte >= 'a' && byte <= 'z'; }
bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }
char to_lower(char byte) { return is_upper(byte) ? static_cast<char>(byte - 'A' + 'a') : byte; }
char to_upper(char byte) { return is_lower(byte) ? static_cast<char>(byte - 'a' + 'A') : byte; }

const Substitution* substitution_for(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
  const auto table = substitutions();
  const auto found = std::lower_bound(
      table.begin(), table.end(), std::string_view(lower),
      [](const Substitution& entry, std::string_view key) { return entry.word < key; });
  return found != table.end() && found->word == lower ? &*found : nullptr;
}

// Capitals inside a sentence are names.
bool may_change(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view word = text.substr(begin, end - begin);
  if (!std::all_of(word.begin() + 1, word.end(), is_lower)) return false;
  if (begin > 0 && (is_upper(word.front()) || text[begin - 1] != ' ')) return false;
  return end == text.size() || text[end] == ' ' || text[end] == ',' || text[end] == '.';
}

bool is_vowel(char byte) { return std::string_view("aeiou").find(byte) != std::string_view::npos; }

// "a result" must not become "a outcome".
bool fits_article(std::string_view before, std::string_view word, std::string_view other) {
  const bool article = before.ends_with(" a ") || before.ends_with(" an ");
  return !article || (!other.empty() && is_vowel(word.front()) == is_vowel(other.front()));
}

class Words {
 public:
  void look_at(std::string_view text, std::size_t piece) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" ,.;:!?-'\"()", begin), text.size());
      if (end > begin) add(text, piece, begin, end);
      begin = end + 1;
    }
  }

  // Chooses `wanted` edits, or as many as there are, sorted by place. In a text without any word
  // of the table, words are left out.
  std::vector<Edit> choose(std::uint64_t wanted, Random& random) {
    std::vector<Edit> edits = std::move(known.empty() ? unknown_ : known);
    random.shuffle(edits);
    edits.resize(std::min<std::size_t>(edits.size(), static_cast<std::size_t>(wanted)));
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
      return a.piece != b.piece ? a.piece < b.piece : a.begin < b.begin;
    });
    return edits;
  }

  std::uint64_t count = 0;
  std::vector<Edit> known;

 private:
  void add(std::string_view text, std::size_t piece, std::size_t begin, std::size_t end) {
    ++count;
    const bool inside = begin > 0 && text[begin - 1] == ' ' && end < text.size() &&
                        text[end] == ' ' && !is_upper(text[begin]);
    const Substitution* substitution =
        may_change(text, begin, end) ? substitution_for(text.substr(begin, end - begin)) : nullptr;
    if (substitution != nullptr && (inside || !substitution->other.empty()) &&
        fits_article(text.substr(0, begin), substitution->word, substitution->other)) {
      known.push_back({piece, begin, end, substitution->other});
    } else if (inside) {
      unknown_.push_back({piece, begin, end, {}});
    }
  }

  std::vector<Edit> unknown_;
};

void make_edit(const Edit& edit, std::string& text) {
  const std::size_t length = edit.end - edit.begin;
  if (edit.other.empty()) {  // with the space behind it
    text.erase(edit.begin, length + 1);
    return;
  }
  std::string other(edit.other);
  if (is_upper(text[edit.begin])) other.front() = to_upper(other.front());
  text.replace(edit.begin, length, other);
}

}  // namespace

void replace_words(std::vector<Piece>& pieces, Rate rate, Random& random) {
  if (rate.millionths == 0) return;
  Words words;
  for (std::size_t i = 0; i < pieces.size(); ++i) words.look_at(pieces[i].text, i);
  const std::uint64_t exact = words.count * rate.millionths;
  const std::uint64_t wanted =
      exact / Rate::kOne + (random.chance(Rate{exact % Rate::kOne}) ? 1 : 0);
  const std::vector<Edit> edits = words.choose(wanted, random);
  // From the back, so that the places in front stay true.
  std::for_each(edits.rbegin(), edits.rend(),
                [&](const Edit& edit) { make_edit(edit, pieces[edit.piece].text); });
}

bool replace_one_word(std::string& text, Random& random) {
  Words words;
  words.look_at(text, 0);
  if (words.known.empty()) return false;
  make_edit(words.choose(1, random).front(), text);
  return true;
}

}  // namespace wirecopy::generation

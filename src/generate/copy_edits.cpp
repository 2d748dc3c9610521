#include "generate/copy_edits.h"

#include <algorithm>
#include <utility>

namespace wirecopy::generation {
namespace {

// An outlet prints at least some 25 words of what it takes over.
constexpr std::uint64_t kLeastLetters = 150;

using Iterator = std::vector<Piece>::difference_type;

// Erases [begin, end); what follows opens a paragraph if one was opened inside.
void erase(std::vector<Piece>& body, std::size_t begin, std::size_t end) {
  const bool opened = std::any_of(
      body.begin() + static_cast<Iterator>(begin), body.begin() + static_cast<Iterator>(end),
      [](const Piece& piece) { return piece.joint == Joint::paragraph; });
  body.erase(body.begin() + static_cast<Iterator>(begin),
             body.begin() + static_cast<Iterator>(end));
  if (opened && begin < body.size()) body[begin].joint = Joint::paragraph;
}

// Inserts a paragraph made of other pieces; what follows opens a paragraph again.
void insert(std::vector<Piece>& body, std::size_t at, std::vector<Piece> pieces) {
  pieces.front().joint = Joint::paragraph;
  if (at < body.size()) body[at].joint = Joint::paragraph;
  body.insert(body.begin() + static_cast<Iterator>(at), std::make_move_iterator(pieces.begin()),
              std::make_move_iterator(pieces.end()));
}

std::vector<Piece> taken_from(const Article& donor, std::size_t begin, std::size_t count) {
  std::vector<Piece> pieces = take_over(donor);
  pieces.erase(pieces.begin() + static_cast<Iterator>(begin + count), pieces.end());
  pieces.erase(pieces.begin(), pieces.begin() + static_cast<Iterator>(begin));
  for (Piece& piece : pieces) piece.part = Part::alien;
  return pieces;
}

}  // namespace

std::vector<Piece> take_over(const Article& from) {
  std::vector<Piece> body;
  for (std::size_t i = 0; i < from.pieces.size(); ++i) {
    const Piece& piece = from.pieces[i];
    if (!is_body(piece.part)) continue;
    Piece taken;
    taken.text = piece.text;
    taken.joint = body.empty() ? Joint::paragraph : piece.joint;
    taken.part = piece.part;
    taken.letters = piece.letters;
    taken.origin = {from.key, static_cast<std::uint32_t>(i), piece.printed, piece.letters};
    body.push_back(std::move(taken));
  }
  return body;
}

void abridge(std::vector<Piece>& body, double least, double most, Random& random) {
  std::uint64_t total = 0;
  for (const Piece& piece : body) total += piece.letters;
  const std::uint64_t share = random.between(Rate::of(least).millionths, Rate::of(most).millionths);
  const std::uint64_t wanted = std::max(total * share / Rate::kOne, kLeastLetters);
  std::uint64_t kept = 0;
  std::size_t pieces = 0;
  // To the sentence end nearest to the share.
  while (pieces < body.size() &&
         (kept < kLeastLetters || kept + body[pieces].letters / 2 <= wanted)) {
    kept += body[pieces++].letters;
  }
  body.resize(std::max<std::size_t>(pieces, 1));
}

void lose_inner_sentence(std::vector<Piece>& body, Random& random) {
  if (body.size() < 3) return;
  const auto lost = static_cast<std::size_t>(random.between(1, body.size() - 2));
  erase(body, lost, lost + 1);
}

void add_alien_lead(std::vector<Piece>& body, const Article& donor) {
  insert(body, 0, taken_from(donor, 0, 1));
}

void add_alien_sentences(std::vector<Piece>& body, const Article& donor, Random& random) {
  const std::size_t there = take_over(donor).size();
  const auto count = std::min<std::size_t>(there, static_cast<std::size_t>(random.between(1, 3)));
  const auto begin = static_cast<std::size_t>(random.below(there - count + 1));
  const auto at = static_cast<std::size_t>(random.between(1, body.size()));
  insert(body, at, taken_from(donor, begin, count));
}

}  // namespace wirecopy::generation

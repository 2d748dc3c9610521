#include "generate/article.h"

#include <utility>

#include "base/unicode.h"
#include "base/utf8.h"
#include "generate/noise.h"

namespace wirecopy::generation {
namespace {

bool is_ascii_letter(char byte) noexcept {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

// Turns spaces into newlines, one for one, so that no offset moves.
void break_lines(std::string& text, std::uint32_t width) {
  std::size_t space = std::string::npos;
  std::uint32_t column = 0;
  std::uint32_t column_of_space = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      space = std::string::npos;
      column = 0;
      continue;
    }
    if (text[i] == ' ') {
      space = i;
      column_of_space = column;
    }
    if (base::begins_code_point(text[i])) ++column;
    if (column > width && space != std::string::npos) {
      text[space] = '\n';
      column -= column_of_space + 1;
      space = std::string::npos;
    }
  }
}

}  // namespace

std::uint64_t count_letters(std::string_view utf8) {
  std::uint64_t letters = 0;
  for (const char *at = utf8.data(), *end = at + utf8.size(); at != end;) {
    if (static_cast<unsigned char>(*at) < 0x80) {
      if (is_ascii_letter(*at++)) ++letters;
      continue;
    }
    const base::Decoded decoded = base::decode_utf8(at, end);
    if (base::is_letter(decoded.code_point)) ++letters;
    at += decoded.length;
  }
  return letters;
}

Piece make_piece(std::string text, Part part, Joint joint) {
  Piece piece;
  piece.letters = count_letters(text);
  piece.text = std::move(text);
  piece.part = part;
  piece.joint = joint;
  return piece;
}

std::uint64_t Article::letters() const noexcept {
  std::uint64_t sum = 0;
  for (const Piece& piece : pieces) sum += piece.letters;
  return sum;
}

void print(Article& article, const Layout& layout, Rate noise, Random& random) {
  article.text.clear();
  std::uint64_t at = 0;
  for (Piece& piece : article.pieces) {
    if (!article.text.empty()) {
      const std::string_view joint = piece.joint == Joint::paragraph ? layout.paragraph_break
                                     : piece.joint == Joint::space   ? " "
                                                                     : "";
      article.text += joint;
      at += joint.size();
    }
    piece.printed.begin = at;
    const std::string noisy =
        noise.millionths == 0 ? std::string() : with_noise(piece.text, noise, random);
    const std::string_view printed = noise.millionths == 0 ? piece.text : noisy;
    piece.letters = count_letters(printed);
    article.text += printed;
    at += base::count_code_points(printed);
    piece.printed.end = at;
  }
  if (layout.width > 0) break_lines(article.text, layout.width);
}

}  // namespace wirecopy::generation

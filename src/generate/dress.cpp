#include "generate/dress.h"

#include <algorithm>
#include <utility>

#include "generate/tables.h"
#include "generate/times.h"

namespace wirecopy::generation {
namespace {

enum Twins : std::uint8_t { kNone, kCaption, kHeadline, kBlock };

// The shortest paragraph that is worth printing twice, in letters.
constexpr std::uint64_t kBlockLetters = 90;

void insert(std::vector<Piece>& pieces, std::size_t at, Piece piece) {
  pieces.insert(pieces.begin() + static_cast<std::vector<Piece>::difference_type>(at),
                std::move(piece));
}

// Places from `from` on where a paragraph may be put in.
std::vector<std::size_t> gaps(const std::vector<Piece>& pieces, std::size_t from) {
  std::vector<std::size_t> places;
  for (std::size_t i = from; i < pieces.size(); ++i) {
    if (pieces[i].joint == Joint::paragraph) places.push_back(i);
  }
  places.push_back(pieces.size());
  return places;
}

void add_stock_paragraph(std::vector<Piece>& pieces, Random& random) {
  Piece stock = make_piece(std::string(random.pick(stock_paragraphs())), Part::stock);
  const bool last = random.chance(0.5);
  insert(pieces, last ? pieces.size() : random.pick(gaps(pieces, 1)), std::move(stock));
}

// A paragraph of the body, as numbers of its first piece and of the piece behind it.
struct Paragraph {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Whether a paragraph reads as one of an article: it begins and ends as a sentence does, and
// nothing in it looks like mail, a table or code. Editors print no others twice, but on purpose.
bool is_prose(const Piece& first, const Piece& last) {
  constexpr std::string_view kBegins = "\"'ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kEnds = ".!?\"'";
  const auto beyond_ascii = [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; };
  const char begin = first.text.front();
  const char end = last.text.back();
  return (kBegins.find(begin) != std::string_view::npos || beyond_ascii(begin)) &&
         (kEnds.find(end) != std::string_view::npos || beyond_ascii(end));
}
bool is_plain(const Piece& piece) {
  return piece.text.find_first_of("<>|@_=*\\^~{}#") == std::string::npos &&
         piece.text.find("--") == std::string::npos;
}

std::vector<Paragraph> long_paragraphs(const std::vector<Piece>& pieces) {
  std::vector<Paragraph> paragraphs;
  for (std::size_t begin = 0; begin < pieces.size();) {
    std::uint64_t letters = 0;
    std::size_t end = begin;
    bool body = true;
    do {
      letters += pieces[end].letters;
      body = body && is_body(pieces[end].part) && is_plain(pieces[end]);
    } while (++end < pieces.size() && pieces[end].joint != Joint::paragraph);
    if (body && letters >= kBlockLetters && is_prose(pieces[begin], pieces[end - 1])) {
      paragraphs.push_back({begin, end});
    }
    begin = end;
  }
  return paragraphs;
}

void repeat_paragraph(std::vector<Piece>& pieces, Random& random) {
  const std::vector<Paragraph> paragraphs = long_paragraphs(pieces);
  if (paragraphs.empty()) return;
  const Paragraph paragraph = random.pick(paragraphs);
  std::string text;
  for (std::size_t i = paragraph.begin; i < paragraph.end; ++i) {
    if (i > paragraph.begin && pieces[i].joint == Joint::space) text += ' ';
    text += pieces[i].text;
    pieces[i].twins = kBlock;
  }
  Piece again = make_piece(std::move(text), Part::block);
  again.twins = kBlock;
  again.repeats_as = "block";
  insert(pieces, random.pick(gaps(pieces, paragraph.end)), std::move(again));
}

// The caption as it is printed the second time, and what kind of repetition that is.
std::pair<std::string, std::string_view> second_caption(const std::string& caption,
                                                        Random& random) {
  std::string again = caption;
  switch (random.below(6)) {
    case 0:
    case 1:
      return {again, "caption_exact"};
    case 2: {
      // Typed in another system: curly apostrophe, two spaces.
      if (const std::size_t quote = again.find('\''); quote != std::string::npos) {
        again.replace(quote, 1, "’");
      }
      again.insert(again.rfind(' '), 1, ' ');
      return {again, "caption_exact"};
    }
    case 3:
      return {again + " (pictured)", "caption_near"};
    case 4:
      return {"Above: " + again, "caption_near"};
    default:
      // Cut short, but hardly.
      again.resize(std::max(again.rfind(' '), again.size() - again.size() / 10));
      return {again + "...", "caption_near"};
  }
}

void add_captions(std::vector<Piece>& pieces, Random& random) {
  const std::string text(random.pick(captions()));
  auto [again_text, kind] = second_caption(text, random);
  Piece again = make_piece(std::move(again_text), Part::caption);
  again.twins = kCaption;
  again.repeats_as = kind;
  insert(pieces, random.pick(gaps(pieces, 1)), std::move(again));
  Piece first = make_piece(text, Part::caption);
  first.twins = kCaption;
  insert(pieces, 0, std::move(first));
}

void add_headline(std::vector<Piece>& pieces, const std::string& title, Random& random) {
  const bool longer = random.chance(0.3);
  if (longer) {
    Piece again = make_piece(title + ": what is known so far", Part::headline);
    again.twins = kHeadline;
    again.repeats_as = "headline";
    insert(pieces, 0, std::move(again));
  }
  Piece headline = make_piece(title, Part::headline);
  headline.twins = kHeadline;
  headline.repeats_as = "headline";  // of the title itself
  insert(pieces, 0, std::move(headline));
}

}  // namespace

Piece dateline(const std::string& city, const std::string& agency, std::int64_t time) {
  return make_piece(city + ", " + month_and_day(time) + " (" + agency + ") -", Part::credit);
}

void add_credit(std::vector<Piece>& body, Piece credit) {
  body.front().joint = Joint::space;
  credit.joint = Joint::paragraph;
  insert(body, 0, std::move(credit));
}

void add_changed_credit(std::vector<Piece>& body, const std::string& city,
                        const std::string& agency, Random& random) {
  switch (random.below(4)) {
    case 0:
      return add_credit(body, make_piece(city + " (" + agency + ") -", Part::credit));
    case 1:
      return body.push_back(make_piece("Source: " + agency, Part::credit));
    case 2:
      return body.push_back(make_piece("With reporting by " + agency + ".", Part::credit));
    default:
      return body.push_back(make_piece("(c) " + agency, Part::credit));
  }
}

void dress(Article& article, const Outlet& outlet, const GenerateOptions& options, Random& random) {
  std::vector<Piece>& pieces = article.pieces;
  // All is drawn first, so that one step does not move the others.
  const bool stock = random.chance(options.stock);
  const bool twice = random.chance(options.paragraph_twice);
  const bool caption = random.chance(options.captions);
  const bool headline = random.chance(options.headline_lead);
  const bool boilerplate = random.chance(options.boilerplate);
  if (stock) add_stock_paragraph(pieces, random);
  if (twice) repeat_paragraph(pieces, random);
  if (caption) add_captions(pieces, random);
  if (headline) add_headline(pieces, article.title, random);
  if (!boilerplate || outlet.header.empty()) return;
  insert(pieces, 0, make_piece(outlet.header, Part::header));
  Piece trailer = make_piece(random.pick(outlet.trailers), Part::trailer);
  trailer.repeats_as = "trailer";
  pieces.push_back(std::move(trailer));
}

}  // namespace wirecopy::generation

// Units that are made of a few phrases: tables of one kind and stock documents.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "generate/copy_edits.h"
#include "generate/fill.h"
#include "generate/tables.h"
#include "generate/times.h"
#include "generate/titles.h"
#include "generate/world.h"

namespace wirecopy::generation {
namespace {

using Stream = Random::Stream;

// Nobody puts a photo or background into a table.
GenerateOptions without_inserts(GenerateOptions options) {
  options.stock = options.captions = options.headline_lead = options.paragraph_twice = 0;
  return options;
}

}  // namespace

std::vector<Article> World::template_family(std::uint32_t unit) const {
  Random chance = random(Stream::world, {unit, 0});
  const std::string_view text = chance.pick(template_texts());
  const auto outlet = static_cast<std::uint32_t>(chance.below(papers_));
  const auto count = static_cast<std::uint32_t>(chance.between(4, 12));
  const GenerateOptions plain = without_inserts(options_);
  std::vector<Article> family(count);
  for (std::uint32_t member = 0; member < count; ++member) {
    Article& article = family[member];
    article.key = {unit, member};
    article.outlet = outlet;
    article.time = draw_time(options_.days, chance);
    const std::string filled = fill(text, chance);
    article.title = filled.substr(0, filled.find('\n'));
    for (std::size_t begin = filled.find('\n') + 1; begin < filled.size();) {
      const std::size_t end = std::min(filled.find('\n', begin), filled.size());
      article.pieces.push_back(make_piece(filled.substr(begin, end - begin), Part::body));
      begin = end + 1;
    }
    finish(article, plain);
  }
  return family;
}

// An original, and perhaps a document with the same passage among other blocks.
std::vector<Article> World::stock_documents(std::uint32_t unit) const {
  GenerateOptions bare = without_inserts(options_);
  bare.boilerplate = 0;
  std::vector<Article> articles(kind_of(unit) == UnitKind::story ? 2 : 1);
  const Article& original = articles.front();
  for (std::uint32_t member = 0; member < articles.size(); ++member) {
    Article& article = articles[member];
    article.key = {unit, member};
    Random times = random(Stream::times, article.key);
    if (member == 0) {
      article.time = draw_time(options_.days, times);
      article.pieces = stock_.own_passage(unit - first_stock_unit());
      article.title = title_of("", article.pieces);
    } else {
      article.parent = 0;
      article.time = original.time + draw_lag(times);
      article.pieces = take_over(original);
      article.title = original.title;
    }
    Random credit = random(Stream::credit, article.key);
    article.byline = "By " + credit.pick(outlet_of(article).staff);
    Random edits = random(Stream::edits, article.key);
    stock_.surround(article.pieces, edits);
    finish(article, bare);
  }
  return articles;
}

}  // namespace wirecopy::generation

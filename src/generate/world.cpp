#include "generate/world.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "generate/copy_edits.h"
#include "generate/dress.h"
#include "generate/sentences.h"
#include "generate/tables.h"
#include "generate/times.h"
#include "generate/titles.h"
#include "generate/words.h"
#include "wirecopy/error.h"

namespace wirecopy::generation {
namespace {

using Stream = Random::Stream;

constexpr double kAgencyStories = 0.8;  // stories that an agency sent out; the rest outlets wrote
constexpr double kAgencySingles = 0.3;

std::uint64_t wanted_base_texts(const GenerateOptions& options) {
  return std::uint64_t{options.stories} + (options.mega_articles > 0 ? 1 : 0) + options.singles;
}

// The numbers of all base texts by chance; those wanted come first.
std::vector<std::uint32_t> draw_base_texts(const GenerateOptions& options, std::size_t base_texts) {
  const std::uint64_t wanted = wanted_base_texts(options);
  if (wanted > base_texts) {
    throw Error(ErrorCode::input,
                fmt::format("{} stories and singles need as many base texts, but there are {} of "
                            "{} words or more that resemble no earlier one: give more base texts "
                            "or ask for fewer articles",
                            wanted, base_texts, options.min_words));
  }
  std::vector<std::uint32_t> numbers(base_texts);
  std::iota(numbers.begin(), numbers.end(), 0U);
  Random chance(options.seed, Stream::world, 1);
  chance.shuffle(numbers);
  return numbers;
}

std::string published_text(std::int64_t time, std::int32_t zone_hours,
                           const GenerateOptions& options, Random& random) {
  const bool missing = random.chance(options.no_date);
  const bool day = random.chance(options.date_only);
  return missing ? "" : day ? date_only(time) : timestamp(time, zone_hours);
}

}  // namespace

std::string_view name_of(UnitKind kind) noexcept {
  switch (kind) {
    case UnitKind::story:
      return "story";
    case UnitKind::mega:
      return "mega";
    case UnitKind::single:
      return "single";
    case UnitKind::template_family:
      return "template";
    default:
      return "boilerplate";
  }
}

World::World(const GenerateOptions& options, const BaseTexts& base_texts,
             const std::atomic<bool>* stop)
    : options_(options),
      base_texts_(base_texts),
      base_numbers_(draw_base_texts(options, base_texts.size())),
      stock_(options, base_texts, std::span(base_numbers_).subspan(wanted_base_texts(options)),
             stop),
      outlets_(make_outlets(options.outlets, options.agencies, options.seed)),
      papers_(options.outlets),
      stories_(options.stories + (options.mega_articles > 0 ? 1 : 0)) {
  base_numbers_.resize(wanted_base_texts(options));
}

std::uint32_t World::units() const noexcept { return first_stock_unit() + stock_.originals(); }

std::uint32_t World::first_stock_unit() const noexcept {
  return static_cast<std::uint32_t>(base_numbers_.size()) + options_.template_families;
}

UnitKind World::kind_of(std::uint32_t unit) const noexcept {
  if (unit < options_.stories) return UnitKind::story;
  if (unit < stories_) return UnitKind::mega;
  if (unit < base_numbers_.size()) return UnitKind::single;
  if (unit < first_stock_unit()) return UnitKind::template_family;
  return unit < first_stock_unit() + stock_.copied() ? UnitKind::story : UnitKind::boilerplate;
}

std::string World::id_of(ArticleKey key) const {
  const std::uint64_t number = std::uint64_t{key.unit} << 32U | key.member;
  return fmt::format("{:016x}", base::mix64(base::mix64(options_.seed) ^ base::mix64(number)));
}

Random World::random(Stream stream, ArticleKey key) const {
  // Unit 0 of Stream::world drew the outlets.
  return Random(options_.seed, stream, std::uint64_t{key.unit} + 2, key.member);
}

const Outlet& World::outlet_of(const Article& article) const { return outlets_[article.outlet]; }

std::vector<Article> World::make(std::uint32_t unit) const {
  if (unit >= first_stock_unit()) return stock_documents(unit);
  if (kind_of(unit) == UnitKind::template_family) return template_family(unit);
  std::vector<Article> articles;
  articles.push_back(original(unit));
  const std::uint32_t count = article_count(unit);
  articles.reserve(count);
  for (std::uint32_t member = 1; member < count; ++member) {
    articles.push_back(copy(articles, member));
  }
  return articles;
}

std::uint32_t World::article_count(std::uint32_t unit) const {
  if (kind_of(unit) == UnitKind::single) return 1;
  if (kind_of(unit) == UnitKind::mega) return options_.mega_articles;
  Random chance = random(Stream::world, {unit, 0});
  // With k copies out, one more appears with probability k / (k + 1 / spread).
  const std::uint64_t spread = Rate::of(options_.spread).millionths;
  std::uint64_t copies = 1;
  while (copies + 1 < options_.max_articles &&
         chance.odds(copies * spread, copies * spread + Rate::kOne)) {
    ++copies;
  }
  return static_cast<std::uint32_t>(copies + 1);
}

Article World::original(std::uint32_t unit) const {
  Article article;
  article.key = {unit, 0};
  Random times = random(Stream::times, article.key);
  article.time = draw_time(options_.days, times);
  const BaseText base = base_texts_.at(base_numbers_[unit]);
  article.pieces = sentences_of(base.text);
  article.title = title_of(base.title, article.pieces);

  Random credit = random(Stream::credit, article.key);
  const bool single = kind_of(unit) == UnitKind::single;
  const bool by_agency = credit.chance(single ? kAgencySingles : kAgencyStories);
  const auto agency = papers_ + static_cast<std::uint32_t>(credit.below(outlets_.size() - papers_));
  const auto paper = static_cast<std::uint32_t>(credit.below(papers_));
  // A single of an agency is a report that one paper alone printed.
  article.outlet = by_agency && !single ? agency : paper;
  const std::string city(credit.pick(dateline_cities()));
  if (by_agency) {
    article.agency = agency;
    article.credit_fate = CreditFate::kept;
    article.byline = outlets_[agency].name;
    add_credit(article.pieces, dateline(city, article.byline, article.time));
  } else {
    article.byline = "By " + credit.pick(outlet_of(article).staff);
  }
  finish(article, options_);
  return article;
}

Article World::copy(const std::vector<Article>& story, std::uint32_t member) const {
  Article article;
  article.key = {story.front().key.unit, member};
  Random times = random(Stream::times, article.key);
  const bool second_hand = times.chance(options_.second_hand) && member > 1;
  article.parent =
      second_hand ? static_cast<std::uint32_t>(times.between(1, member - 1)) : std::uint32_t{0};
  const Article& parent = story[*article.parent];
  article.time = parent.time + draw_lag(times);
  article.outlet = static_cast<std::uint32_t>(times.below(papers_));
  if (article.outlet == parent.outlet) article.outlet = (article.outlet + 1) % papers_;

  edit_body(article, parent);
  credit_copy(article, parent);
  title_copy(article, parent);
  finish(article, options_);
  return article;
}

std::uint32_t World::other_unit(std::uint32_t unit, Random& random) const {
  const auto other = static_cast<std::uint32_t>(random.below(base_numbers_.size() - 1));
  return other < unit ? other : other + 1;
}

void World::edit_body(Article& article, const Article& parent) const {
  Random edits = random(Stream::edits, article.key);
  const bool verbatim = edits.chance(options_.verbatim);
  const bool cut = edits.chance(options_.abridged);
  const bool loss = edits.chance(options_.inner_loss);
  const bool others = base_numbers_.size() > 1;
  const bool lead = edits.chance(options_.alien_lead) && others;
  const bool sentences = edits.chance(options_.alien_sentences) && others;
  article.pieces = take_over(parent);
  if (verbatim) return;
  if (cut) abridge(article.pieces, options_.kept_least, options_.kept_most, edits);
  if (loss) lose_inner_sentence(article.pieces, edits);
  Random words = random(Stream::words, article.key);
  replace_words(article.pieces, words.rate_up_to(options_.replaced_words), words);
  if (sentences) {
    const Article donor = original(other_unit(article.key.unit, edits));
    add_alien_sentences(article.pieces, donor, edits);
  }
  if (lead) add_alien_lead(article.pieces, original(other_unit(article.key.unit, edits)));
}

void World::credit_copy(Article& article, const Article& parent) const {
  Random credit = random(Stream::credit, article.key);
  const std::uint64_t fate = credit.below(Rate::kOne);
  const std::uint64_t removed = Rate::of(options_.credit_removed).millionths;
  const std::uint64_t changed = removed + Rate::of(options_.credit_changed).millionths;
  const std::string city(credit.pick(dateline_cities()));
  const std::string staff = "By " + credit.pick(outlet_of(article).staff);
  article.byline = staff;
  if (!parent.agency) return;
  const std::string& agency = outlets_[*parent.agency].name;
  if (fate < removed) {
    article.credit_fate = CreditFate::removed;
    return;
  }
  article.agency = parent.agency;
  if (fate < changed) {
    article.credit_fate = CreditFate::changed;
    article.byline = credit.chance(0.5) ? staff : "Staff and agencies";
    add_changed_credit(article.pieces, city, agency, credit);
    return;
  }
  article.credit_fate = CreditFate::kept;
  article.byline = parent.byline;
  for (std::size_t i = 0; i < parent.pieces.size(); ++i) {
    const Piece& piece = parent.pieces[i];
    if (piece.part != Part::credit) continue;
    Piece kept = make_piece(piece.text, Part::credit);
    kept.origin = {parent.key, static_cast<std::uint32_t>(i), piece.printed, piece.letters};
    if (i + 1 < parent.pieces.size() && is_body(parent.pieces[i + 1].part)) {
      add_credit(article.pieces, std::move(kept));
    } else {
      article.pieces.push_back(std::move(kept));
    }
    break;
  }
}

void World::title_copy(Article& article, const Article& parent) const {
  Random title = random(Stream::title, article.key);
  const std::uint64_t fate = title.below(Rate::kOne);
  const std::uint64_t fresh = Rate::of(options_.title_new).millionths;
  const std::uint64_t edited = fresh + Rate::of(options_.title_edited).millionths;
  if (fate < fresh) {
    article.title_fate = TitleFate::fresh;
    article.title = new_title(parent.title, article.pieces, title);
  } else if (fate < edited) {
    article.title_fate = TitleFate::edited;
    article.title = edited_title(parent.title, outlet_of(article).name, title);
  } else {
    article.title = parent.title;
  }
}

void World::finish(Article& article, const GenerateOptions& options) const {
  const Outlet& outlet = outlet_of(article);
  Random chance = random(Stream::dress, article.key);
  article.source = outlet.domain;
  article.url =
      fmt::format("https://{}/{}/{}", outlet.domain, date_path(article.time), id_of(article.key));
  article.published = published_text(article.time, outlet.zone_hours, options, chance);
  dress(article, outlet, options, chance);
  Random noise = random(Stream::noise, article.key);
  const Rate rate = noise.rate_up_to(options.noise);
  print(article, outlet.layout, rate, noise);
}

}  // namespace wirecopy::generation

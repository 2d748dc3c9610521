#include "app/generate.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/read_options.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

std::uint32_t number(const Settings& settings, std::string_view name) {
  return static_cast<std::uint32_t>(settings.count(name));
}

void set_amounts(const Settings& settings, GenerateOptions& options) {
  options.seed = settings.count("seed");
  options.stories = number(settings, "stories");
  options.singles =
      settings.given("singles") ? number(settings, "singles") : (options.stories * 8 + 2) / 3;
  options.template_families = settings.given("template-families")
                                  ? number(settings, "template-families")
                                  : (options.stories + 9) / 10;
  options.mega_articles = number(settings, "mega");
  options.stock_documents = number(settings, "stock-documents");
  options.stock_blocks = number(settings, "stock-blocks");
  options.outlets = number(settings, "outlets");
  options.days = number(settings, "days");
  options.min_words = number(settings, "min-words");
  options.spread = settings.share("spread");
  options.max_articles = number(settings, "max-articles");
  options.agencies = settings.list("agency");
}

void set_shares(const Settings& settings, GenerateOptions& options) {
  options.second_hand = settings.share("second-hand");
  options.verbatim = settings.share("verbatim");
  options.abridged = settings.share("abridged");
  options.kept_least = settings.share("kept-least");
  options.kept_most = settings.share("kept-most");
  options.inner_loss = settings.share("inner-loss");
  options.alien_lead = settings.share("alien-lead");
  options.alien_sentences = settings.share("alien-sentences");
  options.replaced_words = settings.share("replaced-words");
  options.credit_removed = settings.share("credit-removed");
  options.credit_changed = settings.share("credit-changed");
  options.title_edited = settings.share("title-edited");
  options.title_new = settings.share("title-new");
  options.boilerplate = settings.share("boilerplate");
  options.stock = settings.share("stock");
  options.stock_share = settings.share("stock-share");
  options.stock_copies = settings.share("stock-copies");
  options.captions = settings.share("captions");
  options.headline_lead = settings.share("headline-lead");
  options.paragraph_twice = settings.share("paragraph-twice");
  options.noise = settings.share("noise");
  options.date_only = settings.share("date-only");
  options.no_date = settings.share("no-date");
}

}  // namespace

GenerateCounts generate(const std::vector<std::string>& inputs, const Settings& settings,
                        const Hooks& hooks) {
  GenerateOptions options;
  set_amounts(settings, options);
  set_shares(settings, options);
  GenerateTarget target;
  target.folder = settings.text("out");
  if (target.folder.empty()) {
    throw Error(ErrorCode::usage, "name a folder for the corpus: --out DIR");
  }
  target.replace = settings.flag("replace");
  target.work_folder = settings.text("work-folder");
  target.threads = number(settings, "threads");
  target.stop = hooks.stop;
  Reader reader = open_inputs(inputs, settings, hooks);
  return wirecopy::generate(reader, options, target);
}

std::string counts_in_words(const GenerateCounts& counts) {
  std::string words = fmt::format(
      "{} articles = {} originals + {} copies + {} singles + {} tables of one kind + {} of stock\n"
      "{} base texts read, {} left out as too short, {} as too like an earlier one, {} bad rows\n",
      counts.articles, counts.originals, counts.copies, counts.singles, counts.templates,
      counts.boilerplate, counts.base_texts, counts.too_short, counts.resembling, counts.rejected);
  for (const std::string& file : counts.files) words += fmt::format("wrote {}\n", file);
  return words;
}

}  // namespace wirecopy::app

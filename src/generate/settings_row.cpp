#include "generate/settings_row.h"

#include "base/json.h"
#include "wirecopy/version.h"

namespace wirecopy::generation {
namespace {

void write_amounts(base::JsonWriter& json, const GenerateOptions& options) {
  json.key("seed").integer(options.seed);
  json.key("stories").integer(options.stories);
  json.key("singles").integer(options.singles);
  json.key("template-families").integer(options.template_families);
  json.key("mega").integer(options.mega_articles);
  json.key("stock-documents").integer(options.stock_documents);
  json.key("stock-blocks").integer(options.stock_blocks);
  json.key("outlets").integer(options.outlets);
  json.key("days").integer(options.days);
  json.key("min-words").integer(options.min_words);
  json.key("spread").share(options.spread);
  json.key("max-articles").integer(options.max_articles);
  json.key("agency").begin_array();
  for (const std::string& agency : options.agencies) json.string(agency);
  json.end_array();
}

void write_shares(base::JsonWriter& json, const GenerateOptions& options) {
  json.key("second-hand").share(options.second_hand);
  json.key("verbatim").share(options.verbatim);
  json.key("abridged").share(options.abridged);
  json.key("kept-least").share(options.kept_least);
  json.key("kept-most").share(options.kept_most);
  json.key("inner-loss").share(options.inner_loss);
  json.key("alien-lead").share(options.alien_lead);
  json.key("alien-sentences").share(options.alien_sentences);
  json.key("replaced-words").share(options.replaced_words);
  json.key("credit-removed").share(options.credit_removed);
  json.key("credit-changed").share(options.credit_changed);
  json.key("title-edited").share(options.title_edited);
  json.key("title-new").share(options.title_new);
  json.key("boilerplate").share(options.boilerplate);
  json.key("stock").share(options.stock);
  json.key("stock-share").share(options.stock_share);
  json.key("stock-copies").share(options.stock_copies);
  json.key("captions").share(options.captions);
  json.key("headline-lead").share(options.headline_lead);
  json.key("paragraph-twice").share(options.paragraph_twice);
  json.key("noise").share(options.noise);
  json.key("date-only").share(options.date_only);
  json.key("no-date").share(options.no_date);
}

void write_counts(base::JsonWriter& json, const GenerateCounts& counts) {
  json.key("base_texts").integer(counts.base_texts);
  json.key("too_short").integer(counts.too_short);
  json.key("resembling").integer(counts.resembling);
  json.key("rejected").integer(counts.rejected);
  json.key("articles").integer(counts.articles);
  json.key("originals").integer(counts.originals);
  json.key("copies").integer(counts.copies);
  json.key("singles").integer(counts.singles);
  json.key("templates").integer(counts.templates);
  json.key("boilerplate").integer(counts.boilerplate);
}

}  // namespace

std::string settings_row(const GenerateOptions& options, const GenerateCounts& counts) {
  base::JsonWriter json(base::JsonWriter::Layout::indented);
  json.begin_object();
  json.key("version").string(kVersion);
  json.key("settings").begin_object();
  write_amounts(json, options);
  write_shares(json, options);
  json.end_object();
  json.key("counts").begin_object();
  write_counts(json, counts);
  json.end_object().end_object();
  return std::string(json.text()) + "\n";
}

}  // namespace wirecopy::generation

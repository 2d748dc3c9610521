#include "app/explain.h"
#include "app/why_not.h"
#include "base/json.h"

namespace wirecopy::app {
namespace {

void write_side(base::JsonWriter& json, const Document& document, const Credits& credits) {
  json.begin_object();
  json.key("id").string(document.id);
  json.key("source").string_or_null(document.source);
  json.key("published").string_or_null(document.published_text);
  json.key("title").string_or_null(document.title);
  json.key("agency").string_or_null(credits.agency());
  json.key("mentions").integer(credits.mentions);
  json.end_object();
}

void write_coverage(base::JsonWriter& json, std::string_view name, const Coverage& coverage) {
  json.key(name).begin_object();
  json.key("letters").integer(coverage.letters);
  json.key("of").integer(coverage.of);
  json.key("share").share(coverage.value());
  json.end_object();
}

void write_span(base::JsonWriter& json, std::string_view name, Span span) {
  json.key(name).begin_array().integer(span.begin).integer(span.end).end_array();
}

void write_comparison(base::JsonWriter& json, const Explanation& explanation) {
  const Comparison& comparison = explanation.comparison;
  json.key("verdict").string(name_of(comparison.verdict));
  json.key("score").integer(comparison.score);
  write_coverage(json, "coverage_a", comparison.a);
  write_coverage(json, "coverage_b", comparison.b);
  json.key("identity").share(comparison.identity());
  json.key("shared_letters").integer(comparison.shared_letters);
  json.key("shared_masked").integer(comparison.shared_masked);
  json.key("aligned_quoted").integer(comparison.aligned_quoted);
  json.key("numbers").integer(comparison.numbers.of);
  json.key("slots").integer(comparison.slots.of);
  json.key("differing_slots").integer(comparison.slots.count);
  json.key("passages").begin_array();
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const Passage& passage = comparison.passages[i];
    json.begin_object();
    write_span(json, "a", explanation.a.text.original_span(passage.a.begin, passage.a.end));
    write_span(json, "b", explanation.b.text.original_span(passage.b.begin, passage.b.end));
    json.key("identity").share(passage.identity());
    json.key("kind").string(name_of(comparison.kinds[i]));
    json.end_object();
  }
  json.end_array();
}

void write_proposal(base::JsonWriter& json, const Explanation::Proposal& proposal) {
  json.key("bands").integer(proposal.bands);
  json.key("of_bands").integer(proposal.of_bands);
  json.key("shared_fingerprints").integer(proposal.shared);
  json.key("fingerprints_a").integer(proposal.votes_a);
  json.key("fingerprints_b").integer(proposal.votes_b);
  json.key("shared_boilerplate").integer(proposal.shared_masked);
}

}  // namespace

std::string explanation_as_json(const Explained& explained) {
  const Explanation& explanation = explained.explanation;
  base::JsonWriter json;
  json.begin_object();
  json.key("a");
  write_side(json, explained.a->document, explanation.credits_a);
  json.key("b");
  write_side(json, explained.b->document, explanation.credits_b);
  json.key("preset").string(name_of(explained.recipe.preset));
  json.key("treatment").string(treatment_of(explained));
  json.key("jaccard").share(explanation.similarity.jaccard());
  json.key("a_in_b").share(explanation.similarity.a_in_b());
  json.key("b_in_a").share(explanation.similarity.b_in_a());
  write_proposal(json, explanation.proposal);
  if (explained.recipe.winnowing) write_comparison(json, explanation);
  json.key("earlier").string(name_of(explanation.time.earlier));
  json.key("lag_min_seconds");
  explanation.time.lag ? json.integer(explanation.time.lag->min_seconds) : json.null();
  json.key("lag_max_seconds");
  explanation.time.lag ? json.integer(explanation.time.lag->max_seconds) : json.null();
  json.key("title_change").string(name_of(explanation.title_change));
  json.end_object();
  return std::string(json.text());
}

}  // namespace wirecopy::app

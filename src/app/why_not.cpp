#include "app/why_not.h"

#include <fmt/format.h>

#include "base/plain_words.h"

namespace wirecopy::app {
namespace {

std::string percent_covered(const Coverage& coverage) {
  return percent_of(coverage.letters, coverage.of);
}

struct Side {
  char name;
  Coverage coverage;
};
struct Sides {
  Side shorter;
  Side longer;
};
Sides sides_of(const Comparison& comparison) {
  const Side a{'a', comparison.a};
  const Side b{'b', comparison.b};
  return comparison.b_shorter ? Sides{b, a} : Sides{a, b};
}

// "of b, the shorter text, 59.4 % is in a".
std::string share_words(const Sides& sides) {
  return fmt::format("of {}, the shorter text, {} is in {}", sides.shorter.name,
                     percent_covered(sides.shorter.coverage), sides.longer.name);
}

// What b is of a, for somebody who has never heard the names of the verdicts.
std::string_view meaning_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::identical:
      return "b is the text of a";
    case Verdict::unrelated:
      return "no text is in both";
    case Verdict::boilerplate_only:
      return "what they share stands in many articles of their outlets";
    case Verdict::template_match:
      return "one form filled in twice, no copy";
    case Verdict::quote_only:
      return "they quote the same words, no copy";
    case Verdict::near_duplicate:
      return "b is the text of a with small changes";
    case Verdict::abridged:
      return "b is the text of a, cut";
    case Verdict::expanded:
      return "b is the text of a with more around it";
    case Verdict::derived:
      return "a good part of one text is in the other";
    case Verdict::passage_reuse:
      break;
  }
  return "they share a passage, no copy";
}

std::string low_coverage_words(const Comparison& comparison, const JudgeRule& rule) {
  const Sides sides = sides_of(comparison);
  return fmt::format("{} ({} letters); derived asks for {} % and {} letters", share_words(sides),
                     base::grouped(sides.shorter.coverage.letters), rule.derived_percent,
                     rule.derived_letters);
}

// The rule by which the verdict was given.
std::string rule_words(const Comparison& comparison, const JudgeRule& rule) {
  const Sides sides = sides_of(comparison);
  const Coverage& smaller =
      comparison.a.value() < comparison.b.value() ? comparison.a : comparison.b;
  switch (comparison.verdict) {
    case Verdict::identical:
      return comparison.equal_letters ? "all letters are equal, in the same order"
                                      : "nearly all letters of both are aligned and alike";
    case Verdict::unrelated:
      return fmt::format("no passage of {} letters, and no whole block of {}, is in both",
                         rule.passage_letters, rule.block_letters);
    case Verdict::boilerplate_only:
      return fmt::format("of what they share {} is boilerplate of their outlets; {} % are enough",
                         percent_of(comparison.shared_masked, comparison.shared_letters),
                         rule.boilerplate_percent);
    case Verdict::template_match:
      return fmt::format(
          "of the {} numbers and names where they are aligned {} differ, of the {} numbers {}; "
          "more "
          "than {} % are too many for a copy",
          comparison.slots.of, comparison.slots.count, comparison.numbers.of,
          comparison.numbers.count, rule.template_percent);
    case Verdict::quote_only:
      return fmt::format("of what they share {} stands in quotation marks; {} % are enough",
                         percent_of(comparison.aligned_quoted, comparison.aligned_letters),
                         rule.quote_percent);
    case Verdict::near_duplicate:
      return fmt::format("at least {} of each text is in the other (asked: {} %)",
                         percent_covered(smaller), rule.near_percent);
    case Verdict::abridged:
    case Verdict::expanded:
      return fmt::format(
          "{} (asked: {} %), of {} only {} in {} (near_duplicate asks for {} % of both)",
          share_words(sides), rule.abridged_percent, sides.longer.name,
          percent_covered(sides.longer.coverage), sides.shorter.name, rule.near_percent);
    case Verdict::derived:
      return fmt::format("{} (asked: {} %; abridged asks for {} %)", share_words(sides),
                         rule.derived_percent, rule.abridged_percent);
    case Verdict::passage_reuse:
      break;
  }
  return low_coverage_words(comparison, rule);
}

std::string score_words(const Comparison& comparison, const MatchRule& rule) {
  if (comparison.score == 0) return "score 0: it speaks against putting them into one story";
  const std::string bias = rule.judge.same_outlet_bias == 0
                               ? std::string()
                               : fmt::format(", {:+.3f} where both are of one outlet",
                                             rule.judge.same_outlet_bias / double{kFullScore});
  return fmt::format("score {:.3f}{}; stories merge from a mean score of {:.2f}",
                     comparison.score / double{kFullScore}, bias,
                     rule.link.merge_at / double{kFullScore});
}

std::string corpus_words(const Explained& explained) {
  const Explanation& explanation = explained.explanation;
  if (explanation.proposal.equal_letters) return "identical: the same letters in the same order\n";
  const Millionths threshold = explained.rule.threshold;
  const bool near = explanation.similarity.reaches(threshold);
  return fmt::format("{}: Jaccard {:.4f} by sets of 5 words (asked: {})\n",
                     near ? "near_duplicate" : "no copy", explanation.similarity.jaccard(),
                     threshold.value() / 1e6);
}

std::string treatment_words(const Explained& explained) {
  const std::string_view treatment = treatment_of(explained);
  const Explanation::Proposal& proposal = explained.explanation.proposal;
  if (treatment == "window") {
    return "  a run does not compare them: they were published too far apart (--window)\n";
  }
  if (treatment != "not_proposed") return "";
  return fmt::format(
      "  a run does not compare them: too few fingerprints{} are in both, and no band agrees; "
      "clustering may still ask for the pair\n",
      proposal.shared_masked > 0 ? " beside boilerplate" : "");
}

}  // namespace

std::string_view treatment_of(const Explained& explained) {
  const Explanation::Proposal& proposal = explained.explanation.proposal;
  if (proposal.equal_letters) return "equal";
  if (proposal.outside_window) return "window";
  const Proposers proposers = explained.rule.proposers;
  const bool by_bands = proposal.by_bands && proposers != Proposers::probe;
  const bool by_fingerprints = proposal.by_fingerprints && proposers != Proposers::band;
  return by_bands || by_fingerprints ? "compared" : "not_proposed";
}

std::string percent_of(std::uint64_t part, std::uint64_t whole) {
  const std::uint64_t tenths = whole == 0 ? 0 : part * 1'000 / whole;
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

std::string finding_in_words(const Explained& explained) {
  if (!explained.recipe.winnowing) return corpus_words(explained) + treatment_words(explained);
  const Comparison& comparison = explained.explanation.comparison;
  return fmt::format("{}: {}\n  {}\n  {}\n{}", name_of(comparison.verdict),
                     meaning_of(comparison.verdict), rule_words(comparison, explained.rule.judge),
                     score_words(comparison, explained.rule), treatment_words(explained));
}

}  // namespace wirecopy::app

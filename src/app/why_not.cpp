#include "app/why_not.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirecopy::app {
namespace {

// Rounded down, as the rules compare.
std::string percent_of(std::uint64_t part, std::uint64_t whole) {
  const std::uint64_t tenths = whole == 0 ? 0 : part * 1'000 / whole;
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}
std::string percent_of(const Coverage& coverage) {
  return percent_of(coverage.letters, coverage.of);
}

struct Sides {
  const Coverage& shorter;
  const Coverage& longer;
};
Sides sides_of(const Comparison& comparison) {
  return comparison.b_shorter ? Sides{comparison.b, comparison.a}
                              : Sides{comparison.a, comparison.b};
}

std::string low_coverage_words(const Comparison& comparison, const JudgeRule& rule) {
  const Sides sides = sides_of(comparison);
  return fmt::format(
      "they share a passage, but only {} of the shorter text ({} letters); derived asks for {} % "
      "and {} letters",
      percent_of(sides.shorter), sides.shorter.letters, rule.derived_percent, rule.derived_letters);
}

// The rule by which the verdict was given.
std::string rule_words(const Comparison& comparison, const JudgeRule& rule) {
  const Sides sides = sides_of(comparison);
  const Coverage& smaller =
      sides.shorter.value() < sides.longer.value() ? sides.shorter : sides.longer;
  switch (comparison.verdict) {
    case Verdict::identical:
      return comparison.equal_letters ? "all letters are equal, in the same order"
                                      : "nearly all letters of both are aligned and alike";
    case Verdict::unrelated:
      return fmt::format("no passage of {} letters, and no whole block of {}, is in both",
                         rule.passage_letters, rule.block_letters);
    case Verdict::boilerplate_only:
      return fmt::format("of what they share {} is boilerplate of their outlets; {} % are too much",
                         percent_of(comparison.shared_masked, comparison.shared_letters),
                         rule.boilerplate_percent);
    case Verdict::template_match:
      return fmt::format(
          "one form filled in twice: of {} numbers and names in it {} differ, of {} numbers {}; "
          "more "
          "than {} % are too many",
          comparison.slots.of, comparison.slots.count, comparison.numbers.of,
          comparison.numbers.count, rule.template_percent);
    case Verdict::quote_only:
      return fmt::format("of what they share {} stands in quotation marks; {} % are too much",
                         percent_of(comparison.aligned_quoted, comparison.aligned_letters),
                         rule.quote_percent);
    case Verdict::near_duplicate:
      return fmt::format("both are covered by {} % or more; the less covered one by {}",
                         rule.near_percent, percent_of(smaller));
    case Verdict::abridged:
    case Verdict::expanded:
      return fmt::format(
          "of the shorter text {} is in the longer one (asked: {} %), which is covered by {} only "
          "(near_duplicate asks for {} %)",
          percent_of(sides.shorter), rule.abridged_percent, percent_of(sides.longer),
          rule.near_percent);
    case Verdict::derived:
      return fmt::format("of the shorter text {} is in the other (asked: {} %, abridged: {} %)",
                         percent_of(sides.shorter), rule.derived_percent, rule.abridged_percent);
    case Verdict::passage_reuse:
      break;
  }
  return low_coverage_words(comparison, rule);
}

std::string score_words(const Comparison& comparison, const MatchRule& rule) {
  if (comparison.score == 0) return "no score: it speaks against one cluster of the two";
  const std::uint32_t merge_at = rule.link.merge_at;
  const std::string bias = rule.judge.same_outlet_bias == 0
                               ? std::string()
                               : fmt::format(", {:+.3f} where both are of one outlet",
                                             rule.judge.same_outlet_bias / double{kFullScore});
  return fmt::format(
      "score {:.3f}: {}{}; groups whose pairs have a mean of {:.2f} merge",
      comparison.score / double{kFullScore},
      comparison.verdict == Verdict::identical ? "full" : "the coverage of the shorter text", bias,
      merge_at / double{kFullScore});
}

std::string corpus_words(const Explained& explained) {
  const Explanation& explanation = explained.explanation;
  const double threshold = explained.rule.threshold.value() / 1e6;
  const bool near = explanation.similarity.reaches(explained.rule.threshold);
  if (explanation.proposal.equal_letters) return "identical: the same letters in the same order\n";
  return fmt::format("{}: Jaccard {:.4f} by sets of 5 words, {} are asked for\n",
                     near ? "near_duplicate" : "no copy", explanation.similarity.jaccard(),
                     threshold);
}

std::string treatment_words(const Explained& explained) {
  const std::string_view treatment = treatment_of(explained);
  const Explanation::Proposal& proposal = explained.explanation.proposal;
  if (treatment == "window") {
    return "  A run does not compare them: they were published too far apart (--window).\n";
  }
  if (treatment == "not_proposed") {
    const bool masked = proposal.shared_masked > 0;
    return fmt::format(
        "  A run does not compare them: they share too few fingerprints{} and no band agrees, "
        "unless clustering asks for the pair.\n",
        masked ? " beside boilerplate" : "");
  }
  return "";
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

std::string finding_in_words(const Explained& explained) {
  if (!explained.recipe.winnowing) return corpus_words(explained) + treatment_words(explained);
  const Comparison& comparison = explained.explanation.comparison;
  return fmt::format("{}: {}\n  {}\n{}", name_of(comparison.verdict),
                     rule_words(comparison, explained.rule.judge),
                     score_words(comparison, explained.rule), treatment_words(explained));
}

}  // namespace wirecopy::app

// An explanation in plain words, from the verdict down to the differing words.
#include <fmt/format.h>

#include <algorithm>

#include "app/explain.h"
#include "app/why_not.h"
#include "app/word_diff.h"
#include "base/plain_words.h"
#include "base/utf8.h"

namespace wirecopy::app {
namespace {

using base::grouped;
using base::printable;

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string seconds_in_words(std::int64_t seconds) {
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7'200) return fmt::format("{} min", seconds / 60);
  if (seconds < 172'800) return fmt::format("{} h {} min", seconds / 3'600, seconds / 60 % 60);
  return fmt::format("{} days", seconds / 86'400);
}

std::string side_words(char name, const Document& document) {
  return fmt::format("{}  {}\n   {}, {}\n   {}\n", name, printable(document.id),
                     document.source.empty() ? "outlet not known" : printable(document.source),
                     document.published ? printable(document.published_text) : "no date",
                     document.title.empty() ? "(no title)" : printable(document.title));
}

std::string order_words(const TimeOrder& time) {
  if (!time.lag) return "who was first cannot be told: a time is missing, or they overlap";
  const Lag& lag = *time.lag;
  const std::string by = lag.min_seconds == lag.max_seconds
                             ? seconds_in_words(lag.min_seconds)
                             : fmt::format("{} to {}", seconds_in_words(lag.min_seconds),
                                           seconds_in_words(lag.max_seconds));
  return fmt::format("a was first, by {}", by);
}

std::string credit_words(const Credits& credits) {
  const std::string_view agency = credits.agency();
  if (agency.empty()) {
    return credits.mentions > 0 ? fmt::format("none ({} mentions of agencies)", credits.mentions)
                                : "none";
  }
  for (const Credit& credit : credits.credits) {
    if (credit.agency == agency) {
      return fmt::format("{} ({})", printable(agency), name_of(credit.form));
    }
  }
  return printable(agency);
}

std::string shares_words(const Comparison& comparison, const Similarity& similarity) {
  const auto side = [](const Coverage& coverage) {
    return fmt::format("{} ({} of {} letters)", percent(coverage.value()),
                       grouped(coverage.letters), grouped(coverage.of));
  };
  return fmt::format(
      "  of a {} stand in b,\n  of b {} in a; {} of the letters there are alike\n"
      "  by sets of 5 words: Jaccard {:.4f}, {} of a in b, {} of b in a\n",
      side(comparison.a), side(comparison.b), percent(comparison.identity()), similarity.jaccard(),
      percent(similarity.a_in_b()), percent(similarity.b_in_a()));
}

// The bytes of a stretch of code points.
std::string_view slice(std::string_view utf8, Span span) {
  const std::size_t begin = base::byte_of_code_point(utf8, span.begin);
  const std::size_t length = base::byte_of_code_point(utf8.substr(begin), span.end - span.begin);
  return utf8.substr(begin, length);
}

std::string passages_in_words(const Explained& explained) {
  const Explanation& explanation = explained.explanation;
  const Comparison& comparison = explanation.comparison;
  std::string words;
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const Passage& passage = comparison.passages[i];
    const Span in_a = explanation.a.text.original_span(passage.a.begin, passage.a.end);
    const Span in_b = explanation.b.text.original_span(passage.b.begin, passage.b.end);
    words += fmt::format(
        "\n{}. {}, {} letters, {} alike; characters {} to {} of a, {} to {} of b\n   {}\n", i + 1,
        name_of(comparison.kinds[i]), grouped(std::max(passage.letters_a, passage.letters_b)),
        percent(passage.identity()), grouped(in_a.begin), grouped(in_a.end), grouped(in_b.begin),
        grouped(in_b.end),
        word_diff(slice(explained.a->document.text, in_a),
                  slice(explained.b->document.text, in_b)));
  }
  return words;
}

std::string proposal_words(const Explained& explained) {
  const Explanation::Proposal& proposal = explained.explanation.proposal;
  std::string words = fmt::format("  {} of {} bands agree", proposal.bands, proposal.of_bands);
  if (!explained.recipe.winnowing) return words + "\n";
  words += fmt::format("; {} fingerprints are in both, of {} of a and {} of b that count\n",
                       proposal.shared, proposal.votes_a, proposal.votes_b);
  if (proposal.masked_a + proposal.masked_b > 0) {
    words += fmt::format(
        "  boilerplate of their outlets: {} fingerprints of a and {} of b, {} of "
        "them in both, do not count\n",
        proposal.masked_a, proposal.masked_b, proposal.shared_masked);
  }
  if (!explained.model_known) {
    words += "  (no Model was given, so nothing counts as boilerplate: --model FILE)\n";
  }
  return words;
}

}  // namespace

std::string explanation_in_words(const Explained& explained) {
  const Explanation& explanation = explained.explanation;
  std::string words = side_words('a', explained.a->document) +
                      side_words('b', explained.b->document) + "\n" + finding_in_words(explained);
  if (explained.recipe.winnowing) {
    words += shares_words(explanation.comparison, explanation.similarity);
  }
  words += fmt::format(
      "\nOrder and credit\n  {}\n  title of b against a: {}\n  agency credited: a {}, b {}{}\n",
      order_words(explanation.time), name_of(explanation.title_change),
      credit_words(explanation.credits_a), credit_words(explanation.credits_b),
      !explanation.credits_a.agency().empty() &&
              !explanation.credits_b.name(explanation.credits_a.agency())
          ? ": the credit was removed"
          : "");
  words += "\nWhy they are compared, or not\n" + proposal_words(explained);
  const std::string passages = passages_in_words(explained);
  if (!passages.empty()) {
    words += "\nPassages ([-of a alone-] {+of b alone+})\n" + passages;
  }
  return words;
}

}  // namespace wirecopy::app

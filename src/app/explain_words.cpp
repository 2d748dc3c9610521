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

constexpr std::size_t kLineWidth = 100;

// Characters that are seen: what colors words (ESC … m) is not.
std::size_t width_of(std::string_view word) {
  std::size_t width = 0;
  bool escape = false;
  for (const char c : word) {
    if (c == '\033') escape = true;
    if (!escape && base::begins_code_point(c)) ++width;
    if (c == 'm') escape = false;
  }
  return width;
}

// Breaks a line at spaces; every line begins with the spaces of the first.
std::string wrapped(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  std::string lines(line.substr(0, indent));
  line.remove_prefix(indent);
  std::size_t width = indent;
  for (bool first = true; !line.empty(); first = false) {
    const std::string_view word = line.substr(0, line.find(' '));
    const std::size_t word_width = width_of(word);
    if (!first && width + 1 + word_width > kLineWidth) {
      lines += fmt::format("\n{:{}}", "", indent);
      width = indent;
    } else if (!first) {
      lines += ' ';
      ++width;
    }
    lines += word;
    width += word_width;
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  return lines;
}

std::string wrapped_lines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    lines += wrapped(line) + "\n";
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return lines;
}

std::string seconds_in_words(std::int64_t seconds) {
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7'200) return fmt::format("{} min", seconds / 60);
  if (seconds < 172'800) return fmt::format("{} h {} min", seconds / 3'600, seconds / 60 % 60);
  return fmt::format("{} days", seconds / 86'400);
}

std::string side_words(char name, const Document& document) {
  std::string words =
      fmt::format("{}  {}\n   {}, {}\n", name, printable(document.id),
                  document.source.empty() ? "outlet not known" : printable(document.source),
                  document.published ? printable(document.published_text) : "no date");
  if (!document.title.empty()) words += fmt::format("   {}\n", printable(document.title));
  return words;
}

std::string order_words(const TimeOrder& time) {
  if (!time.lag) return "who was first cannot be told: a time is missing, or they overlap";
  const Lag& lag = *time.lag;
  if (lag.min_seconds == lag.max_seconds) {
    return fmt::format("a was first, by {}", seconds_in_words(lag.min_seconds));
  }
  return fmt::format("a was first, by {} to {} (the times are not exact)",
                     seconds_in_words(lag.min_seconds), seconds_in_words(lag.max_seconds));
}

std::string_view title_words(TitleChange change) {
  switch (change) {
    case TitleChange::same:
      return "b has the title of a";
    case TitleChange::edited:
      return "b has the title of a, edited";
    case TitleChange::fresh:
      return "b has a title of its own";
    case TitleChange::unknown:
      break;
  }
  return "titles cannot be compared: one is missing";
}

std::string credit_words(const Credits& credits) {
  const std::string_view agency = credits.agency();
  if (agency.empty()) {
    return credits.mentions == 0 ? "no agency"
                                 : fmt::format("no agency, but mentions {}",
                                               base::counted(credits.mentions, "one", "of them"));
  }
  for (const Credit& credit : credits.credits) {
    if (credit.agency == agency) {
      return fmt::format("{} ({})", printable(agency), name_of(credit.form));
    }
  }
  return printable(agency);
}

std::string order_and_credit_words(const Explanation& explanation) {
  const std::string_view agency = explanation.credits_a.agency();
  const bool removed =
      explanation.comparison.score > 0 && !agency.empty() && !explanation.credits_b.name(agency);
  return fmt::format("\nOrder and credit\n  {}\n  {}\n  a credits {}; b credits {}{}\n",
                     order_words(explanation.time), title_words(explanation.title_change),
                     credit_words(explanation.credits_a), credit_words(explanation.credits_b),
                     removed ? ": the credit was removed" : "");
}

std::string shares_words(const Comparison& comparison, const Similarity& similarity) {
  const auto side = [](const Coverage& coverage) {
    return fmt::format("{} ({} of {} letters)", percent_of(coverage.letters, coverage.of),
                       grouped(coverage.letters), grouped(coverage.of));
  };
  std::string words;
  if (!comparison.passages.empty()) {
    words = fmt::format(
        "  of a {} are in b, of b {} in a;\n  in the passages {} of the letters are alike\n",
        side(comparison.a), side(comparison.b),
        percent_of(comparison.equal_columns, comparison.columns));
  }
  return words + fmt::format(
                     "  by sets of 5 words: Jaccard {:.4f}, {:.1f} % of a in b, {:.1f} % of "
                     "b in a\n",
                     similarity.jaccard(), 100 * similarity.a_in_b(), 100 * similarity.b_in_a());
}

std::string passages_in_words(const Explained& explained, const DiffMarks& marks) {
  const Explanation& explanation = explained.explanation;
  const Comparison& comparison = explanation.comparison;
  if (comparison.passages.empty()) return "";
  std::string words = fmt::format("\nPassages ({}of a alone{} {}of b alone{})\n", marks.a_begin,
                                  marks.a_end, marks.b_begin, marks.b_end);
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const Passage& passage = comparison.passages[i];
    const Span in_a = explanation.a.text.original_span(passage.a.begin, passage.a.end);
    const Span in_b = explanation.b.text.original_span(passage.b.begin, passage.b.end);
    words += fmt::format(
        "\n{}. {}, {} letters, {:.1f} % alike; characters {} to {} of a, {} to {} of b\n   {}\n",
        i + 1, name_of(comparison.kinds[i]),
        grouped(std::max(passage.letters_a, passage.letters_b)), 100 * passage.identity(),
        grouped(in_a.begin), grouped(in_a.end), grouped(in_b.begin), grouped(in_b.end),
        word_diff(whole_words(explained.a->document.text, in_a),
                  whole_words(explained.b->document.text, in_b), marks));
  }
  return words;
}

std::string proposal_words(const Explained& explained) {
  const Explanation::Proposal& proposal = explained.explanation.proposal;
  std::string words = fmt::format("\nHow a run finds the pair\n  {} of {} bands agree\n",
                                  proposal.bands, proposal.of_bands);
  if (!explained.recipe.winnowing) return words;
  words +=
      fmt::format("  {} fingerprints are in both, of {} in a and {} in b\n",
                  grouped(proposal.shared), grouped(proposal.votes_a), grouped(proposal.votes_b));
  if (proposal.masked_a + proposal.masked_b > 0) {
    words += fmt::format(
        "  {} more in a and {} in b are boilerplate of their outlets and do not count ({} of them "
        "in "
        "both)\n",
        grouped(proposal.masked_a), grouped(proposal.masked_b), grouped(proposal.shared_masked));
  }
  if (!explained.model_known) {
    words += "  nothing counts as boilerplate, as no Model was given: --model FILE\n";
  }
  return words;
}

}  // namespace

std::string explanation_in_words(const Explained& explained, const DiffMarks& marks) {
  const Explanation& explanation = explained.explanation;
  std::string words = side_words('a', explained.a->document) +
                      side_words('b', explained.b->document) + "\n" + finding_in_words(explained);
  if (explained.recipe.winnowing) {
    words += shares_words(explanation.comparison, explanation.similarity);
  }
  words += order_and_credit_words(explanation) + passages_in_words(explained, marks) +
           proposal_words(explained);
  return wrapped_lines(words);
}

}  // namespace wirecopy::app

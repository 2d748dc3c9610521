// The verdict table: every cell of a grid over what is measured has exactly one verdict.
#include "verify/verdict.h"

#include <array>
#include <functional>
#include <map>
#include <utility>

#include "catch.h"

using namespace wirecopy;
using judging::score_of;
using judging::verdict_of;

namespace {

// What stands in the table, one rule after the other, in the words of the plan.
struct Row {
  Verdict verdict;
  std::function<bool(const Comparison&)> holds;
};

bool share_reaches(std::uint64_t part, std::uint64_t whole, std::uint64_t percent) {
  return whole > 0 && part * 100 >= percent * whole;
}

const Coverage& of_shorter(const Comparison& measured) {
  return measured.b_shorter ? measured.b : measured.a;
}

bool both_reach(const Comparison& measured, std::uint64_t percent) {
  return share_reaches(measured.a.letters, measured.a.of, percent) &&
         share_reaches(measured.b.letters, measured.b.of, percent);
}

bool shorter_reaches(const Comparison& measured, std::uint64_t percent) {
  return share_reaches(of_shorter(measured).letters, of_shorter(measured).of, percent);
}

bool is_abridgment(const Comparison& measured) {
  return shorter_reaches(measured, 70) &&
         (of_shorter(measured).letters >= 200 || measured.shorter_words >= 25);
}

const std::array<Row, 10> kTable = {
    Row{Verdict::identical,
        [](const Comparison& m) {
          return m.equal_letters ||
                 (both_reach(m, 99) && m.equal_columns * 1000 >= m.columns * 995);
        }},
    Row{Verdict::unrelated, [](const Comparison& m) { return m.passages.empty(); }},
    Row{Verdict::boilerplate_only,
        [](const Comparison& m) { return share_reaches(m.shared_masked, m.shared_letters, 80); }},
    Row{Verdict::template_match,
        [](const Comparison& m) {
          const auto share = [](const Differing& each) { return double(each.count) / each.of; };
          const auto form_holds = [&](const Differing& filled) {
            return m.words.of == 0 || share(m.words) * 3 <= share(filled) * 2;
          };
          const std::uint64_t letters = of_shorter(m).letters;
          const std::uint32_t fewest = letters < 200 ? 2 : 3;
          const bool has_digits = m.digits.of >= 4;
          const bool table = m.digits.of >= 8 && m.digits.of * 25 >= letters;
          const double fewest_digits = table ? 0.3333 : 0.5;
          const double form = m.form.of > 0 ? share(m.form) : 0;
          if (has_digits && m.digits.of * 60 >= letters && m.numbers.of >= fewest &&
              ((share(m.digits) >= fewest_digits && share(m.numbers) > 0.4 &&
                form * 2 <= share(m.digits)) ||
               (m.digits.count * 3 >= m.digits.of && m.numbers.of * 100 >= letters &&
                form * 16 <= share(m.digits))))
            return true;
          const bool noisy = m.words.of > 0 && share(m.words) > 0.1;
          if (has_digits && share(m.digits) < (noisy ? 0.25 : 0.1)) return false;
          const bool in_table =
              m.numbers.of * 100 >= letters &&
              (share(m.numbers) > 0.5 || (m.numbers.count > 2 && share(m.numbers) > 0.25) ||
               (letters < 200 && share(m.numbers) >= 0.5));
          return m.numbers.of >= fewest && ((share(m.slots) > 0.5 && form_holds(m.slots)) ||
                                            (in_table && form_holds(m.numbers)));
        }},
    Row{Verdict::quote_only,
        [](const Comparison& m) {
          return share_reaches(m.aligned_quoted, m.aligned_letters, 80) && !shorter_reaches(m, 70);
        }},
    Row{Verdict::near_duplicate, [](const Comparison& m) { return both_reach(m, 80); }},
    Row{Verdict::abridged, [](const Comparison& m) { return is_abridgment(m) && m.b_shorter; }},
    Row{Verdict::expanded, [](const Comparison& m) { return is_abridgment(m) && !m.b_shorter; }},
    Row{Verdict::derived,
        [](const Comparison& m) {
          const std::uint64_t letters = of_shorter(m).letters;
          const bool table = m.digits.of * 5 >= letters && m.digits.count * 10 <= m.digits.of &&
                             m.shared_masked * 10 <= m.shared_letters;
          const std::uint64_t in_place = table ? m.digits.of - m.digits.count : 0;
          return shorter_reaches(m, 40) && letters + 2 * in_place >= 200;
        }},
    Row{Verdict::passage_reuse, [](const Comparison&) { return true; }},
};

Verdict by_table(const Comparison& measured) {
  for (const Row& row : kTable) {
    if (row.holds(measured)) return row.verdict;
  }
  return Verdict::unrelated;
}

Verdict turned_round(Verdict verdict) {
  if (verdict == Verdict::abridged) return Verdict::expanded;
  if (verdict == Verdict::expanded) return Verdict::abridged;
  return verdict;
}

// Visits the grid: thresholds, what lies just beside them, and the ends.
template <typename Visit>
void for_cells(Visit&& visit) {
  constexpr std::array kFlags = {false, true};
  constexpr std::array<std::pair<std::uint64_t, std::uint64_t>, 5> kSizes = {
      {{1000, 1000}, {200, 1000}, {1000, 200}, {200, 200}, {0, 1000}}};
  constexpr std::array<std::uint64_t, 10> kShares = {0,   399, 400, 699, 700,
                                                     799, 800, 989, 990, 1000};
  constexpr std::array<std::uint64_t, 2> kEqualColumns = {994, 995};
  constexpr std::array<std::uint64_t, 3> kMasked = {0, 79, 80};
  constexpr std::array<std::uint64_t, 2> kQuoted = {79, 80};
  constexpr std::array<std::uint32_t, 2> kWords = {24, 25};
  struct Filled {
    Differing numbers;
    Differing digits;
    Differing form;
  };
  constexpr std::array<Filled, 20> kNumbers = {
      {{{1, 1}, {0, 0}, {0, 0}},      {{1, 2}, {0, 0}, {0, 0}},      {{2, 3}, {0, 0}, {0, 0}},
       {{3, 12}, {0, 0}, {0, 0}},     {{4, 12}, {0, 0}, {0, 0}},     {{2, 3}, {2, 3}, {0, 100}},
       {{2, 3}, {2, 4}, {25, 100}},   {{2, 3}, {2, 4}, {26, 100}},   {{2, 3}, {7, 15}, {0, 100}},
       {{2, 5}, {20, 20}, {25, 100}}, {{3, 5}, {20, 20}, {25, 100}}, {{4, 12}, {10, 40}, {0, 0}},
       {{4, 12}, {9, 40}, {0, 0}},    {{4, 12}, {3, 40}, {0, 0}},    {{2, 7}, {4, 12}, {1, 100}},
       {{3, 7}, {4, 12}, {16, 100}},  {{3, 7}, {4, 12}, {17, 100}},  {{2, 7}, {4, 12}, {3, 100}},
       {{1, 12}, {3, 60}, {0, 0}},    {{1, 12}, {3, 65}, {0, 0}}}};
  constexpr std::array<Differing, 3> kSlots = {{{10, 20}, {11, 20}, {20, 20}}};
  constexpr std::array<Differing, 3> kForms = {{{0, 0}, {14, 40}, {15, 40}}};
  // Each number is a cell: its digits, to the base of each list in turn, choose from the lists.
  for (std::size_t number = 0;; ++number) {
    std::size_t rest = number;
    const auto choose = [&rest](const auto& list) {
      const std::size_t digit = rest % list.size();
      rest /= list.size();
      return list[digit];
    };
    Comparison cell;
    cell.equal_letters = choose(kFlags);
    cell.passages.resize(choose(kFlags) ? 1 : 0);
    cell.columns = 1000;
    cell.equal_columns = choose(kEqualColumns);
    cell.shared_letters = cell.aligned_letters = 100;
    cell.shared_masked = choose(kMasked);
    cell.aligned_quoted = choose(kQuoted);
    cell.shorter_words = choose(kWords);
    const Filled filled = choose(kNumbers);
    cell.numbers = filled.numbers;
    cell.digits = filled.digits;
    cell.form = filled.form;
    cell.slots = choose(kSlots);
    cell.words = choose(kForms);
    const auto [size_a, size_b] = choose(kSizes);
    cell.a = {size_a * choose(kShares) / 1000, size_a};
    cell.b = {size_b * choose(kShares) / 1000, size_b};
    cell.b_shorter = choose(kFlags);
    if (rest != 0) return;
    if (size_a == size_b || cell.b_shorter == (size_b < size_a)) visit(std::as_const(cell));
  }
}

// Two texts of 1000 unmasked letters with one passage in which all is alike.
Comparison sharing(std::uint64_t letters_a, std::uint64_t letters_b) {
  Comparison measured;
  measured.a = {letters_a, 1000};
  measured.b = {letters_b, 1000};
  measured.passages.resize(1);
  measured.columns = measured.shared_letters = measured.aligned_letters = letters_a;
  measured.equal_columns = letters_a;
  return measured;
}

}  // namespace

TEST_CASE("every cell of the grid has the verdict of the first rule that holds") {
  std::map<Verdict, std::uint64_t> cells;
  std::uint64_t wrong = 0;
  for_cells([&](const Comparison& cell) {
    const Verdict verdict = verdict_of(cell, {});
    ++cells[verdict];
    if (verdict != by_table(cell)) ++wrong;
  });
  CHECK(wrong == 0);
  CHECK(cells.size() == kTable.size());  // no rule is idle
}

TEST_CASE("a cell turned round has the same verdict and score, seen from the other text") {
  std::uint64_t wrong = 0;
  for_cells([&](const Comparison& cell) {
    Comparison other = cell;
    std::swap(other.a, other.b);
    other.b_shorter = !cell.b_shorter;
    const Verdict verdict = verdict_of(cell, {});
    const Verdict turned = verdict_of(other, {});
    if (turned != turned_round(verdict)) ++wrong;
    if (score_of(turned, other, {}, false) != score_of(verdict, cell, {}, false)) ++wrong;
  });
  CHECK(wrong == 0);
}

TEST_CASE("the score of a copy is the coverage of the shorter text, all others are refused") {
  std::uint64_t wrong = 0;
  for_cells([&](const Comparison& cell) {
    const Verdict verdict = verdict_of(cell, {});
    const std::uint64_t score = score_of(verdict, cell, {}, false);
    const auto [letters, of] = of_shorter(cell);
    bool right = score == 0;
    if (verdict == Verdict::identical) {
      right = score == 65536;
    } else if (verdict == Verdict::near_duplicate || verdict == Verdict::abridged ||
               verdict == Verdict::expanded || verdict == Verdict::derived) {
      right = score * of <= letters * 65536 && (score + 1) * of > letters * 65536;
    }
    if (!right) ++wrong;
  });
  CHECK(wrong == 0);
}

TEST_CASE("the bias of one outlet moves scores within their range, and no refusal") {
  const Comparison half = sharing(500, 500);
  const Comparison little = sharing(100, 100);
  REQUIRE(verdict_of(half, {}) == Verdict::derived);
  REQUIRE(verdict_of(little, {}) == Verdict::passage_reuse);
  const auto biased = [](const Comparison& measured, std::int32_t bias, bool same_outlet) {
    JudgeRule rule;
    rule.same_outlet_bias = bias;
    return score_of(verdict_of(measured, rule), measured, rule, same_outlet);
  };
  CHECK(biased(half, 0, true) == 32768);
  CHECK(biased(half, 100, false) == 32768);
  CHECK(biased(half, 100, true) == 32868);
  CHECK(biased(half, -100, true) == 32668);
  CHECK(biased(half, -70000, true) == 1);
  CHECK(biased(half, INT32_MAX, true) == 65536);
  CHECK(biased(half, INT32_MIN, true) == 1);
  CHECK(biased(little, 100, true) == 0);
}

TEST_CASE("each threshold is a setting of its own") {
  const auto verdict = [](const Comparison& measured, auto JudgeRule::*setting,
                          std::uint32_t value) {
    JudgeRule rule;
    rule.*setting = value;
    return verdict_of(measured, rule);
  };
  const Comparison most = sharing(950, 950);
  CHECK(verdict_of(most, {}) == Verdict::near_duplicate);
  CHECK(verdict(most, &JudgeRule::identical_percent, 95) == Verdict::identical);
  CHECK(verdict(most, &JudgeRule::near_percent, 96) == Verdict::expanded);
  Comparison good = sharing(990, 990);
  good.equal_columns = 900;
  CHECK(verdict(good, &JudgeRule::identical_permille, 909) == Verdict::identical);
  CHECK(verdict(good, &JudgeRule::identical_permille, 910) == Verdict::near_duplicate);

  Comparison filled = most;
  filled.numbers = {0, 2};
  filled.slots = {2, 4};
  filled.words = {0, 100};
  CHECK(verdict_of(filled, {}) == Verdict::near_duplicate);
  filled.slots = {3, 4};
  CHECK(verdict_of(filled, {}) == Verdict::near_duplicate);
  CHECK(verdict(filled, &JudgeRule::template_numbers, 2) == Verdict::template_match);
  filled.numbers = {0, 3};
  CHECK(verdict_of(filled, {}) == Verdict::template_match);
  CHECK(verdict(filled, &JudgeRule::template_percent, 75) == Verdict::near_duplicate);

  const Comparison half = sharing(500, 500);
  CHECK(verdict_of(half, {}) == Verdict::derived);
  CHECK(verdict(half, &JudgeRule::derived_percent, 51) == Verdict::passage_reuse);
  CHECK(verdict(half, &JudgeRule::derived_letters, 501) == Verdict::passage_reuse);
  CHECK(verdict(half, &JudgeRule::abridged_percent, 50) == Verdict::expanded);
  CHECK(verdict(half, &JudgeRule::boilerplate_percent, 0) == Verdict::boilerplate_only);
  CHECK(verdict(half, &JudgeRule::quote_percent, 0) == Verdict::quote_only);
}

TEST_CASE("where there is little but numbers it is enough that most of them differ") {
  Comparison table = sharing(950, 950);
  table.slots = {6, 30};
  table.numbers = {6, 10};
  table.words = {0, 100};
  CHECK(verdict_of(table, {}) == Verdict::template_match);
  table.numbers = {3, 11};
  CHECK(verdict_of(table, {}) == Verdict::template_match);
  table.numbers = {3, 12};  // corrected
  CHECK(verdict_of(table, {}) == Verdict::near_duplicate);
  // An update of running text may change its few numbers.
  table.numbers = {6, 9};
  CHECK(verdict_of(table, {}) == Verdict::near_duplicate);
}

TEST_CASE("of a short notice two numbers are enough") {
  Comparison notice = sharing(150, 150);
  notice.a.of = notice.b.of = 160;
  notice.slots = {2, 5};
  notice.numbers = {2, 2};
  notice.words = {0, 20};
  CHECK(verdict_of(notice, {}) == Verdict::template_match);
  notice.numbers = {1, 2};
  CHECK(verdict_of(notice, {}) == Verdict::template_match);
  notice.numbers = {1, 3};
  CHECK(verdict_of(notice, {}) != Verdict::template_match);
}

TEST_CASE("of a noisy copy the digits are in place, of a form filled anew they are not") {
  Comparison noisy = sharing(900, 900);
  noisy.slots = {28, 40};
  noisy.numbers = {8, 10};
  noisy.words = {40, 100};
  noisy.digits = {5, 30};
  CHECK(verdict_of(noisy, {}) == Verdict::near_duplicate);
  noisy.digits = {18, 30};
  noisy.form = {100, 700};
  CHECK(verdict_of(noisy, {}) == Verdict::template_match);
  noisy.form = {300, 700};  // as unlike as the digits
  noisy.words = {80, 100};
  CHECK(verdict_of(noisy, {}) == Verdict::near_duplicate);
}

TEST_CASE("a form that differs in a third of its digits alone is filled in anew") {
  Comparison roads = sharing(190, 190);  // two of seven numbers are the same by chance
  roads.a.of = roads.b.of = 200;
  roads.slots = {4, 9};
  roads.numbers = {2, 7};
  roads.digits = {4, 12};
  roads.form = {0, 160};
  CHECK(verdict_of(roads, {}) == Verdict::template_match);
  roads.form = {5, 160};  // edited or noisy: then a third may be a correction
  CHECK(verdict_of(roads, {}) == Verdict::near_duplicate);
}

TEST_CASE("a corrected table of under 200 letters is a copy by its numbers") {
  Comparison table = sharing(110, 110);
  table.a.of = table.b.of = 230;
  CHECK(verdict_of(table, {}) == Verdict::passage_reuse);
  table.numbers = {1, 12};
  table.digits = {2, 50};
  CHECK(verdict_of(table, {}) == Verdict::derived);
  table.shared_masked = 20;  // a trailer has numbers too
  CHECK(verdict_of(table, {}) == Verdict::passage_reuse);
}

TEST_CASE("no form keeps stories apart while its digits are in place") {
  Comparison form = sharing(900, 900);
  form.slots = form.numbers = {6, 9};
  form.words = {10, 100};
  CHECK(judging::is_clean_form(form, form.slots, form.numbers, {}));
  form.digits = {4, 20};
  CHECK_FALSE(judging::is_clean_form(form, form.slots, form.numbers, {}));
  form.digits = {5, 20};
  CHECK(judging::is_clean_form(form, form.slots, form.numbers, {}));
}

TEST_CASE("a text that is masked whole is covered by nothing") {
  Comparison masked = sharing(0, 1000);
  masked.a.of = 0;
  masked.shared_letters = 100;
  masked.shared_masked = 79;
  CHECK(verdict_of(masked, {}) == Verdict::passage_reuse);
  CHECK(masked.a.value() == 0);
}

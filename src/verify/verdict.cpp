// The verdict table, top to bottom. Counts of letters are below 2^32 (normalize.h), so that their
// products with percents and with 65536 keep to 64 bits.
#include "verify/verdict.h"

#include <algorithm>

namespace wirecopy::judging {
namespace {

// part / whole ≥ percent / 100; nothing is no share of anything.
bool reaches(std::uint64_t part, std::uint64_t whole, std::uint64_t percent) noexcept {
  return whole != 0 && 100 * part >= percent * whole;
}

bool is_identical(const Comparison& measured, const JudgeRule& rule) noexcept {
  if (measured.equal_letters) return true;
  return covers(measured.a, rule.identical_percent) && covers(measured.b, rule.identical_percent) &&
         1000 * measured.equal_columns >= rule.identical_permille * measured.columns;
}

bool most_differ(const Differing& slots, const JudgeRule& rule) noexcept {
  return std::uint64_t{100} * slots.count > std::uint64_t{rule.template_percent} * slots.of;
}

// A table, a notice, a forecast: little but numbers. Running text has fewer, and an update of it
// may well change most of them.
bool is_dense(const Comparison& measured) noexcept {
  constexpr std::uint64_t kLettersANumber = 100;
  return measured.numbers.of * kLettersANumber >= shorter(measured).letters;
}

bool is_short(const Comparison& measured, const JudgeRule& rule) noexcept {
  return shorter(measured).letters < rule.abridged_letters;
}

// In a table a correction changes a number or two; of a notice of two numbers one is half.
bool numbers_differ(const Comparison& measured, const JudgeRule& rule) noexcept {
  const Differing& numbers = measured.numbers;
  if (!is_dense(measured)) return false;
  return most_differ(numbers, rule) || (numbers.count >= 3 && 4 * numbers.count > numbers.of) ||
         (is_short(measured, rule) && 2 * numbers.count >= numbers.of);
}

std::uint32_t fewest_numbers(const Comparison& measured, const JudgeRule& rule) noexcept {
  return is_short(measured, rule) ? std::min(2U, rule.template_numbers) : rule.template_numbers;
}

constexpr std::uint32_t kFewestDigits = 4;

// Of a noisy copy many numbers and names are not equal, but the digits are in place: three quarters
// of them where many words differ too, and nine tenths in any case.
bool is_noisy_copy(const Comparison& measured) noexcept {
  const Differing& words = measured.words;
  const Differing& digits = measured.digits;
  const bool noisy = 10 * std::uint64_t{words.count} > words.of;
  return digits.of >= kFewestDigits && (noisy ? 4U : 10U) * std::uint64_t{digits.count} < digits.of;
}

// Of a table a fifth are digits, and a digit says about as much as three letters of running text:
// a corrected table shares few letters, but hardly another one has its numbers. Signatures and
// trailers have fewer digits.
std::uint64_t worth_of_digits(const Comparison& measured) noexcept {
  const Differing& digits = measured.digits;
  const bool is_table = 5 * std::uint64_t{digits.of} >= shorter(measured).letters;
  const bool in_place = 10 * std::uint64_t{digits.count} <= digits.of;
  const bool unmasked = 10 * measured.shared_masked <= measured.shared_letters;
  return is_table && in_place && unmasked ? 2 * std::uint64_t{digits.of - digits.count} : 0;
}

bool few_differ(const Differing& digits) noexcept {
  return 4 * std::uint64_t{digits.count} < digits.of;
}

bool half_differ(const Differing& digits) noexcept {
  return 2 * std::uint64_t{digits.count} >= digits.of;
}

// Whether the letters of the form differ, in proportion, `times` less than the digits.
bool form_is_calmer(const Comparison& measured, std::uint64_t times) noexcept {
  const Differing& digits = measured.digits;
  const Differing& form = measured.form;
  return times * form.count * digits.of <= std::uint64_t{digits.count} * form.of;
}

// Of a table a third of the digits, since days of the month and other small numbers are the same by
// chance; of other forms half, or a third where the letters are the same but for a typing error.
bool is_filled_in_place(const Comparison& measured, const JudgeRule& rule) noexcept {
  if (!digits_differ(measured, rule)) return false;
  constexpr std::uint64_t kLettersADigit = 25;
  const Differing& numbers = measured.numbers;
  const Differing& digits = measured.digits;
  const bool is_table =
      digits.of >= 2 * kFewestDigits && digits.of * kLettersADigit >= shorter(measured).letters;
  const bool many = 5 * std::uint64_t{numbers.count} > 2 * std::uint64_t{numbers.of};
  if (many && (is_table || half_differ(digits)) && form_is_calmer(measured, 2)) return true;
  return is_dense(measured) && form_is_calmer(measured, 16);
}

// Beyond the slots, the form: its words differ at most two thirds as often as what is filled in.
bool is_template(const Comparison& measured, const JudgeRule& rule) noexcept {
  if (is_filled_in_place(measured, rule)) return true;
  if (!filled_anew(measured, rule) || is_noisy_copy(measured)) return false;
  const Differing& words = measured.words;
  const auto holds = [&](const Differing& filled) {
    return 3 * std::uint64_t{words.count} * filled.of <= 2 * std::uint64_t{filled.count} * words.of;
  };
  return (most_differ(measured.slots, rule) && holds(measured.slots)) ||
         (numbers_differ(measured, rule) && holds(measured.numbers));
}

bool is_quote(const Comparison& measured, const JudgeRule& rule) noexcept {
  return reaches(measured.aligned_quoted, measured.aligned_letters, rule.quote_percent) &&
         !covers(shorter(measured), rule.abridged_percent);
}

// Two articles may print one photograph: a caption makes no copy, however long it is.
bool mostly_captions(const Comparison& measured, const JudgeRule& rule) noexcept {
  std::uint64_t captions = 0;
  for (std::size_t i = 0; i < measured.kinds.size(); ++i) {
    if (measured.kinds[i] == PassageKind::caption) captions += measured.passages[i].columns;
  }
  return captions > 0 && reaches(captions, measured.columns, rule.quote_percent);
}

bool is_abridged(const Comparison& measured, const JudgeRule& rule) noexcept {
  return covers(shorter(measured), rule.abridged_percent) &&
         (shorter(measured).letters >= rule.abridged_letters ||
          measured.shorter_words >= rule.abridged_words);
}

bool is_derived(const Comparison& measured, const JudgeRule& rule) noexcept {
  return covers(shorter(measured), rule.derived_percent) &&
         shorter(measured).letters + worth_of_digits(measured) >= rule.derived_letters;
}

}  // namespace

bool covers(const Coverage& coverage, std::uint32_t percent) noexcept {
  return reaches(coverage.letters, coverage.of, percent);
}

bool filled_anew(const Comparison& measured, const JudgeRule& rule) noexcept {
  return measured.numbers.of >= fewest_numbers(measured, rule) &&
         (most_differ(measured.slots, rule) || numbers_differ(measured, rule));
}

bool may_tell_by_digits(const Comparison& measured, const JudgeRule& rule) noexcept {
  return measured.numbers.of >= 2 &&
         (4 * std::uint64_t{measured.numbers.count} >= measured.numbers.of ||
          shorter(measured).letters < rule.derived_letters);
}

bool digits_differ(const Comparison& measured, const JudgeRule& rule) noexcept {
  constexpr std::uint64_t kLettersADigit = 60;
  const Differing& digits = measured.digits;
  return measured.numbers.of >= fewest_numbers(measured, rule) && digits.of >= kFewestDigits &&
         digits.of * kLettersADigit >= shorter(measured).letters &&
         3 * std::uint64_t{digits.count} >= digits.of;
}

bool is_clean_form(const Comparison& measured, const Differing& slots, const Differing& numbers,
                   const JudgeRule& rule) noexcept {
  return 10 * std::uint64_t{measured.words.count} <= measured.words.of &&
         numbers.of >= rule.template_numbers &&
         (most_differ(slots, rule) || most_differ(numbers, rule)) &&
         (most_differ(measured.slots, rule) || most_differ(measured.numbers, rule)) &&
         (measured.digits.of < kFewestDigits || !few_differ(measured.digits));
}

Verdict verdict_of(const Comparison& measured, const JudgeRule& rule) noexcept {
  if (is_identical(measured, rule)) return Verdict::identical;
  if (measured.passages.empty()) return Verdict::unrelated;
  if (reaches(measured.shared_masked, measured.shared_letters, rule.boilerplate_percent))
    return Verdict::boilerplate_only;
  if (is_template(measured, rule)) return Verdict::template_match;
  if (is_quote(measured, rule)) return Verdict::quote_only;
  if (covers(measured.a, rule.near_percent) && covers(measured.b, rule.near_percent))
    return Verdict::near_duplicate;
  if (mostly_captions(measured, rule)) return Verdict::passage_reuse;
  if (is_abridged(measured, rule))
    return measured.b_shorter ? Verdict::abridged : Verdict::expanded;
  if (is_derived(measured, rule)) return Verdict::derived;
  return Verdict::passage_reuse;
}

std::uint32_t score_of(Verdict verdict, const Comparison& measured, const JudgeRule& rule,
                       bool same_outlet) noexcept {
  std::int64_t score = 0;
  switch (verdict) {
    case Verdict::identical:
      score = kFullScore;
      break;
    case Verdict::near_duplicate:
    case Verdict::abridged:
    case Verdict::expanded:
    case Verdict::derived:
      score =
          static_cast<std::int64_t>(shorter(measured).letters * kFullScore / shorter(measured).of);
      break;
    case Verdict::unrelated:
    case Verdict::boilerplate_only:
    case Verdict::template_match:
    case Verdict::quote_only:
    case Verdict::passage_reuse:
      return 0;
  }
  if (same_outlet) score += rule.same_outlet_bias;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(score, 1, kFullScore));
}

}  // namespace wirecopy::judging

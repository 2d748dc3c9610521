// Aligns, keeps the passages that count, measures both sides, and asks the table.
#include <algorithm>
#include <string>

#include "base/unicode.h"
#include "base/utf8.h"
#include "verify/in_place.h"
#include "verify/passage_kind.h"
#include "verify/side.h"
#include "verify/verdict.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using judging::Ranges;
using judging::Side;

const JudgeRule& checked(const JudgeRule& rule) {
  const auto require = [](std::uint32_t value, std::uint32_t most, std::string_view name) {
    if (value <= most) return;
    throw Error(ErrorCode::usage, "JudgeRule: " + std::string(name) + " must be at most " +
                                      std::to_string(most) + "; change it.");
  };
  require(rule.identical_percent, 100, "identical_percent");
  require(rule.identical_permille, 1000, "identical_permille");
  require(rule.boilerplate_percent, 100, "boilerplate_percent");
  require(rule.template_percent, 100, "template_percent");
  require(rule.quote_percent, 100, "quote_percent");
  require(rule.near_percent, 100, "near_percent");
  require(rule.abridged_percent, 100, "abridged_percent");
  require(rule.derived_percent, 100, "derived_percent");
  return rule;
}

AlignRule align_rule(const JudgeRule& rule) {
  AlignRule align = rule.align;
  align.min_letters = std::min(rule.passage_letters, rule.block_letters);
  return align;
}

// In scripts without spaces two letters are a word.
std::uint32_t count_words(const NormalizedText& text, NormalizedText::Word word) {
  if (text.ascii()) return 1;
  const std::string_view letters = text.letters_of(word);
  std::uint32_t unspaced = 0;
  for (const char *at = letters.data(), *end = at + letters.size(); at != end;) {
    const base::Decoded letter = base::decode_utf8(at, end);
    const base::Writing writing = base::Character::of(letter.code_point).writing();
    unspaced += writing == base::Writing::spaced ? 0 : 1;
    at += letter.length;
  }
  return std::max(1U, unspaced / 2);
}

std::uint32_t unmasked_words(const MarkedText& text) {
  std::uint32_t words = 0;
  auto masked = text.masked.begin();
  for (const NormalizedText::Word& word : text.text.words()) {
    while (masked != text.masked.end() && masked->end <= word.begin) ++masked;
    if (masked == text.masked.end() || word.begin < masked->begin)
      words += count_words(text.text, word);
  }
  return words;
}

// Whether b has fewer unmasked letters; the letters themselves settle a tie, so that the two texts
// alone decide and not which of them is called b.
bool is_b_shorter(const Comparison& measured, const MarkedText& a, const MarkedText& b) {
  if (measured.a.of != measured.b.of) return measured.b.of < measured.a.of;
  return b.text.letters() > a.text.letters();
}

}  // namespace

double Coverage::value() const noexcept {
  return of == 0 ? 0 : static_cast<double>(letters) / static_cast<double>(of);
}

double Comparison::identity() const noexcept {
  return columns == 0 ? 0 : static_cast<double>(equal_columns) / static_cast<double>(columns);
}

class Judge::State {
 public:
  State(const MarkedText& a, const JudgeRule& rule)
      : rule_(checked(rule)), aligner_(a.text, align_rule(rule)), a_(&a) {}

  void take(const MarkedText& a) {
    a_ = &a;
    met_ = nullptr;
    aligner_.take(a.text);
  }

  bool meets(const MarkedText& b) {
    comparison_ = {};
    keep_passages(aligner_.align(b.text), b, comparison_);
    met_ = &b;
    return !comparison_.passages.empty();
  }

  Comparison judge(const MarkedText& b, bool same_outlet) {
    if (met_ != &b) (void)meets(b);
    met_ = nullptr;
    Comparison comparison = std::move(comparison_);
    comparison.b_shorter = is_b_shorter(comparison, *a_, b);
    if (!comparison.passages.empty()) measure(b, comparison);
    comparison.verdict = judging::verdict_of(comparison, rule_);
    comparison.score = judging::score_of(comparison.verdict, comparison, rule_, same_outlet);
    comparison.cannot_link =
        comparison.verdict == Verdict::template_match && parts_stories(comparison);
    return comparison;
  }

 private:
  void keep_passages(Alignment&& alignment, const MarkedText& b, Comparison& comparison);
  void measure(const MarkedText& b, Comparison& comparison);
  void measure_slots(const MarkedText& b, Comparison& comparison);
  bool parts_stories(const Comparison& comparison);

  JudgeRule rule_;
  Aligner aligner_;
  const MarkedText* a_;
  const MarkedText* met_ = nullptr;  // the text aligned last, until it is judged
  Comparison comparison_;            // with that one: passages, and letters in all
  Side side_a_;
  Side side_b_;
  Ranges shared_a_;
  Ranges shared_b_;
  std::vector<Gap> gaps_;
  judging::InPlace in_place_;
};

void Judge::State::keep_passages(Alignment&& alignment, const MarkedText& b,
                                 Comparison& comparison) {
  comparison.a.of = alignment.a.of - judging::count_letters(a_->text, a_->masked);
  comparison.b.of = alignment.b.of - judging::count_letters(b.text, b.masked);
  comparison.equal_letters = !alignment.passages.empty() && a_->text.letters() == b.text.letters();
  comparison.passages = std::move(alignment.passages);
  gaps_ = std::move(alignment.gaps);
  if (comparison.equal_letters) return;  // a passage, however short
  std::erase_if(comparison.passages, [&](const Passage& passage) {
    const std::uint32_t letters = std::min(passage.letters_a, passage.letters_b);
    if (letters >= rule_.passage_letters) return false;
    return letters < rule_.block_letters ||
           !(judging::holds_block(*a_, passage.a, rule_.block_letters) ||
             judging::holds_block(b, passage.b, rule_.block_letters));
  });
}

void Judge::State::measure(const MarkedText& b, Comparison& comparison) {
  const auto take = [&](LetterRange Passage::*side, const MarkedText& text, Ranges& shared,
                        Side& into) {
    shared.clear();
    for (const Passage& passage : comparison.passages) shared.push_back(passage.*side);
    judging::unite(shared);
    into.measure(text, shared);
  };
  take(&Passage::a, *a_, shared_a_, side_a_);
  take(&Passage::b, b, shared_b_, side_b_);
  comparison.a.letters = side_a_.aligned();
  comparison.b.letters = side_b_.aligned();
  for (const Passage& passage : comparison.passages) {
    comparison.columns += passage.columns;
    comparison.equal_columns += passage.equal_columns;
  }
  comparison.kinds = judging::kinds_of(comparison.passages, *a_, b, rule_);
  // Of two equal shares that of the shorter text.
  const Side& shorter = comparison.b_shorter ? side_b_ : side_a_;
  const Side& longer = comparison.b_shorter ? side_a_ : side_b_;
  const Side& masked =
      longer.masked() * shorter.shared() > shorter.masked() * longer.shared() ? longer : shorter;
  comparison.shared_letters = masked.shared();
  comparison.shared_masked = masked.masked();
  const Side& quoted =
      longer.quoted() * shorter.aligned() > shorter.quoted() * longer.aligned() ? longer : shorter;
  comparison.aligned_letters = quoted.aligned();
  comparison.aligned_quoted = quoted.quoted();
  if (shorter.aligned() < rule_.abridged_letters &&
      judging::covers(judging::shorter(comparison), rule_.abridged_percent))
    comparison.shorter_words = unmasked_words(comparison.b_shorter ? b : *a_);
  measure_slots(b, comparison);
}

void Judge::State::measure_slots(const MarkedText& b, Comparison& comparison) {
  comparison.numbers = judging::differing_in_order(side_a_.numbers(), side_b_.numbers());
  comparison.slots = judging::differing(side_a_.slots(), side_b_.slots());
  const bool anew = judging::filled_anew(comparison, rule_);
  if (anew || judging::may_tell_by_digits(comparison, rule_)) {
    in_place_.take(*a_, b, comparison.passages, gaps_);
    comparison.digits = in_place_.digits();
  }
  const bool other_digits = judging::digits_differ(comparison, rule_);
  if (other_digits) comparison.form = in_place_.form();
  if (anew || other_digits) {
    comparison.words =
        judging::differing(side_a_.other_words(shared_a_), side_b_.other_words(shared_b_));
  }
}

bool Judge::State::parts_stories(const Comparison& comparison) {
  side_a_.leave_masked_slots_out();
  side_b_.leave_masked_slots_out();
  return judging::is_clean_form(comparison, judging::differing(side_a_.slots(), side_b_.slots()),
                                judging::differing_in_order(side_a_.numbers(), side_b_.numbers()),
                                rule_);
}

Judge::Judge(const MarkedText& a, const JudgeRule& rule)
    : state_(std::make_unique<State>(a, rule)) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

void Judge::take(const MarkedText& a) { state_->take(a); }

bool Judge::meets(const MarkedText& b) { return state_->meets(b); }

Comparison Judge::judge(const MarkedText& b, bool same_outlet) {
  return state_->judge(b, same_outlet);
}

}  // namespace wirecopy

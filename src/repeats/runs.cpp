#include "repeats/runs.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/hash.h"

namespace wirecopy::repeats {
namespace {

// Letters of a window that its key is made of, if it has so many.
constexpr std::uint32_t kKeyLetters = 16;
// The filter has so many bits for each slot, as a power of two: one window in a hundred passes that
// was not put in.
constexpr unsigned kFilterBits = 5;

// Good enough for a table: what is found there is compared.
std::uint64_t short_hash(const char* letters) noexcept {
  const std::uint64_t sum = eight_bytes(letters) * 0x9e3779b97f4a7c15ULL +
                            eight_bytes(letters + 8) * 0xbf58476d1ce4e5b9ULL;
  return (sum ^ sum >> 29U) * 0xbf58476d1ce4e5b9ULL;
}

}  // namespace

inline std::uint64_t RunFinder::key_at(std::uint32_t word) const noexcept {
  const std::uint32_t begin = words_->all()[word].begin;
  const std::uint32_t length = words_->all()[word + window_ - 1].end - begin;
  return length >= kKeyLetters ? short_hash(letters_.data() + begin)
                               : base::hash64(letters_.substr(begin, length));
}

void RunFinder::begin(const Words& words, std::string_view letters, std::uint32_t least) {
  words_ = &words;
  letters_ = letters;
  least_ = least;
  window_ = least / 2 + 1;
  step_ = least - window_ + 1;
  from_ = at_ = 0;
  const auto count = static_cast<std::uint32_t>(words.all().size());
  windows_ = count >= 2 * least ? count - window_ + 1 : 0;
  if (windows_ == 0) return;
  const std::uint32_t places = windows_ / step_ + 1;
  const std::uint32_t size = std::bit_ceil(4 * places);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(size));
  slots_.assign(size, {});
  filter_.assign((size << kFilterBits) / 64 + 1, 0);
  later_.assign(places + 1, 0);
  out_.assign(count, 0);
}

void RunFinder::leave_out(std::uint32_t first, std::uint32_t count) {
  if (windows_ == 0) return;
  std::fill_n(out_.begin() + first, count, std::uint8_t{1});
}

bool RunFinder::any_left_out(std::uint32_t first, std::uint32_t count) const noexcept {
  const auto begin = out_.begin() + first;
  return std::find(begin, begin + count, 1) != begin + count;
}

void RunFinder::skip_to(std::uint32_t word) { from_ = std::max(from_, word); }

RunFinder::Slot& RunFinder::slot_of(std::uint64_t key) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = static_cast<std::size_t>(key >> shift_);
  const auto tag = static_cast<std::uint32_t>(key);
  while (slots_[i].place != 0 && slots_[i].tag != tag) i = (i + 1) & mask;
  return slots_[i];
}

void RunFinder::put(std::uint32_t word, std::uint64_t key) {
  const std::uint32_t place = word / step_ + 1;
  const std::uint64_t bit = key >> (shift_ - kFilterBits);
  filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
  Slot& slot = slot_of(key);
  if (slot.place == 0) {
    slot = {static_cast<std::uint32_t>(key), place};
    return;
  }
  std::uint32_t last = slot.place;
  std::uint32_t count = 1;
  for (; later_[last] != 0; last = later_[last]) ++count;
  if (count < kMostPlaces) later_[last] = place;
}

bool RunFinder::same(std::uint32_t a, std::uint32_t b) const noexcept {
  const Word x = words_->all()[a];
  const Word y = words_->all()[b];
  return x.end - x.begin == y.end - y.begin && out_[a] == 0 && out_[b] == 0 &&
         std::memcmp(letters_.data() + x.begin, letters_.data() + y.begin, x.end - x.begin) == 0;
}

// The run through two equal windows: to the left up to the last run, to the right so far that it
// does not overlap itself.
void RunFinder::extend(std::uint32_t first, std::uint32_t again, Run& best) const {
  const std::uint32_t distance = again - first;
  if (distance < least_) return;
  std::uint32_t left = 0;
  while (again - left > from_ && first > left && same(first - left - 1, again - left - 1)) ++left;
  const std::uint32_t begin = again - left;
  if (best.count != 0 && begin > best.again) return;
  const auto count = static_cast<std::uint32_t>(words_->all().size());
  std::uint32_t end = again;
  while (end < count && end - begin < distance && same(end - distance, end)) ++end;
  const std::uint32_t length = end - begin;
  if (words_->worth(begin, length) < least_) return;
  const bool better = best.count == 0 || begin < best.again || length > best.count ||
                      (length == best.count && begin - distance < best.first);
  if (better) best = {begin - distance, begin, length};
}

void RunFinder::look_up(std::uint32_t word, std::uint64_t key, Run& best) {
  for (std::uint32_t place = slot_of(key).place; place != 0; place = later_[place]) {
    const std::uint32_t first = (place - 1) * step_;
    if (first < word) extend(first, word, best);
  }
}

void RunFinder::put_up_to(std::uint32_t word) {
  for (; at_ < word; ++at_) {
    if (at_ % step_ == 0) put(at_, key_at(at_));
  }
}

std::uint64_t RunFinder::pass_new(std::uint32_t until) {
  const std::uint64_t* const filter = filter_.data();
  const unsigned shift = shift_ - kFilterBits;
  std::uint32_t to_put = (at_ + step_ - 1) / step_ * step_;
  for (; at_ < until; ++at_) {
    const std::uint64_t key = key_at(at_);
    const std::uint64_t bit = key >> shift;
    if ((filter[bit / 64] >> bit % 64 & 1U) != 0) return key;
    if (at_ == to_put) {
      put(at_, key);
      to_put += step_;
    }
  }
  return 0;
}

std::optional<Run> RunFinder::next() {
  Run best;
  put_up_to(std::min(from_, windows_));
  // A run that begins earlier than the one found may be found up to a step later.
  std::uint32_t until = windows_;
  while (at_ < until) {
    const std::uint64_t key = pass_new(until);
    if (at_ == until) break;
    look_up(at_, key, best);
    if (at_ % step_ == 0) put(at_, key);
    ++at_;
    if (best.count != 0) until = std::min(windows_, best.again + step_);
  }
  if (best.count == 0) return std::nullopt;
  from_ = best.again + best.count;
  return best;
}

}  // namespace wirecopy::repeats

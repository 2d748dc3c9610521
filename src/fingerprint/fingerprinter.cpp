#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"
#include "fingerprint/winnow.h"
#include "wirecopy/error.h"
#include "wirecopy/fingerprint.h"

namespace wirecopy {
namespace {

constexpr std::uint32_t kLeastGram = 4;

// Two seeds from all 128 bits of a key.
std::uint64_t seed_of(const Key& key, std::uint64_t purpose) {
  const auto [high, low] = key.words();
  return base::mix64(high ^ base::mix64(low ^ base::mix64(purpose)));
}

// Memory only grows, so that it is cleared once and not for every text.
template <typename Value>
void make_room(std::vector<Value>& values, std::size_t count) {
  if (values.size() < count) values.resize(std::max(count, 2 * values.size()));
}

}  // namespace

Fingerprinter::Fingerprinter(const Winnowing& winnowing)
    : winnowing_(winnowing),
      letter_seed_(seed_of(winnowing.key, 0x6c6574746572)),  // "letter"
      name_seed_(seed_of(winnowing.key, 0x6e616d65)) {       // "name"
  using fingerprint::kMostGram;
  using fingerprint::kMostWindow;
  if (winnowing.gram < kLeastGram || winnowing.gram > kMostGram) {
    throw Error(ErrorCode::usage,
                fmt::format("a fingerprint of {} letters is not possible: choose {} to {}",
                            winnowing.gram, kLeastGram, kMostGram));
  }
  if (winnowing.window < 1 || winnowing.window > kMostWindow) {
    throw Error(ErrorCode::usage,
                fmt::format("a fingerprint in every {} grams is not possible: choose 1 to {}",
                            winnowing.window, kMostWindow));
  }
  for (std::uint32_t letter = 0; letter < ascii_hashes_.size(); ++letter) {
    ascii_hashes_[letter] = letter_hash(letter);
  }
}

std::uint32_t Fingerprinter::letter_hash(char32_t letter) const noexcept {
  return static_cast<std::uint32_t>(base::mix64(letter_seed_ ^ letter) >> 32U);
}

void Fingerprinter::fingerprint(const NormalizedText& text, Scratch& scratch,
                                Fingerprints& into) const {
  into.values.clear();
  into.kept = Kept::all;
  if (text.ascii()) {
    fingerprint_ascii(text.letters(), scratch, into);
  } else {
    fingerprint_any(text.letters(), scratch, into);
  }
}

void Fingerprinter::fingerprint_ascii(std::string_view letters, Scratch& scratch,
                                      Fingerprints& into) const {
  make_room(scratch.letter_hashes, letters.size());
  fingerprint::hash_ascii(letters, ascii_hashes_, scratch.letter_hashes.data());
  const std::size_t chosen = choose(letters.size(), scratch, into);
  make_room(scratch.names, chosen);
  base::hash64_at(letters, std::span(scratch.chosen).first(chosen), winnowing_.gram, name_seed_,
                  scratch.names.data());
  keep(
      chosen, scratch, [](std::uint32_t letter) { return letter; }, into);
}

void Fingerprinter::fingerprint_any(std::string_view letters, Scratch& scratch,
                                    Fingerprints& into) const {
  make_room(scratch.letter_hashes, letters.size());
  make_room(scratch.letter_begins, letters.size() + 1);
  const char* const begin = letters.data();
  const char* const end = begin + letters.size();
  std::size_t count = 0;
  for (const char* at = begin; at != end; ++count) {
    const base::Decoded letter = base::decode_utf8(at, end);
    scratch.letter_hashes[count] = letter.code_point < ascii_hashes_.size()
                                       ? ascii_hashes_[letter.code_point]
                                       : letter_hash(letter.code_point);
    scratch.letter_begins[count] = static_cast<std::uint32_t>(at - begin);
    at += letter.length;
  }
  scratch.letter_begins[count] = static_cast<std::uint32_t>(letters.size());
  const std::size_t chosen = choose(count, scratch, into);
  make_room(scratch.names, chosen);
  const auto begin_of = [&](std::uint32_t letter) { return scratch.letter_begins[letter]; };
  for (std::size_t i = 0; i < chosen; ++i) {
    const std::uint32_t from = begin_of(scratch.chosen[i]);
    const std::uint32_t to = begin_of(scratch.chosen[i] + winnowing_.gram);
    scratch.names[i] = base::hash64(letters.substr(from, to - from), name_seed_);
  }
  keep(chosen, scratch, begin_of, into);
}

std::size_t Fingerprinter::choose(std::size_t letters, Scratch& scratch, Fingerprints& into) const {
  if (letters < winnowing_.gram) return 0;
  if (letters >= kSampledFromLetters) into.kept = winnowing_.kept;
  make_room(scratch.chosen, letters + fingerprint::kScribble);
  return fingerprint::winnow(std::span(scratch.letter_hashes).first(letters), winnowing_.gram,
                             winnowing_.window, scratch.chosen.data());
}

template <typename BeginOf>
void Fingerprinter::keep(std::size_t count, Scratch& scratch, BeginOf begin_of,
                         Fingerprints& into) const {
  // Nobody can foretell which are kept, so what is not is written over.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t name = scratch.names[i];
    scratch.names[kept] = name;
    scratch.chosen[kept] = scratch.chosen[i];
    kept += keeps(into.kept, name) ? 1U : 0U;
  }
  std::uint64_t last_name = 0;
  std::uint32_t repeats_until = 0;  // a gram of the last name before this letter is left out
  into.values.reserve(kept);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::uint32_t letter = scratch.chosen[i];
    const std::uint64_t name = scratch.names[i];
    if (name == last_name && letter < repeats_until) continue;
    into.values.push_back({name, begin_of(letter)});
    last_name = name;
    repeats_until = letter + winnowing_.window;
  }
}

Fingerprints Fingerprinter::fingerprint(const NormalizedText& text) const {
  Scratch scratch;
  Fingerprints result;
  fingerprint(text, scratch, result);
  return result;
}

}  // namespace wirecopy

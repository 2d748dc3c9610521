/// fingerprint: letters → a sparse set of k-grams that any two texts choose alike where they agree.
///
/// Algorithm: winnowing (Schleimer, Wilkerson, Aiken 2003, "Winnowing: Local Algorithms for
/// Document Fingerprinting"). Of every w consecutive k-grams of letters the one with the smallest
/// hash is chosen, of equal ones the rightmost; a gram chosen by several windows counts once. The
/// choice depends on nothing but these w + k − 1 letters, so two texts with a common run of at
/// least t = w + k − 1 letters choose the same grams of it: they share a fingerprint, wherever the
/// run stands. About 2 / (w + 1) of all grams are chosen.
///
/// Two hashes: a cheap one *chooses* (cyclic polynomial of 32 bits over keyed letters; Cohen 1997,
/// "Recursive hashing functions for n-grams"), a strong one *names* the chosen (XXH3-64 of the
/// gram's UTF-8 under the key). The choice is defined without state between windows, so that a
/// vector kernel can make the same one. One thing is done after it: a chosen gram with the name of
/// the fingerprint before it, less than w letters on, is left out, so that a text of one repeated
/// letter has n / w fingerprints and not n. No name is lost by that.
///
/// A letter is a code point, in every script. Thread rule: immutable values; scratch memory belongs
/// to the caller.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "wirecopy/normalize.h"
#include "wirecopy/shingle.h"

namespace wirecopy {

/// Which of the chosen grams are kept. Decided by the low bits of each name alone, so all texts
/// keep the same ones.
enum class Kept : std::uint8_t { all = 0, half = 1, quarter = 2 };

/// Whether a fingerprint of this name is among the kept.
[[nodiscard]] constexpr bool keeps(Kept kept, std::uint64_t name) noexcept {
  return (name & ((std::uint64_t{1} << static_cast<unsigned>(kept)) - 1)) == 0;
}

/// Texts with fewer letters keep all their fingerprints, whatever the density: a share of few is
/// none.
inline constexpr std::uint32_t kSampledFromLetters = 600;

/// How densely texts are fingerprinted. Part of the Recipe.
struct Winnowing {
  std::uint32_t gram = 24;    ///< k, letters of a gram, 4 … 32.
  std::uint32_t window = 17;  ///< w, grams of a window, 1 … 256. 1 = every gram is chosen.
  Kept kept = Kept::half;
  Key key;

  /// t: two texts that share a run of so many letters share a fingerprint, if all are kept.
  [[nodiscard]] constexpr std::uint32_t guarantee() const noexcept { return gram + window - 1; }
  friend bool operator==(const Winnowing&, const Winnowing&) = default;
};

/// The densities of the presets, under the published key. Long grams say little of stock phrases
/// ("said in a statement") and much of copies; short ones survive noise.
inline constexpr Winnowing kFastWinnowing{24, 17, Kept::quarter, {}};
inline constexpr Winnowing kNewsWinnowing{24, 17, Kept::half, {}};
inline constexpr Winnowing kBroadWinnowing{16, 25, Kept::all, {}};
inline constexpr Winnowing kOcrWinnowing{12, 8, Kept::all, {}};

/// A chosen gram.
struct Fingerprint {
  std::uint64_t name = 0;
  std::uint32_t begin = 0;  ///< First byte of the gram in letters().
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// Those of one text.
struct Fingerprints {
  std::vector<Fingerprint> values;  ///< Ascending by `begin`; a name may come again.
  Kept kept = Kept::all;            ///< What was kept of this text: all if it is short.
};

/// Fingerprints texts under one Winnowing. Immutable and shared between threads.
class Fingerprinter {
 public:
  /// Throws Error(usage) if gram or window is out of range.
  explicit Fingerprinter(const Winnowing& winnowing);

  /// Kept between calls to spare allocations: up to 24 bytes a letter.
  struct Scratch {
    std::vector<std::uint32_t> chosen;  // letter positions
    std::vector<std::uint32_t> letter_hashes;
    std::vector<std::uint32_t> letter_begins;  // of texts that are not ASCII
    std::vector<std::uint64_t> names;          // of what is chosen
  };

  /// Replaces the contents of `into`. A text shorter than k letters has no fingerprints (only equal
  /// texts could share one, and these are found by collapse); one shorter than t has one or more.
  /// Cost: about 1.5 ns a letter of ASCII, 5 ns of others; with AVX-512 0.7 and 4.
  void fingerprint(const NormalizedText& text, Scratch& scratch, Fingerprints& into) const;

  [[nodiscard]] Fingerprints fingerprint(const NormalizedText& text) const;

 private:
  [[nodiscard]] std::uint32_t letter_hash(char32_t letter) const noexcept;
  void fingerprint_ascii(std::string_view letters, Scratch& scratch, Fingerprints& into) const;
  [[nodiscard]] std::size_t choose(std::size_t letters, Scratch& scratch, Fingerprints& into) const;
  void fingerprint_any(std::string_view letters, Scratch& scratch, Fingerprints& into) const;
  template <typename BeginOf>
  void keep(std::size_t count, Scratch& scratch, BeginOf begin_of, Fingerprints& into) const;

  Winnowing winnowing_;
  std::uint64_t letter_seed_;
  std::uint64_t name_seed_;
  std::array<std::uint32_t, 128> ascii_hashes_{};
};

}  // namespace wirecopy

/// The names of news agencies, and the words that tell a credit, as phrases to look for.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lineage/phrases.h"

namespace wirecopy::lineage {

/// How a name counts; see agencies.tsv.
enum class Naming : std::uint8_t { any, exact, credit, photo };

struct AgencyName {
  std::string_view agency;
  Naming naming = Naming::any;
};

/// "CPS" of "Coastal Press Service"; empty for a name of one word.
[[nodiscard]] std::string initials_of(std::string_view name);

/// A name in a text, in bytes.
struct NameHit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  AgencyName name;
};

class AgencyNames {
 public:
  /// The table that is compiled in.
  [[nodiscard]] static const AgencyNames& all();

  /// Calls `hit` with every name in the text, from left to right, none inside another.
  template <typename Hit>
  void find(std::string_view text, Hit&& hit) const {
    base::Members firsts;
    firsts.find(text, index_.first_bytes());
    base::Members letters;
    letters.find(text, base::kAsciiLetters);
    std::size_t from = 0;  // the end of the last name
    std::uint64_t letter_before = 0;
    for (std::size_t i = 0; i * 64 < text.size(); ++i) {
      const std::uint64_t inside = letters.word(i) & (letters.word(i) << 1U | letter_before);
      letter_before = letters.word(i) >> 63U;
      for (std::uint64_t left = firsts.word(i) & ~inside; left != 0; left &= left - 1) {
        const std::size_t at = i * 64 + static_cast<std::size_t>(std::countr_zero(left));
        if (at < from) continue;
        const PhraseIndex::Match match = index_.at(text, at);
        if (match.length == 0) continue;
        from = at + match.length;
        const auto begin = static_cast<std::uint32_t>(at);
        if (in_address(text, at, from)) continue;
        hit(NameHit{begin, static_cast<std::uint32_t>(from), names_[match.value]});
      }
    }
  }

 private:
  AgencyNames();
  /// "jane.doe@reuters.com" names nobody.
  static bool in_address(std::string_view text, std::size_t begin, std::size_t end) noexcept;

  std::vector<AgencyName> names_;
  PhraseIndex index_;
};

/// What a phrase says about the words around it; see cues.tsv.
enum class Cue : std::uint8_t {
  after,
  before,
  copyright,
  by,
  role,
  photo,
  agency,
  reporting,
  editing,
};
inline constexpr std::size_t kCueCount = 9;

/// The phrases of one kind.
[[nodiscard]] const PhraseIndex& cue(Cue kind);
/// Those that speak of names before or behind them: after, before and copyright.
[[nodiscard]] const PhraseIndex& naming_cues();

}  // namespace wirecopy::lineage

/// The names of news agencies, and the words that tell a credit, as phrases to look for.
#pragma once

#include <array>
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
    for (std::size_t at = 0; at < text.size();) {
      const PhraseIndex::Match match = index_.at(text, at);
      if (match.length == 0) {
        ++at;
        continue;
      }
      const auto begin = static_cast<std::uint32_t>(at);
      at += match.length;
      if (in_address(text, begin, at)) continue;
      hit(NameHit{begin, static_cast<std::uint32_t>(at), names_[match.value]});
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

/// A text → the stored articles that are worth a comparison with it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "batch/archive.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/verify.h"

namespace wirecopy::index {

/// A stored document that shares something with a text. It may be gone by now.
struct TextCandidate {
  batch::Stored document{};
  std::uint32_t shared = 0;  ///< Grams.
  std::uint64_t weight = 0;  ///< Of grams and blocks: the fewer documents have one, the more.
  bool equal = false;        ///< Its letters are those of the text.
  std::vector<std::uint64_t> blocks;  ///< block_hash of those that both show.
};

struct TextCandidates {
  /// Equal ones, then by weight, the most first, then by number. Of documents with equal letters at
  /// least one.
  std::vector<TextCandidate> all;
  std::uint64_t cut_lists = 0;  ///< Lists of which only a part was looked at.
};

/// Finds candidates. Any thread.
///
/// A stored article keeps some of its grams, chosen by their hashes in windows. A text of fewer
/// than kSampledFromLetters asks for *every* gram that could have been chosen, so that a passage is
/// found wherever its windows lay; a longer one, which has many, for those that it would keep
/// itself. One shared gram is enough. Texts of few letters also ask for their whole blocks.
class CandidateFinder {
 public:
  /// Throws Error(usage) for a winnowing out of range.
  CandidateFinder(const batch::Archive& archive, const Winnowing& winnowing);

  /// Cost: a look-up a gram. Memory: kMostPostings and what hangs on them.
  [[nodiscard]] TextCandidates find(std::string_view utf8, const MarkedText& text) const;

  /// Longest list that is looked at as a whole. Of a longer one its first documents are.
  static constexpr std::size_t kLongList = 1000;
  /// Most documents of all lists together, the shortest lists first.
  static constexpr std::size_t kMostPostings = 250'000;
  /// Most letters of a text that asks for its blocks.
  static constexpr std::size_t kShortText = 240;

 private:
  const batch::Archive& archive_;
  Fingerprinter own_grams_;
  Fingerprinter every_gram_;
};

}  // namespace wirecopy::index

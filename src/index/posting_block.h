/// Which documents have which names, in blocks: all names with the same top bits lie under one key,
/// packed.
///
/// Idea: one key a name costs a store 13 to 16 bytes a posting; in a block names are told by the
/// gaps between them (Rice coded: they are hashes, so the gaps are geometric), documents by as many
/// bits as the greatest has. The bytes of a block are a function of the set it holds, so it does
/// not matter in which order, or in how many steps, blocks were joined. src/index/FORMAT.md has the
/// bytes. Thread rule: immutable values, pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/archive.h"

namespace wirecopy::index {

/// Of a name so many bits count, the topmost.
inline constexpr unsigned kNameBits = 40;

/// A document that has a name.
struct Posting {
  std::uint32_t suffix = 0;
  batch::Stored document{};
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

/// How the blocks of one family are cut. Few bits of prefix make few large blocks: a little smaller
/// in all, and slower to look into.
class PostingBlocks {
 public:
  /// From 16 to 24.
  constexpr explicit PostingBlocks(unsigned prefix_bits) : prefix_bits_(prefix_bits) {}

  [[nodiscard]] constexpr unsigned suffix_bits() const noexcept { return kNameBits - prefix_bits_; }
  [[nodiscard]] constexpr std::uint32_t prefixes() const noexcept {
    return std::uint32_t{1} << prefix_bits_;
  }
  [[nodiscard]] constexpr std::uint32_t suffixes() const noexcept {
    return std::uint32_t{1} << suffix_bits();
  }
  [[nodiscard]] constexpr std::uint32_t prefix_of(std::uint64_t name) const noexcept {
    return static_cast<std::uint32_t>(name >> (64U - prefix_bits_));
  }
  [[nodiscard]] constexpr std::uint32_t suffix_of(std::uint64_t name) const noexcept {
    return static_cast<std::uint32_t>(name >> (64U - kNameBits)) & (suffixes() - 1);
  }

  /// Whole bytes, big-endian.
  [[nodiscard]] std::string key(std::uint32_t prefix) const;
  /// Throws Error(damaged).
  [[nodiscard]] std::uint32_t prefix_of_key(std::string_view key) const;

  /// `postings` must be sorted, distinct and not empty. Cost: about 10 ns a posting.
  [[nodiscard]] std::string encode(std::span<const Posting> postings) const;

  /// Replaces the contents of `into`. Throws Error(damaged) for bytes that encode does not make.
  /// Cost: about 6 ns a posting; memory only as the bytes warrant.
  void decode(std::string_view block, std::vector<Posting>& into) const;

  /// Calls take(i, documents) for those of `suffixes`, ascending and distinct, that are there.
  /// Throws Error(damaged), but may not notice damage behind the last of them. Cost: about 3 ns a
  /// name before the last that is sought.
  void find(std::string_view block, std::span<const std::uint32_t> suffixes,
            const std::function<void(std::size_t, std::span<const batch::Stored>)>& take) const;

  /// The union of blocks: associative and commutative. Throws Error(damaged); one block alone comes
  /// back as it is.
  [[nodiscard]] std::string join(std::span<const std::string_view> blocks) const;

  /// The block without some documents; empty if nothing is left. `documents` ascend. Throws
  /// Error(damaged).
  [[nodiscard]] std::string without(std::string_view block,
                                    std::span<const batch::Stored> documents) const;

 private:
  class Reader;
  void append(std::string_view block, std::vector<Posting>& into) const;

  unsigned prefix_bits_;
};

}  // namespace wirecopy::index

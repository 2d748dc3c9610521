/// Which documents have which names, in blocks: all names with the same top 20 bits lie under one
/// key, packed.
///
/// Idea: one key a name costs a store 13 to 16 bytes a posting; in a block names are told by the
/// gaps between them (Rice coded: they are hashes, so the gaps are geometric), documents by as many
/// bits as their range has. The bytes of a block are a function of the set it holds, so it does not
/// matter in which order, or in how many steps, blocks were joined. src/index/FORMAT.md has the
/// bytes. Thread rule: pure functions.
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

inline constexpr unsigned kPrefixBits = 20;  ///< Of a name, in the key.
inline constexpr unsigned kSuffixBits = 20;  ///< The next ones, in the value. All others are lost.
inline constexpr std::uint32_t kPrefixes = std::uint32_t{1} << kPrefixBits;
inline constexpr std::uint32_t kSuffixes = std::uint32_t{1} << kSuffixBits;

[[nodiscard]] constexpr std::uint32_t prefix_of(std::uint64_t name) noexcept {
  return static_cast<std::uint32_t>(name >> (64U - kPrefixBits));
}
[[nodiscard]] constexpr std::uint32_t suffix_of(std::uint64_t name) noexcept {
  return static_cast<std::uint32_t>(name >> (64U - kPrefixBits - kSuffixBits)) & (kSuffixes - 1);
}

/// A document that has a name.
struct Posting {
  std::uint32_t suffix = 0;
  batch::Stored document{};
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

/// Three bytes, big-endian.
[[nodiscard]] std::string posting_key(std::uint32_t prefix);
/// Throws Error(damaged).
[[nodiscard]] std::uint32_t prefix_of_key(std::string_view key);

/// `postings` must be sorted, distinct and not empty. Cost: about 15 ns a posting.
[[nodiscard]] std::string encode_postings(std::span<const Posting> postings);

/// Replaces the contents of `into`. Throws Error(damaged) for bytes that encode_postings does not
/// make. Cost: about 5 ns a posting; memory only as the bytes warrant.
void decode_postings(std::string_view block, std::vector<Posting>& into);

/// Calls take(i, documents) for those of `suffixes`, ascending and distinct, that are there. Throws
/// Error(damaged), but may not notice damage behind the last of them. Cost: about 3 ns a name
/// before the last that is sought.
void find_postings(std::string_view block, std::span<const std::uint32_t> suffixes,
                   const std::function<void(std::size_t, std::span<const batch::Stored>)>& take);

/// The union of blocks: associative and commutative. Throws Error(damaged).
[[nodiscard]] std::string join_postings(std::span<const std::string_view> blocks);

/// The block without some documents; empty if nothing is left. `documents` ascend. Throws
/// Error(damaged).
[[nodiscard]] std::string without_documents(std::string_view block,
                                            std::span<const batch::Stored> documents);

}  // namespace wirecopy::index

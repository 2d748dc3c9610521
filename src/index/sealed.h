/// What an index is made with, once and for all: index.json and key in its folder.
///
/// Everything that a result depends on is written out, so that an index answers alike under every
/// later version, whatever its defaults are. Thresholds are in it as well: pairs that were compared
/// on different nights must have been judged alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "wirecopy/batch.h"

namespace wirecopy::index {

/// Of all files in an index folder. Another one is refused.
inline constexpr std::uint32_t kFormatVersion = 1;

inline constexpr char kSealedName[] = "index.json";
inline constexpr char kKeyName[] = "key";

struct Sealed {
  Recipe recipe;   ///< With its key, the same in shingling and winnowing.
  MatchRule rule;  ///< Without `model` and `cut`: generations have Models, an index cuts nothing.
};

/// A key from the system's source of randomness. Throws Error(output) if it has none.
[[nodiscard]] Key draw_key();

/// Writes `key` (mode 0600) and then index.json, which makes the folder an index; both are on the
/// disk when this returns. Throws Error(output), also if there is an index already.
void seal(const std::string& index, const Sealed& sealed);

/// Reads them back. The key is that of `key_file` if one is given. Throws Error(input) if there is
/// no index; Error(damaged) naming the file if it is of another format or normalization, if a byte
/// of it changed, a field is missing or unknown, or the key is not the one it was made with.
/// Of a given key file that is none: as Key::from_file. The key is never part of a message.
[[nodiscard]] Sealed unseal(const std::string& index,
                            const std::optional<std::string>& key_file = std::nullopt);

}  // namespace wirecopy::index

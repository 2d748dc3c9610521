/// Gives every document an id of its own, and tells rows that merely repeat an earlier one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "batch/holder_table.h"
#include "wirecopy/read.h"

namespace wirecopy::batch {

/// The id of a row: as given, else its url, else made of the input's name and its number there. The
/// view is into the document or into `made_up`.
[[nodiscard]] std::string_view id_of(const Document& document, std::string_view input_name,
                                     std::uint64_t row_number, std::string& made_up);

/// Remembers the ids of one run. Rows must be asked for in input order, by one thread.
class Identities {
 public:
  struct Answer {
    std::optional<std::uint32_t> repeats;  ///< The document that has this id and text already.
    std::string
        renamed;  ///< If not empty: the id was taken by another text; this one is free ("id#2").
  };

  /// `document` is the number this row gets if it repeats none. Cost: one look-up in a hash table.
  [[nodiscard]] Answer identify(std::string_view id, std::uint64_t text_hash,
                                std::uint32_t document);

 private:
  struct HashOfHash {
    std::size_t operator()(const base::Hash128& hash) const noexcept { return hash.low; }
  };

  // Keyed by the hash of the id. Ids that came with one text only (nearly all) have an entry in
  // `holders_` alone; further texts of an id are keyed by the hash of id and text.
  HolderTable holders_;
  std::unordered_map<base::Hash128, std::uint32_t, HashOfHash> versions_;
  std::unordered_map<base::Hash128, std::uint64_t, HashOfHash> last_number_;
};

}  // namespace wirecopy::batch

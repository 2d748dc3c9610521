/// Which document holds an id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace wirecopy::batch {

/// The first document that came with an id, and the hash of its text.
struct Holder {
  std::uint32_t document = 0;
  std::uint64_t text_hash = 0;
};

/// Holders by the hash of the id: open addressing with linear probing, as hashes need no other
/// hash and entries are never taken out. 32 bytes a slot, at most three quarters of them in use.
class HolderTable {
 public:
  /// The holder of the id, and whether it is new: then it is `holder`. The number 2^32 - 1 is no
  /// document. The reference is good until the next call.
  std::pair<const Holder&, bool> try_emplace(const base::Hash128& id_hash, const Holder& holder) {
    if (4 * (used_ + 1) > 3 * slots_.size()) grow();
    Slot& slot = slot_of(id_hash);
    const bool is_new = slot.holder.document == kFree;
    if (is_new) {
      slot = {id_hash, holder};
      ++used_;
    }
    return {slot.holder, is_new};
  }

 private:
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};
  static constexpr std::size_t kFirstSize = 1024;

  struct Slot {
    base::Hash128 id_hash;
    Holder holder{kFree, 0};
  };

  // The slot of the id, or the free one where it belongs.
  Slot& slot_of(const base::Hash128& id_hash) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = id_hash.low & mask;
    while (slots_[at].holder.document != kFree && slots_[at].id_hash != id_hash) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? kFirstSize : 2 * slots_.size());
    slots_.swap(old);
    for (const Slot& slot : old) {
      if (slot.holder.document != kFree) slot_of(slot.id_hash) = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two, or none
  std::size_t used_ = 0;
};

}  // namespace wirecopy::batch

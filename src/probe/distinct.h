// Tells which names of one document are new.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace wirecopy::probe {

// Open addressing, linear probing, at most a quarter full; the names are hashes. Keeps its memory
// between documents.
class Distinct {
 public:
  // Forgets all; then up to `most` names may be added.
  void begin(std::size_t most) {
    const std::size_t size = std::bit_ceil(4 * most + 1);
    slots_.assign(size, 0);
    mask_ = size - 1;
    has_zero_ = false;
  }

  // Whether the name is new.
  [[nodiscard]] bool add(std::uint64_t name) noexcept {
    if (name == 0) return !std::exchange(has_zero_, true);
    for (std::size_t i = name >> 8U & mask_;; i = (i + 1) & mask_) {
      if (slots_[i] == name) return false;
      if (slots_[i] == 0) {
        slots_[i] = name;
        return true;
      }
    }
  }

 private:
  std::vector<std::uint64_t> slots_;  // 0 = free
  std::size_t mask_ = 0;
  bool has_zero_ = false;
};

}  // namespace wirecopy::probe

/// Short passages of base texts that have next to nothing in common.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "generate/base_texts.h"

namespace wirecopy::generation {

/// A passage is a run of sentences of one base text, just long enough to have 150 letters, and of
/// at most 60 words. Less than 30 % of its 5-word shingles stand in any passage before it, so that
/// house formulas are passages once. Read-only afterwards: any thread.
class Passages {
 public:
  /// Takes up to `wanted` passages from the base texts with these numbers, in their order.
  /// `base_texts` must outlive it. Throws Error(interrupted). Cost: about 50 µs a base text on one
  /// thread; some 600 bytes of memory a passage until it returns, 12 after that.
  Passages(const BaseTexts& base_texts, std::span<const std::uint32_t> numbers, std::size_t wanted,
           const std::atomic<bool>* stop);

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
  /// One paragraph.
  [[nodiscard]] std::string at(std::size_t number) const;

 private:
  struct Place {
    std::uint32_t base_text = 0;
    std::uint32_t begin = 0;  // sentences of it
    std::uint32_t end = 0;
  };

  const BaseTexts& base_texts_;
  std::vector<Place> places_;
};

}  // namespace wirecopy::generation

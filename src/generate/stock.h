/// The stock of one outlet: blocks that it prints again and again, and what little is new.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "generate/article.h"
#include "generate/passages.h"
#include "generate/random.h"
#include "wirecopy/generate.h"

namespace wirecopy::generation {

/// Bodies of stock documents. Immutable: any thread.
class Stock {
 public:
  /// From the base texts with these numbers, which nothing else may use. `base_texts` must outlive
  /// it. Throws Error(input) if there are too few, Error(interrupted).
  Stock(const GenerateOptions& options, const BaseTexts& base_texts,
        std::span<const std::uint32_t> numbers, const std::atomic<bool>* stop);

  /// Documents with a passage of their own; the first `copied` of them have one copy each.
  [[nodiscard]] std::uint32_t originals() const noexcept { return originals_; }
  [[nodiscard]] std::uint32_t copied() const noexcept { return copied_; }

  /// The passage of an original, as the only piece of a body.
  [[nodiscard]] std::vector<Piece> own_passage(std::uint32_t original) const;
  /// Puts different blocks in front of and behind a body, drawn until they are the share of the
  /// letters that they should be, or all.
  void surround(std::vector<Piece>& body, Random& random) const;

 private:
  std::uint32_t originals_ = 0;
  std::uint32_t copied_ = 0;
  Rate share_;
  Passages passages_;  // those of the blocks, then those of the originals
  std::vector<Piece> blocks_;
};

}  // namespace wirecopy::generation

/// Which copies may go because of which.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "batch/findings.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// For a document the others because of which it may go.
class Drops {
 public:
  explicit Drops(const MatchRule& rule) : rule_(rule) {}

  /// Takes a pair that was compared: by the rule either may go because of the other, one, or none.
  void take(const FoundPair& pair);
  /// Says so outright. Returns whether that was news.
  bool add(std::uint32_t document, std::uint32_t other);

  /// Of those that `is_kept`, the first in the order `places`; `document` itself if there is none.
  template <typename IsKept>
  [[nodiscard]] std::uint32_t kept_for(std::uint32_t document,
                                       const std::vector<std::uint32_t>& places,
                                       IsKept&& is_kept) const {
    std::uint32_t best = document;
    const auto found = others_.find(document);
    if (found == others_.end()) return best;
    for (const std::uint32_t other : found->second) {
      if (is_kept(other) && places[other] < places[best]) best = other;
    }
    return best;
  }
  [[nodiscard]] bool may_go(std::uint32_t document, std::uint32_t other) const;
  [[nodiscard]] bool empty() const noexcept { return others_.empty(); }

 private:
  [[nodiscard]] bool goes(const FoundPair& pair, const Coverage& side) const;

  const MatchRule& rule_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> others_;
};

}  // namespace wirecopy::batch

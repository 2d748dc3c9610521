/// Cuts of one round after the other, told in the places of the original text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "wirecopy/clean.h"

namespace wirecopy::clean {

/// All cuts so far: ascending, disjoint, not empty, in code points of the original text.
class RoundPlaces {
 public:
  /// Adds the cuts of a round, as plan_cuts makes them of what the rounds before left. A cut around
  /// an earlier one comes in pieces, of which the first carries its unique letters. Where a cut
  /// takes what stayed for an earlier one, the earlier one points to what stays now: the rest of
  /// it, else what stays for the new cut. Cost: linear, times the logarithm of the cuts.
  void add(std::span<const Cut> fresh);

  [[nodiscard]] const std::vector<Cut>& cuts() const& noexcept { return cuts_; }
  [[nodiscard]] std::vector<Cut> cuts() && noexcept { return std::move(cuts_); }

 private:
  [[nodiscard]] Span original(Span rest) const;
  void add_pieces(const Cut& cut, std::vector<Cut>& to) const;
  [[nodiscard]] const Cut* cut_at(std::uint64_t place) const;
  [[nodiscard]] Span what_stays(Span span) const;

  std::vector<Cut> cuts_;
  // For each cut: where it was made in the rest, and how much is gone with it and those before.
  std::vector<std::uint64_t> made_at_;
  std::vector<std::uint64_t> gone_;
};

}  // namespace wirecopy::clean

/// lineage: who ran it first.
///
/// Times are intervals (a date without a time spans its day, a time without a zone 26 hours), so an
/// order is claimed only where two intervals do not overlap, and a lag is an interval too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "wirecopy/read.h"

namespace wirecopy {

/// Which of two articles a, b was published earlier.
enum class Earlier : std::uint8_t { a, b, unknown };
[[nodiscard]] std::string_view name_of(Earlier earlier) noexcept;

/// Seconds from the earlier to the later publication; both bounds inclusive, never negative.
struct Lag {
  std::int64_t min_seconds = 0;
  std::int64_t max_seconds = 0;
  friend bool operator==(const Lag&, const Lag&) = default;
};

struct TimeOrder {
  Earlier earlier = Earlier::unknown;
  std::optional<Lag> lag;  ///< Nothing if the order is unknown.
};

/// Orders two times of publication; unknown if one is missing or the intervals overlap.
[[nodiscard]] TimeOrder order_in_time(const std::optional<TimeInterval>& a,
                                      const std::optional<TimeInterval>& b) noexcept;

}  // namespace wirecopy

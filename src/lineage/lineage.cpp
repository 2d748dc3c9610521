#include "wirecopy/lineage.h"

namespace wirecopy {
namespace {

// Whether `first` is over before `second` can have begun.
bool before(const TimeInterval& first, const TimeInterval& second) noexcept {
  return first.latest < second.earliest;
}

Lag lag_between(const TimeInterval& first, const TimeInterval& second) noexcept {
  return {second.earliest - first.latest, second.latest - first.earliest};
}

}  // namespace

std::string_view name_of(Earlier earlier) noexcept {
  switch (earlier) {
    case Earlier::a:
      return "a";
    case Earlier::b:
      return "b";
    case Earlier::unknown:
      break;
  }
  return "unknown";
}

TimeOrder order_in_time(const std::optional<TimeInterval>& a,
                        const std::optional<TimeInterval>& b) noexcept {
  if (!a || !b) return {};
  if (before(*a, *b)) return {Earlier::a, lag_between(*a, *b)};
  if (before(*b, *a)) return {Earlier::b, lag_between(*b, *a)};
  return {};
}

}  // namespace wirecopy

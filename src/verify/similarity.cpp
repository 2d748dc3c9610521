#include <fmt/format.h>

#include <cmath>

#include "wirecopy/error.h"
#include "wirecopy/verify.h"

namespace wirecopy {
namespace {

constexpr std::uint64_t kMillion = 1'000'000;

// |A∪B|, at least 1 where both sets have elements. If one is empty nothing is shared, and 0 over
// anything but 0 gives the Jaccard 0 that we want.
std::uint64_t in_either(const Similarity& similarity) noexcept {
  const std::uint64_t both = std::uint64_t{similarity.size_a} + similarity.size_b;
  return both == 0 ? 1 : both - similarity.shared;
}

double share(std::uint64_t part, std::uint64_t whole) noexcept {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Millionths Millionths::from(double share) {
  if (!(share >= 0 && share <= 1)) {
    throw Error(ErrorCode::usage, fmt::format("A share lies from 0 to 1, not at {}.", share));
  }
  return Millionths(static_cast<std::uint32_t>(std::lround(share * static_cast<double>(kMillion))));
}

double Similarity::jaccard() const noexcept { return share(shared, in_either(*this)); }
double Similarity::a_in_b() const noexcept { return share(shared, size_a); }
double Similarity::b_in_a() const noexcept { return share(shared, size_b); }

// The products here: sizes are at most 2^30, so a union is at most 2^31, times a million (2^20) is
// 2^51; shared times 2^16 is 2^46; shared times a union is 2^61.
bool Similarity::reaches(Millionths threshold) const noexcept {
  return shared * kMillion >= threshold.value() * in_either(*this);
}

std::uint32_t Similarity::score() const noexcept {
  return static_cast<std::uint32_t>(std::uint64_t{shared} * kFullScore / in_either(*this));
}

std::weak_ordering compare_jaccard(const Similarity& a, const Similarity& b) noexcept {
  return a.shared * in_either(b) <=> b.shared * in_either(a);
}

}  // namespace wirecopy

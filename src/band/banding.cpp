#include <fmt/format.h>

#include "wirecopy/band.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

constexpr double kLowestThreshold = 0.20;  // below it no banding of 128 lanes finds reliably
constexpr std::uint32_t kFewestRows = 2;   // one row would propose every pair with a common shingle

// By repeated multiplication, which is the same on every machine; std::pow is not.
double power(double base, std::uint32_t exponent) noexcept {
  double result = 1;
  for (std::uint32_t i = 0; i < exponent; ++i) result *= base;
  return result;
}

double chance(double jaccard, std::uint32_t bands, std::uint32_t rows) noexcept {
  return 1 - power(1 - power(jaccard, rows), bands);
}

void check_request(double jaccard, double recall, std::uint32_t max_hashes) {
  if (!(jaccard >= kLowestThreshold && jaccard <= 1)) {
    throw Error(ErrorCode::usage,
                fmt::format("The threshold is a Jaccard similarity from {} to 1, not {}: below it "
                            "banding misses too many pairs.",
                            kLowestThreshold, jaccard));
  }
  if (!(recall > 0 && recall < 1)) {
    throw Error(ErrorCode::usage,
                fmt::format("The recall lies between 0 and 1, both excluded, not at {}.", recall));
  }
  if (max_hashes < kFewestRows || max_hashes > kSketchSize) {
    throw Error(ErrorCode::usage, fmt::format("The number of hashes lies from {} to {}, not at {}.",
                                              kFewestRows, kSketchSize, max_hashes));
  }
}

}  // namespace

Banding::Banding(Bands bands, Rows rows) : bands_(bands.value), rows_(rows.value) {
  if (bands_ < 1 || rows_ < 1 || std::uint64_t{bands_} * rows_ > kSketchSize) {
    throw Error(ErrorCode::usage,
                fmt::format("A banding has at least one band and one row and at most {} lanes, not "
                            "{} bands of {} rows.",
                            kSketchSize, bands_, rows_));
  }
}

Banding Banding::plan(double jaccard, double recall, std::uint32_t max_hashes) {
  check_request(jaccard, recall, max_hashes);
  for (std::uint32_t rows = max_hashes; rows >= kFewestRows; --rows) {
    for (std::uint32_t bands = 1; bands <= max_hashes / rows; ++bands) {
      if (chance(jaccard, bands, rows) >= recall) return {Bands{bands}, Rows{rows}};
    }
  }
  const std::uint32_t most = max_hashes / kFewestRows;
  throw Error(ErrorCode::usage,
              fmt::format("No bands within {} hashes find pairs at Jaccard {} with recall {}: {} "
                          "bands of {} rows reach {:.3f}. Ask for less recall or a higher "
                          "threshold.",
                          max_hashes, jaccard, recall, most, kFewestRows,
                          chance(jaccard, most, kFewestRows)));
}

double Banding::probability(double jaccard) const noexcept {
  return chance(jaccard, bands_, rows_);
}

}  // namespace wirecopy

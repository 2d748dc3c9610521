/// Sorting of 64-bit records by their bits, least significant digit first.
#pragma once

#include <cstdint>
#include <vector>

namespace wirecopy::band {

/// Sorts `records` by the bits [begin, end); ties keep their order. `scratch` is overwritten and
/// takes the same memory. Cost: about 3.5 ns a record for each 8 bits.
void radix_sort(std::vector<std::uint64_t>& records, std::vector<std::uint64_t>& scratch,
                unsigned begin, unsigned end);

}  // namespace wirecopy::band

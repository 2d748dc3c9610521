// Compressed bytes → decompressed bytes, in pieces of two sizes: one result begins with the other.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/compression.h"

namespace {

// Enough to pass the grace of the ratio.
constexpr std::size_t kMostBytes = std::size_t{24} << 20U;

std::string decode(std::string_view packed, std::size_t in_piece, std::size_t out_piece) {
  const std::size_t size = packed.size();
  wirecopy::base::DecodedStream stream(
      [&](std::span<char> into) {
        const std::size_t count = std::min({into.size(), packed.size(), in_piece});
        packed.copy(into.data(), count);
        packed.remove_prefix(count);
        return count;
      },
      100);
  std::string bytes;
  std::string piece(out_piece, '\0');
  for (std::size_t count = piece.size(); count == piece.size();) {
    count = stream.read(piece);
    bytes.append(piece, 0, count);
    if (bytes.size() > kMostBytes) std::abort();
  }
  if (stream.consumed() > size) std::abort();
  if (!stream.damage() && stream.consumed() != size) std::abort();
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view packed(reinterpret_cast<const char*>(data), size);
  const std::string small = decode(packed, 7, 1000);
  const std::string large = decode(packed, 1U << 17U, 1U << 19U);
  const std::size_t common = std::min(small.size(), large.size());
  if (small.compare(0, common, large, 0, common) != 0) std::abort();
  return 0;
}

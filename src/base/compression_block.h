/// Single blocks of our own, as zstd frames or members of gzip. (Streams from outside:
/// compression.h.)
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// One zstd frame at level 1: about 0.5 GB/s in, 1.5 GB/s out. Any thread.
[[nodiscard]] std::string compress_block(std::string_view bytes);

/// One member of gzip at level 6, the same bytes for the same block. Any thread.
[[nodiscard]] std::string gzip_block(std::string_view bytes);

/// Fills `into` exactly. Throws Error(damaged) if the frame holds anything but into.size() bytes.
void decompress_block(std::string_view frame, std::span<char> into);

}  // namespace wirecopy::base

/// Cuts the bytes of one input into blocks of whole rows.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/compression.h"
#include "read/block.h"
#include "read/inputs.h"

namespace wirecopy::read {

/// Of a row that is too long only so many bytes are shown.
inline constexpr std::size_t kShownBytes = 4096;

struct CutLimits {
  std::uint64_t max_text_bytes = 0;
  std::uint64_t max_row_bytes = 0;
  std::uint64_t max_ratio = 0;
  const std::atomic<bool>* stop = nullptr;
};

/// The rows of one input, block by block.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Fills a cleared block; false, with nothing in it, at the end. Throws Error(input).
  virtual bool fill(BlockMemory& block) = 0;
  /// Bytes of the files used up so far.
  [[nodiscard]] virtual std::uint64_t consumed() const noexcept = 0;
};

/// Opens nothing yet for a folder of .txt; else throws Error(input) if the file cannot be opened.
[[nodiscard]] std::unique_ptr<RowSource> open_input(const Input& input, const CutLimits& limits);

/// JSONL, CSV or TSV from any bytes. `path` is for messages.
[[nodiscard]] std::unique_ptr<RowSource> open_stream(base::DecodedStream::Source bytes,
                                                     std::string path, Format format,
                                                     const CutLimits& limits);

}  // namespace wirecopy::read

// The floor that every speed is told against: what it costs to read the JSON and take the text.
#pragma once

#include <cstdint>
#include <string>

namespace wirecopy::bench {

struct FloorResult {
  std::uint64_t rows = 0;
  std::uint64_t text_bytes = 0;  // so that no compiler can skip the work
};

// pread into reused buffers of 512 KiB cut at newlines, simdjson On-Demand a line, the field `text`
// taken out. `path` is plain JSONL.
FloorResult parse_only(const std::string& path, unsigned threads);

}  // namespace wirecopy::bench

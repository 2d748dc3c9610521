/// Rows of a stream of bytes: JSONL, CSV, TSV.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/row_source.h"

namespace wirecopy::read {

/// The byte-order mark of UTF-8, which is no part of the first row.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Decompresses `source`. Throws Error(input) for a compression that is not supported.
[[nodiscard]] base::DecodedStream open_decoded(base::DecodedStream::Source source,
                                               const std::string& path, const CutLimits& limits);

/// The rejected row that stands for the damage of an archive. `lost` bytes of an unfinished row
/// were left out.
[[nodiscard]] Rejected damage_of(const std::string& path, const base::ArchiveDamage& damage,
                                 std::uint64_t offset, std::uint64_t lost);

class StreamRows final : public RowSource {
 public:
  StreamRows(base::DecodedStream stream, std::string path, Format format, const CutLimits& limits)
      : stream_(std::move(stream)), path_(std::move(path)), format_(format), limits_(limits) {}

  bool fill(BlockMemory& block) override;
  [[nodiscard]] std::uint64_t consumed() const noexcept override { return stream_.consumed(); }

 private:
  void read_more(Buffer& buffer, std::span<char> space);
  std::size_t cut(BlockMemory& block) const;
  std::size_t cut_long(BlockMemory& block);
  void skip_long_row(BlockMemory& block);
  void finish(BlockMemory& block, std::size_t whole);
  bool take_columns(BlockMemory& block);

  base::DecodedStream stream_;
  std::string path_;
  Format format_;
  CutLimits limits_;
  std::string carried_;       // the unfinished row of the last block
  std::uint64_t offset_ = 0;  // of `carried_` in the decompressed input
  bool started_ = false;
  bool ended_ = false;
  bool damage_told_ = false;
  std::shared_ptr<const std::vector<std::string>> columns_;
};

}  // namespace wirecopy::read

/// Rows of .txt files: one file, one row.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "read/row_source.h"

namespace wirecopy::read {

class TextRows final : public RowSource {
 public:
  /// The files must outlive this. One is open at a time.
  TextRows(std::span<const TextFile> files, const CutLimits& limits)
      : files_(files), limits_(limits) {}

  bool fill(BlockMemory& block) override;
  [[nodiscard]] std::uint64_t consumed() const noexcept override { return consumed_; }

 private:
  void add_file(const TextFile& file, BlockMemory& block);

  std::span<const TextFile> files_;
  CutLimits limits_;
  std::uint64_t consumed_ = 0;
};

}  // namespace wirecopy::read

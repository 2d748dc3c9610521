/// The digest of rows, whatever their order: XXH3-128 (seed 0) over the XXH3-128 hashes of the rows
/// (the line without its newline), sorted as numbers, each as 16 bytes with the most significant
/// first. Written as 32 hexadecimal digits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace wirecopy::report {

/// Remembers 16 bytes a row.
class RowDigest {
 public:
  void add(std::string_view row) { hashes_.push_back(base::hash128_long(row)); }
  void add(const RowDigest& other);
  /// 32 hexadecimal digits. Sorts the hashes.
  [[nodiscard]] std::string hex();

 private:
  std::vector<base::Hash128> hashes_;
};

}  // namespace wirecopy::report

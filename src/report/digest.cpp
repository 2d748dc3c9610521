#include "report/digest.h"

#include <algorithm>

namespace wirecopy::report {
namespace {

void append_big_endian(std::string& bytes, std::uint64_t word) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift & 0xffU);
}

}  // namespace

void RowDigest::add(const RowDigest& other) {
  hashes_.insert(hashes_.end(), other.hashes_.begin(), other.hashes_.end());
}

std::string RowDigest::hex() {
  std::sort(hashes_.begin(), hashes_.end());
  std::string bytes;
  bytes.reserve(hashes_.size() * sizeof(base::Hash128));
  for (const base::Hash128& hash : hashes_) {
    append_big_endian(bytes, hash.high);
    append_big_endian(bytes, hash.low);
  }
  return base::hex(base::hash128(bytes));
}

}  // namespace wirecopy::report

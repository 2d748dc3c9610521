// Bits in a string, the lowest of a byte first.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace wirecopy::index {

// Appends to a string. `finish` fills the last byte with zeros.
class BitWriter {
 public:
  explicit BitWriter(std::string& into) : into_(into) {}

  // The lowest `count` bits, at most 32.
  void write(std::uint64_t bits, unsigned count) {
    held_ |= (bits & ((std::uint64_t{1} << count) - 1)) << count_;
    count_ += count;
    for (; count_ >= 8; count_ -= 8, held_ >>= 8U) into_ += static_cast<char>(held_ & 0xffU);
  }
  // As many zeros, then a one.
  void write_unary(std::uint64_t zeros) {
    for (; zeros >= 32; zeros -= 32) write(0, 32);
    write(std::uint64_t{1} << zeros, static_cast<unsigned>(zeros) + 1);
  }
  // Rice 1979: the quotient by 2^k in unary, then the rest.
  void write_rice(std::uint64_t value, unsigned k) {
    write_unary(value >> k);
    write(value, k);
  }
  // Elias 1975, gamma: of value ≥ 1 the number of bits in unary, then those below the first.
  void write_gamma(std::uint64_t value) {
    const auto below = static_cast<unsigned>(std::bit_width(value)) - 1;
    write_unary(below);
    write(value, below);
  }
  void finish() {
    if (count_ != 0) write(0, 8 - count_);
  }

 private:
  std::string& into_;
  std::uint64_t held_ = 0;
  unsigned count_ = 0;  // < 8 between calls
};

// Reads the same. Past the end it reads zeros, and `failed` says so.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  // At most 32.
  [[nodiscard]] std::uint32_t read(unsigned count) {
    if (count_ < count) refill();
    const auto bits = static_cast<std::uint32_t>(held_ & ((std::uint64_t{1} << count) - 1));
    drop(count);
    return bits;
  }
  // The zeros before the next one; more than `most`: it failed.
  [[nodiscard]] std::uint64_t read_unary(std::uint64_t most) {
    std::uint64_t zeros = 0;
    for (;;) {
      if (count_ < 32) refill();
      const auto here = static_cast<unsigned>(std::countr_zero(held_));
      if (here < count_) {
        drop(here + 1);
        zeros += here;
        if (zeros > most) failed_ = true;
        return failed_ ? 0 : zeros;
      }
      zeros += count_;
      if (count_ == 0 || zeros > most) {
        failed_ = true;
        return 0;
      }
      held_ = 0;
      count_ = 0;
    }
  }
  // `most`: of the value.
  [[nodiscard]] std::uint64_t read_rice(unsigned k, std::uint64_t most) {
    const std::uint64_t quotient = read_unary(most >> k);
    return quotient << k | read(k);
  }
  [[nodiscard]] std::uint64_t read_gamma() {
    const auto below = static_cast<unsigned>(read_unary(31));
    return std::uint64_t{1} << below | read(below);
  }
  void skip(std::uint64_t count) {
    if (count > count_) {
      count -= count_;
      held_ = 0;
      count_ = 0;
      const std::uint64_t bytes = count / 8;
      if (bytes > static_cast<std::uint64_t>(end_ - at_)) {
        failed_ = true;
        at_ = end_;
        return;
      }
      at_ += bytes;
      count %= 8;
      refill();
    }
    drop(static_cast<unsigned>(count));
  }

  [[nodiscard]] bool failed() const noexcept { return failed_; }
  // Whether nothing is left but fewer than 8 zeros.
  [[nodiscard]] bool at_end() const noexcept {
    return at_ == end_ && count_ < 8 && held_ == 0 && !failed_;
  }

 private:
  // Then 56 bits are held, unless there are no more.
  void refill() {
    if (end_ - at_ >= 8 && std::endian::native == std::endian::little) {
      std::uint64_t next = 0;
      std::memcpy(&next, at_, sizeof next);
      const unsigned bytes = (63 - count_) / 8;
      held_ |= (next & ((std::uint64_t{1} << (bytes * 8)) - 1)) << count_;
      at_ += bytes;
      count_ += bytes * 8;
      return;
    }
    for (; count_ <= 48 && at_ != end_; count_ += 8) {
      held_ |= std::uint64_t{static_cast<unsigned char>(*at_++)} << count_;
    }
  }
  void drop(unsigned count) {
    if (count > count_) {
      failed_ = true;
      held_ = 0;
      count_ = 0;
      return;
    }
    held_ >>= count;
    count_ -= count;
  }

  const char* at_;
  const char* end_;
  std::uint64_t held_ = 0;
  unsigned count_ = 0;
  bool failed_ = false;
};

}  // namespace wirecopy::index

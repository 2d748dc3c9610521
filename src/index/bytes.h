// Numbers in keys and values. Keys are big-endian, so that the order of bytes is that of numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy::index {

template <typename Number>
void append_big(std::string& to, Number number) {
  for (unsigned i = sizeof(Number); i-- > 0;) {
    to += static_cast<char>(std::uint64_t{number} >> (8 * i) & 0xffU);
  }
}
template <typename Number>
void append_little(std::string& to, Number number) {
  for (unsigned i = 0; i < sizeof(Number); ++i) {
    to += static_cast<char>(std::uint64_t{number} >> (8 * i) & 0xffU);
  }
}
// LEB128: seven bits a byte, the lowest first, the top bit says that more follow.
inline void append_varint(std::string& to, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) to += static_cast<char>((number & 0x7fU) | 0x80U);
  to += static_cast<char>(number);
}

// Takes numbers from the front of bytes. What is not there reads as 0, and `sound` is false from
// then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <typename Number>
  [[nodiscard]] Number big() {
    Number number = 0;
    for (const char each : take(sizeof(Number))) {
      number = static_cast<Number>(number << 8U | static_cast<unsigned char>(each));
    }
    return number;
  }
  template <typename Number>
  [[nodiscard]] Number little() {
    Number number = 0;
    unsigned shift = 0;
    for (const char each : take(sizeof(Number))) {
      number |= static_cast<Number>(static_cast<Number>(static_cast<unsigned char>(each)) << shift);
      shift += 8;
    }
    return number;
  }
  // Only as append_varint writes it, and at most `most`.
  [[nodiscard]] std::uint64_t varint(std::uint64_t most) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::string_view byte = take(1);
      if (byte.empty()) return 0;
      const auto bits = static_cast<std::uint64_t>(static_cast<unsigned char>(byte[0]));
      number |= (bits & 0x7fU) << shift;
      if (bits >= 0x80) continue;
      const bool shortest = bits != 0 || shift == 0;
      const bool fits = shift < 63 || bits <= 1;
      if (!shortest || !fits || number > most) sound_ = false;
      return sound_ ? number : 0;
    }
    sound_ = false;
    return 0;
  }
  [[nodiscard]] std::string_view take(std::uint64_t count) {
    if (count > rest_.size() || !sound_) {
      sound_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  [[nodiscard]] bool sound() const noexcept { return sound_; }
  // Whether all was taken, and was there.
  [[nodiscard]] bool done() const noexcept { return sound_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace wirecopy::index

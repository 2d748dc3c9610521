#include "base/utf8.h"

#include <cstring>

#include "base/avx512.h"

namespace wirecopy::base {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

std::uint64_t load_8(const char* at) noexcept {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

// Calls skip(bytes) for runs of ASCII and take(decoded, at) for what stands between them, until
// `take` returns false.
template <typename Skip, typename Take>
void walk(std::string_view bytes, Skip&& skip, Take&& take) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    if (static_cast<unsigned char>(*at) < 0x80) {
      const std::size_t ascii = ascii_prefix({at, static_cast<std::size_t>(end - at)});
      skip(std::string_view(at, ascii));
      at += ascii;
      continue;
    }
    const Decoded decoded = decode_utf8(at, end);
    if (!take(decoded, at)) return;
    at += decoded.length;
  }
}

#if WIRECOPY_HAS_AVX512
WIRECOPY_AVX512 std::size_t ascii_prefix_avx512(std::string_view bytes) noexcept {
  for (std::size_t at = 0; at < bytes.size(); at += 64) {
    const std::size_t left = bytes.size() - at;
    const std::uint64_t lanes = left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
    const std::uint64_t others =
        _mm512_movepi8_mask(_mm512_maskz_loadu_epi8(lanes, bytes.data() + at));
    if (others != 0) return at + static_cast<std::size_t>(std::countr_zero(others));
  }
  return bytes.size();
}
#endif

}  // namespace

std::size_t ascii_prefix(std::string_view bytes) noexcept {
#if WIRECOPY_HAS_AVX512
  if (kHasAvx512) return ascii_prefix_avx512(bytes);
#endif
  return ascii_prefix_portable(bytes);
}

std::size_t ascii_prefix_portable(std::string_view bytes) noexcept {
  const char* const begin = bytes.data();
  std::size_t at = 0;
  while (at + 32 <= bytes.size()) {
    const std::uint64_t any = load_8(begin + at) | load_8(begin + at + 8) |
                              load_8(begin + at + 16) | load_8(begin + at + 24);
    if ((any & kHighBits) != 0) break;
    at += 32;
  }
  while (at + 8 <= bytes.size() && (load_8(begin + at) & kHighBits) == 0) at += 8;
  while (at < bytes.size() && static_cast<unsigned char>(begin[at]) < 0x80) ++at;
  return at;
}

bool valid_utf8(std::string_view bytes) noexcept {
  bool valid = true;
  walk(
      bytes, [](std::string_view) {},
      [&](const Decoded& decoded, const char*) { return valid = decoded.well_formed; });
  return valid;
}

std::string repair_utf8(std::string_view bytes) {
  std::string repaired;
  repaired.reserve(bytes.size());
  walk(
      bytes, [&](std::string_view ascii) { repaired += ascii; },
      [&](const Decoded& decoded, const char* at) {
        if (decoded.well_formed) {
          repaired.append(at, decoded.length);
        } else {
          repaired += kReplacement;
        }
        return true;
      });
  return repaired;
}

std::uint64_t count_code_points(std::string_view utf8) noexcept {
  std::uint64_t count = 0;
  walk(
      utf8, [&](std::string_view ascii) { count += ascii.size(); },
      [&](const Decoded&, const char*) {
        ++count;
        return true;
      });
  return count;
}

std::size_t byte_of_code_point(std::string_view utf8, std::uint64_t number) noexcept {
  for (std::size_t byte = 0; byte < utf8.size(); ++byte) {
    if (begins_code_point(utf8[byte]) && number-- == 0) return byte;
  }
  return utf8.size();
}

}  // namespace wirecopy::base

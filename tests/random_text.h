// Random texts of many scripts for property tests, and where the shared data lies.
#pragma once

#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "oracle.h"

namespace wirecopy::test {

inline void append(char32_t code_point, std::string& to) {
  std::array<char, base::kMaxUtf8> bytes{};
  to.append(bytes.data(), base::write_utf8(code_point, bytes.data()));
}

inline std::string utf8(const std::u32string& text) {
  std::string bytes;
  for (const char32_t each : text) append(each, bytes);
  return bytes;
}

// As all of wirecopy counts: U+FFFD for each maximal subpart that is ill-formed.
inline std::u32string code_points(std::string_view bytes) {
  std::u32string text;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    const base::Decoded decoded = base::decode_utf8(at, end);
    text += decoded.code_point;
    at += decoded.length;
  }
  return text;
}

struct Alphabet {
  char32_t first;
  char32_t last;
};

// Scripts with and without case, spaces, joining and composing characters; what folds to nothing,
// to several characters, to other scripts; what Unicode has not assigned.
inline constexpr std::array kAlphabets = {
    Alphabet{'a', 'z'},           Alphabet{'A', 'Z'},         Alphabet{'0', '9'},
    Alphabet{' ', '~'},           Alphabet{0x00, 0x20},       Alphabet{0xa0, 0xff},
    Alphabet{0x100, 0x24f},       Alphabet{0x2b0, 0x2ff},     Alphabet{0x300, 0x36f},
    Alphabet{0x370, 0x3ff},       Alphabet{0x400, 0x45f},     Alphabet{0x5b0, 0x5ea},
    Alphabet{0x610, 0x669},       Alphabet{0x900, 0x96f},     Alphabet{0x9bc, 0x9df},
    Alphabet{0xe01, 0xe5b},       Alphabet{0xe81, 0xedf},     Alphabet{0x1000, 0x109f},
    Alphabet{0x1100, 0x11ff},     Alphabet{0x1780, 0x17e9},   Alphabet{0x1df5, 0x1dff},
    Alphabet{0x1e00, 0x1fff},     Alphabet{0x200b, 0x206f},   Alphabet{0x2010, 0x2027},
    Alphabet{0x2070, 0x218b},     Alphabet{0x2460, 0x24ff},   Alphabet{0x3005, 0x30ff},
    Alphabet{0x3099, 0x309a},     Alphabet{0x3105, 0x318e},   Alphabet{0x3300, 0x33ff},
    Alphabet{0x4e00, 0x4e80},     Alphabet{0xac00, 0xae00},   Alphabet{0xe000, 0xe010},
    Alphabet{0xf900, 0xfa10},     Alphabet{0xfb00, 0xfb4f},   Alphabet{0xfdf0, 0xfe0f},
    Alphabet{0xff00, 0xffef},     Alphabet{0xfff9, 0xffff},   Alphabet{0x1d165, 0x1d172},
    Alphabet{0x1d400, 0x1d7ff},   Alphabet{0x1f100, 0x1f64f}, Alphabet{0x20000, 0x20010},
    Alphabet{0x2f800, 0x2f810},   Alphabet{0xe0001, 0xe0080}, Alphabet{0xe0100, 0xe0110},
    Alphabet{0x10fff0, 0x10ffff},
};

// Runs of one alphabet each, mostly of plain letters and spaces when `plain`.
inline std::string random_text(oracle::Random& random, std::size_t runs, bool plain = false) {
  std::string text;
  for (std::size_t i = 0; i < runs; ++i) {
    const bool english = plain && oracle::below(random, 8) != 0;
    const std::size_t alphabet = oracle::below(random, english ? 3 : kAlphabets.size());
    const auto [first, last] = kAlphabets[alphabet];
    for (std::size_t length = 1 + oracle::below(random, 12); length > 0; --length) {
      append(first + static_cast<char32_t>(oracle::below(random, last - first + 1)), text);
    }
    if (oracle::below(random, 2) == 0) text += ' ';
  }
  return text;
}

// Any bytes, most of them of the kind that begins or goes on a sequence.
inline std::string random_bytes(oracle::Random& random, std::size_t count) {
  constexpr std::string_view kLikely =
      "aZ \x80\x8f\x90\x9f\xa0\xbf\xc0\xc2\xe0\xed\xef\xf0\xf4\xf5";
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += oracle::below(random, 8) == 0 ? static_cast<char>(oracle::below(random, 256))
                                           : kLikely[oracle::below(random, kLikely.size())];
  }
  return bytes;
}

// A file or folder of the evaluation data, if it is there: WIRECOPY_DATA, else ../shared/data
// beside the repository.
inline std::optional<std::string> shared_data(const std::string& name) {
  const char* const set = std::getenv("WIRECOPY_DATA");
  const std::filesystem::path data =
      set != nullptr ? std::filesystem::path(set)
                     : std::filesystem::path(__FILE__).parent_path() / "../../shared/data";
  if (!std::filesystem::exists(data / name)) return std::nullopt;
  return (data / name).string();
}

}  // namespace wirecopy::test

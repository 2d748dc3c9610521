#include <fmt/format.h>

#include <charconv>

#include "base/files.h"
#include "wirecopy/error.h"
#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

constexpr std::size_t kDigits = 16;  // of one 64-bit word

bool parse(std::string_view digits, std::uint64_t& word) {
  const char* const end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, word, 16);
  return error == std::errc{} && at == end;
}

}  // namespace

Key Key::from_file(const std::string& path) {
  const std::string contents = base::read_file(path);
  std::string_view digits = contents;
  if (digits.ends_with('\n')) digits.remove_suffix(1);
  if (digits.ends_with('\r')) digits.remove_suffix(1);

  std::array<std::uint64_t, 2> words{};
  if (digits.size() != 2 * kDigits || !parse(digits.substr(0, kDigits), words[0]) ||
      !parse(digits.substr(kDigits), words[1])) {
    throw Error(
        ErrorCode::usage,
        fmt::format("{} is no key file: it must hold 32 hexadecimal digits on one line", path));
  }
  return Key(words);
}

}  // namespace wirecopy

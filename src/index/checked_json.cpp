#include "index/checked_json.h"

#include <fmt/format.h>

#include <string_view>

#include "base/files.h"
#include "base/hash.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

constexpr std::string_view kBefore = ",\n  \"checksum\": \"";
constexpr std::string_view kAfter = "\"\n}\n";
constexpr std::size_t kHashDigits = 32;
constexpr std::size_t kTail = kBefore.size() + kHashDigits + kAfter.size();

std::string tail_of(std::string_view body) {
  return fmt::format("{}{}{}", kBefore, base::hex(base::hash128(body)), kAfter);
}

std::string read_whole(const std::string& path) {
  try {
    return base::read_file(path);
  } catch (const Error& error) {
    throw Error(ErrorCode::damaged, error.what());
  }
}

}  // namespace

std::string with_checksum(base::JsonWriter& json) {
  std::string text(json.text());
  text += tail_of(text);
  return text;
}

void read_checked(const std::string& path, base::JsonRowReader& into) {
  const std::string text = read_whole(path);
  const std::size_t body = text.size() < kTail ? 0 : text.size() - kTail;
  if (body == 0 || text.substr(body) != tail_of(std::string_view(text).substr(0, body))) {
    throw Error(
        ErrorCode::damaged,
        fmt::format("{} is damaged: it does not have the checksum that it ends with", path));
  }
  if (!into.parse(text)) {
    throw Error(ErrorCode::damaged, fmt::format("{} is no JSON object", path));
  }
}

}  // namespace wirecopy::index

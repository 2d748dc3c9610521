#include <fmt/format.h>

#include <array>
#include <string>

#include "wirecopy/error.h"
#include "wirecopy/repeats.h"

namespace wirecopy {
namespace {

constexpr std::array<std::string_view, kRepeatKindCount> kNames{
    "headline", "summary", "caption_exact", "caption_near",  "block",
    "trailer",  "phrase",  "structural",    "stock_caption", "boilerplate"};
constexpr std::string_view kNone = "none";

RepeatKind kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<RepeatKind>(i);
  }
  throw Error(ErrorCode::usage,
              fmt::format("'{}' is not one of the kinds of repeats {}; list those "
                          "you want with commas between them, or say none",
                          name, fmt::join(kNames, ", ")));
}

}  // namespace

std::string_view name_of(RepeatKind kind) noexcept {
  return kNames[static_cast<std::size_t>(kind)];
}

RepeatKinds::RepeatKinds(std::initializer_list<RepeatKind> kinds) {
  for (const RepeatKind kind : kinds) add(kind);
}

RepeatKinds RepeatKinds::parse(std::string_view list) {
  RepeatKinds kinds;
  if (list == kNone) return kinds;
  for (;;) {
    const std::size_t comma = list.find(',');
    kinds.add(kind_named(list.substr(0, comma)));
    if (comma == std::string_view::npos) return kinds;
    list.remove_prefix(comma + 1);
  }
}

std::string RepeatKinds::names() const {
  std::string names;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (!bits_[i]) continue;
    if (!names.empty()) names += ',';
    names += kNames[i];
  }
  return names.empty() ? std::string(kNone) : names;
}

}  // namespace wirecopy

#include <fmt/format.h>

#include "wirecopy/clean.h"
#include "wirecopy/error.h"

namespace wirecopy {

DropRule DropRule::parse(std::string_view list) {
  DropRule rule;
  rule.identical = rule.near_duplicate = false;
  if (list == "none") return rule;
  for (;;) {
    const std::size_t comma = list.find(',');
    const std::string_view name = list.substr(0, comma);
    if (name == "identical") {
      rule.identical = true;
    } else if (name == "near_duplicate") {
      rule.near_duplicate = true;
    } else if (name == "abridged") {
      rule.abridged = true;
    } else {
      throw Error(ErrorCode::usage,
                  fmt::format("'{}' is no verdict that drops, expected some of identical, "
                              "near_duplicate, abridged with commas between them, or none",
                              name));
    }
    if (comma == std::string_view::npos) return rule;
    list.remove_prefix(comma + 1);
  }
}

std::string DropRule::name() const {
  std::string name;
  const auto add = [&](bool is_in, std::string_view verdict) {
    if (!is_in) return;
    if (!name.empty()) name += ',';
    name += verdict;
  };
  add(identical, "identical");
  add(near_duplicate, "near_duplicate");
  add(abridged, "abridged");
  return name.empty() ? "none" : name;
}

}  // namespace wirecopy

#include "read/outlet.h"

#include <algorithm>

#include "read/text_cursor.h"

namespace wirecopy::read {
namespace {

constexpr std::string_view kWww = "www.";

std::string_view lower_text(std::string_view text, base::TextArena& arena) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c == lower(c); })) return text;
  std::transform(text.begin(), text.end(), arena.room(text.size()), lower);
  return arena.keep(text.size());
}

bool starts_with_www(std::string_view host) noexcept {
  return equal_ignoring_case(host.substr(0, kWww.size()), kWww) &&
         host.find('.', kWww.size()) != std::string_view::npos;
}

}  // namespace

std::string_view host_of(std::string_view url) noexcept {
  const std::size_t slashes = url.find("//");
  const bool absolute =
      slashes == 0 || (slashes != std::string_view::npos && slashes > 1 && url[slashes - 1] == ':');
  if (!absolute) return {};
  std::string_view host = url.substr(slashes + 2);
  host = host.substr(0, host.find_first_of("/?#\\ "));
  host = host.substr(host.rfind('@') + 1);
  const bool bracketed = host.starts_with('[');  // an IPv6 address
  host = host.substr(0, bracketed ? host.find(']') + 1 : host.find(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  if (starts_with_www(host)) host.remove_prefix(kWww.size());
  return host;
}

Outlets::Outlets(const std::vector<std::pair<std::string, std::string>>& aliases)
    : aliases_(aliases.begin(), aliases.end()) {}

std::string_view Outlets::name(std::string_view given, std::string_view url,
                               base::TextArena& arena) const {
  const std::string_view name = given.empty() ? lower_text(host_of(url), arena) : given;
  if (aliases_.empty() || name.empty()) return name;
  const auto alias = aliases_.find(name);
  return alias == aliases_.end() ? name : arena.copy(alias->second);
}

}  // namespace wirecopy::read

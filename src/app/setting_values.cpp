// Values of settings: read, checked and given back.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/settings.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

const Setting& find(std::string_view name) {
  const std::span<const Setting> all = all_settings();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Setting& setting) { return setting.name == name; });
  if (found == all.end()) {
    throw Error(ErrorCode::usage, fmt::format("there is no setting '{}'", name));
  }
  return *found;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  constexpr std::string_view kUnits = "KMGT";
  std::uint64_t unit = 1;
  if (!text.empty()) {
    const std::size_t place = kUnits.find(text.back());
    if (place != std::string_view::npos) {
      unit = std::uint64_t{1} << (10U * (place + 1));
      text.remove_suffix(1);
    }
  }
  const std::optional<std::uint64_t> value = parse_count(text);
  if (!value || *value > std::uint64_t{1} << 20U << 20U) return std::nullopt;
  return *value * unit;
}

// What a value of this setting looks like, for error messages.
std::string expectation(const Setting& setting) {
  switch (setting.kind) {
    case SettingKind::count:
      return fmt::format("a whole number from {:.0f} to {:.0f}", setting.min, setting.max);
    case SettingKind::share:
      return fmt::format("a number from {} to {}", setting.min, setting.max);
    case SettingKind::size:
      return "a size such as 512M or 4G, at least 256M";
    default:
      return "a text";
  }
}

bool in_range(const Setting& setting, std::optional<double> value) {
  return value && *value >= setting.min && *value <= setting.max;
}

bool acceptable(const Setting& setting, std::string_view text) {
  const auto as_double = [](std::optional<std::uint64_t> value) {
    return value ? std::optional<double>(static_cast<double>(*value)) : std::nullopt;
  };
  switch (setting.kind) {
    case SettingKind::count:
      return in_range(setting, as_double(parse_count(text)));
    case SettingKind::share:
      return in_range(setting, parse_number(text));
    case SettingKind::size:
      return in_range(setting, as_double(parse_size(text)));
    default:
      return true;
  }
}

}  // namespace

std::vector<std::string> split_at_commas(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

void Settings::set(std::string_view name, std::string_view text) {
  const Setting& setting = find(name);
  if (!acceptable(setting, text)) {
    throw Error(ErrorCode::usage,
                fmt::format("--{} is '{}', expected {}", name, text, expectation(setting)));
  }
  std::vector<std::string>& values = values_[std::string(name)];
  if (setting.kind != SettingKind::list) values.clear();
  values.emplace_back(text);
}

bool Settings::given(std::string_view name) const noexcept { return values_.contains(name); }

std::string Settings::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(find(name).fallback) : found->second.back();
}

std::uint64_t Settings::count(std::string_view name) const { return *parse_count(text(name)); }
double Settings::share(std::string_view name) const { return *parse_number(text(name)); }
std::uint64_t Settings::size(std::string_view name) const { return *parse_size(text(name)); }

std::vector<std::string> Settings::list(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace wirecopy::app

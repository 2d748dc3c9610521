#include "generate/times.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>

namespace wirecopy::generation {
namespace {

std::chrono::year_month_day day_of(std::int64_t time) {
  const std::chrono::sys_seconds seconds{std::chrono::seconds(time)};
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(seconds));
}

std::string joined(std::chrono::year_month_day day, char separator) {
  return fmt::format("{1:04}{0}{2:02}{0}{3:02}", separator, static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace

std::string timestamp(std::int64_t time, std::int32_t zone_hours) {
  const std::int64_t local = time + std::int64_t{zone_hours} * 3600;
  const std::int64_t second = local % 86'400;  // times lie after 1970
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", joined(day_of(local), '-'), second / 3600,
                                 second / 60 % 60, second % 60);
  if (zone_hours == 0) return text + "Z";
  return text + fmt::format("{}{:02}:00", zone_hours < 0 ? '-' : '+', std::abs(zone_hours));
}

std::string date_only(std::int64_t time) { return joined(day_of(time), '-'); }

std::string date_path(std::int64_t time) { return joined(day_of(time), '/'); }

std::string month_and_day(std::int64_t time) {
  const std::chrono::year_month_day day = day_of(time);
  return fmt::format("{} {}", month_name(static_cast<unsigned>(day.month())),
                     static_cast<unsigned>(day.day()));
}

std::string_view month_name(unsigned month) {
  constexpr auto kMonths = std::to_array<std::string_view>(
      {"January", "February", "March", "April", "May", "June", "July", "August", "September",
       "October", "November", "December"});
  return kMonths.at(month - 1);
}

}  // namespace wirecopy::generation

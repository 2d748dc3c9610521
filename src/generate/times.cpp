#include "generate/times.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>

namespace wirecopy::generation {
namespace {

constexpr std::uint64_t kDay = 86'400;
// A copy appears 2^2 … 2^13 minutes after its parent.
constexpr std::uint64_t kShortestLag = 2;
constexpr std::uint64_t kLongestLag = 12;

std::chrono::year_month_day day_of(std::int64_t time) {
  const std::chrono::sys_seconds seconds{std::chrono::seconds(time)};
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(seconds));
}

std::string joined(std::chrono::year_month_day day, char separator) {
  return fmt::format("{1:04}{0}{2:02}{0}{3:02}", separator, static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace

std::int64_t draw_time(std::uint32_t days, Random& random) {
  return kFirstDay + static_cast<std::int64_t>(random.below(days * kDay));
}

// Every doubling of the lag is as likely as the next one.
std::int64_t draw_lag(Random& random) {
  const std::uint64_t octave = random.between(kShortestLag, kLongestLag);
  const std::uint64_t shortest = (std::uint64_t{1} << octave) * 60;
  return static_cast<std::int64_t>(shortest + random.below(shortest));
}

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

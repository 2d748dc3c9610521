/// Times of publication as outlets write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "generate/random.h"

namespace wirecopy::generation {

/// 2024-01-01T00:00:00Z: generated corpora begin here.
inline constexpr std::int64_t kFirstDay = 1'704'067'200;

/// Within so many days.
[[nodiscard]] std::int64_t draw_time(std::uint32_t days, Random& random);
/// From an article to its copy, in seconds: 4 minutes to 5.7 days.
[[nodiscard]] std::int64_t draw_lag(Random& random);

/// "2024-01-03T10:22:05Z", or in another zone "2024-01-03T11:22:05+01:00".
[[nodiscard]] std::string timestamp(std::int64_t time, std::int32_t zone_hours);
/// "2024-01-03", the day in UTC.
[[nodiscard]] std::string date_only(std::int64_t time);
/// "January 3".
[[nodiscard]] std::string month_and_day(std::int64_t time);
/// "2024/01/03", as in addresses.
[[nodiscard]] std::string date_path(std::int64_t time);
/// month in 1 … 12.
[[nodiscard]] std::string_view month_name(unsigned month);

}  // namespace wirecopy::generation

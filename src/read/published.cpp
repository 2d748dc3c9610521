// Reads the dates that articles come with. By hand, because the C library reads by locale and
// accepts too much, and C++20's parser is not in this compiler.
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "read/text_cursor.h"
#include "wirecopy/read.h"

namespace wirecopy {
namespace {

using read::equal_ignoring_case;
using read::is_digit;
using read::is_letter;
using read::TextCursor;

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kFirstSecond = -30'610'224'000;  // 1000-01-01T00:00:00Z
constexpr std::int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
// Whole numbers from here on are milliseconds: as seconds they would lie after the year 5138, as
// milliseconds they begin in March 1973.
constexpr std::int64_t kFirstMilliseconds = 100'000'000'000;
constexpr std::size_t kLeastEpochDigits = 7;

// Seconds since 1970 at the start of a day; nothing if there is no such day.
std::optional<std::int64_t> day_start(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

std::optional<TimeInterval> in_range(TimeInterval interval) {
  if (interval.latest < kFirstSecond || interval.earliest > kLastSecond) return std::nullopt;
  return interval;
}

// `local` starts a span of `length` seconds on a clock that is `zone` seconds ahead of UTC, or in a
// zone that is not known.
TimeInterval span_of(std::int64_t local, std::int64_t length, std::optional<std::int64_t> zone) {
  const std::int64_t last = local + length - 1;
  if (zone) return {local - *zone, last - *zone};
  return {local - 14 * kHour, last + 12 * kHour};
}

struct NamedZone {
  std::string_view name;
  int hours;
};
// RFC 2822, section 4.3. Military letters other than Z were used with both signs: they are no
// zones.
constexpr std::array<NamedZone, 12> kNamedZones{{{"Z", 0},
                                                 {"UT", 0},
                                                 {"GMT", 0},
                                                 {"UTC", 0},
                                                 {"EST", -5},
                                                 {"EDT", -4},
                                                 {"CST", -6},
                                                 {"CDT", -5},
                                                 {"MST", -7},
                                                 {"MDT", -6},
                                                 {"PST", -8},
                                                 {"PDT", -7}}};

// Z, GMT, …, ±hh, ±hhmm or ±hh:mm, in seconds east of UTC.
std::optional<std::int64_t> read_zone(TextCursor& cursor) {
  if (is_letter(cursor.peek())) {
    const std::string_view name = cursor.run_of(is_letter);
    for (const NamedZone& zone : kNamedZones) {
      if (equal_ignoring_case(name, zone.name)) return zone.hours * kHour;
    }
    return std::nullopt;
  }
  const bool west = cursor.peek() == '-';
  if (!cursor.skip('+') && !cursor.skip('-')) return std::nullopt;
  const std::optional<int> hours = cursor.number(2);
  if (!hours || *hours > 23) return std::nullopt;
  const bool colon = cursor.skip(':');
  std::optional<int> minutes = 0;
  if (colon || is_digit(cursor.peek())) minutes = cursor.number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::int64_t offset = *hours * kHour + *minutes * kMinute;
  return west ? -offset : offset;
}

struct ClockTime {
  std::int64_t seconds = 0;  // since midnight
  std::int64_t length = 1;   // of what is left open
};

std::optional<ClockTime> clock_time(int hour, int minute, int second, std::int64_t length) {
  const bool midnight_at_end = hour == 24 && minute == 0 && second == 0;
  // A leap second counts as the second after it.
  if ((hour > 23 && !midnight_at_end) || minute > 59 || second > 60) return std::nullopt;
  return ClockTime{hour * kHour + minute * kMinute + second, length};
}

// hh, hh:mm, hh:mm:ss or hh:mm:ss.fff; without colons where `colons` is false.
std::optional<ClockTime> read_clock(TextCursor& cursor, bool colons) {
  const std::optional<int> hour = cursor.number(2);
  if (!hour) return std::nullopt;
  if (colons ? !cursor.skip(':') : !is_digit(cursor.peek())) {
    return clock_time(*hour, 0, 0, kHour);
  }
  const std::optional<int> minute = cursor.number(2);
  if (!minute) return std::nullopt;
  if (colons ? !cursor.skip(':') : !is_digit(cursor.peek())) {
    return clock_time(*hour, *minute, 0, kMinute);
  }
  const std::optional<int> second = cursor.number(2);
  if (!second) return std::nullopt;
  if (cursor.skip('.') || cursor.skip(',')) {
    if (cursor.run_of(is_digit).empty()) return std::nullopt;
  }
  return clock_time(*hour, *minute, *second, 1);
}

// The span from one day, month or year to the next, local time.
struct DateSpan {
  std::int64_t start = 0;
  std::int64_t length = 0;
  bool is_day = false;
  bool dashes = false;
};

std::optional<DateSpan> span_until(int year, int month, int day, int next_year, int next_month,
                                   int next_day) {
  const auto start = day_start(year, month, day);
  const auto end = day_start(next_year, next_month, next_day);
  if (!start || !end) return std::nullopt;
  return DateSpan{*start, *end - *start, false, true};
}

// yyyy, yyyy-mm, yyyy-mm-dd or yyyymmdd.
std::optional<DateSpan> read_date(TextCursor& cursor) {
  const std::optional<int> year = cursor.number(4);
  if (!year) return std::nullopt;
  if (cursor.done()) return span_until(*year, 1, 1, *year + 1, 1, 1);
  const bool dashes = cursor.skip('-');
  const std::optional<int> month = cursor.number(2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (cursor.done() && dashes) {
    return span_until(*year, *month, 1, *month == 12 ? *year + 1 : *year, *month % 12 + 1, 1);
  }
  if (dashes && !cursor.skip('-')) return std::nullopt;
  const std::optional<int> day = cursor.number(2);
  if (!day) return std::nullopt;
  const std::optional<std::int64_t> start = day_start(*year, *month, *day);
  if (!start) return std::nullopt;
  return DateSpan{*start, kDay, true, dashes};
}

std::optional<TimeInterval> read_iso(std::string_view text) {
  TextCursor cursor(text);
  std::optional<DateSpan> date = read_date(cursor);
  if (!date) return std::nullopt;
  if (cursor.done()) return span_of(date->start, date->length, std::nullopt);
  if (!date->is_day) return std::nullopt;
  if (cursor.skip('T') || cursor.skip('t') || cursor.skip(' ')) {
    const std::optional<ClockTime> clock = read_clock(cursor, date->dashes);
    if (!clock) return std::nullopt;
    date->start += clock->seconds;
    date->length = clock->length;
  }
  cursor.skip(' ');
  if (cursor.done()) return span_of(date->start, date->length, std::nullopt);
  const std::optional<std::int64_t> zone = read_zone(cursor);
  if (!zone || !cursor.done()) return std::nullopt;
  return span_of(date->start, date->length, zone);
}

std::optional<int> read_month(TextCursor& cursor) {
  constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string_view name = cursor.run_of(is_letter);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (equal_ignoring_case(name, kMonths[i])) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

// Years of two or three digits by RFC 2822, section 4.3.
std::optional<int> read_year(TextCursor& cursor) {
  const std::string_view digits = cursor.run_of(is_digit);
  if (digits.size() < 2 || digits.size() > 4) return std::nullopt;
  int year = 0;
  for (const char c : digits) year = year * 10 + (c - '0');
  if (digits.size() == 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.size() == 3 ? 1900 + year : year;
}

// "Mon, 02 Jan 2006 15:04:05 -0700", weekday, seconds and zone optional.
std::optional<TimeInterval> read_rfc2822(std::string_view text) {
  TextCursor cursor(text);
  if (is_letter(cursor.peek())) {
    if (cursor.run_of(is_letter).size() != 3) return std::nullopt;
    cursor.skip_spaces();
    if (!cursor.skip(',')) return std::nullopt;
    cursor.skip_spaces();
  }
  const std::string_view day = cursor.run_of(is_digit);
  if (day.empty() || day.size() > 2) return std::nullopt;
  cursor.skip_spaces();
  const std::optional<int> month = read_month(cursor);
  cursor.skip_spaces();
  const std::optional<int> year = month ? read_year(cursor) : std::nullopt;
  if (!year) return std::nullopt;
  const int day_number = day.size() == 1 ? day[0] - '0' : (day[0] - '0') * 10 + (day[1] - '0');
  const std::optional<std::int64_t> start = day_start(*year, *month, day_number);
  if (!start) return std::nullopt;
  cursor.skip_spaces();
  if (cursor.done()) return span_of(*start, kDay, std::nullopt);
  const std::optional<ClockTime> clock = read_clock(cursor, true);
  if (!clock || clock->length == kHour) return std::nullopt;
  cursor.skip_spaces();
  if (cursor.done()) return span_of(*start + clock->seconds, clock->length, std::nullopt);
  const std::optional<std::int64_t> zone = read_zone(cursor);
  cursor.skip_spaces();
  if (!zone || !cursor.done()) return std::nullopt;
  return span_of(*start + clock->seconds, clock->length, zone);
}

// A count of seconds, with or without decimals, or of milliseconds.
std::optional<TimeInterval> read_epoch(std::string_view text) {
  TextCursor cursor(text);
  const bool negative = cursor.skip('-');
  const std::string_view digits = cursor.run_of(is_digit);
  const bool fraction = cursor.skip('.') && !cursor.run_of(is_digit).empty();
  constexpr std::size_t kMostDigits = 17;
  if (digits.size() < kLeastEpochDigits || digits.size() > kMostDigits || !cursor.done()) {
    return std::nullopt;
  }
  if (text.back() == '.') return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  if (negative) value = -value - (fraction ? 1 : 0);
  const bool milliseconds = value >= kFirstMilliseconds || value <= -kFirstMilliseconds;
  if (milliseconds) value = (value - (value < 0 ? 999 : 0)) / 1000;
  return TimeInterval{value, value};
}

}  // namespace

std::optional<TimeInterval> parse_published(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  std::optional<TimeInterval> interval = read_iso(text);
  if (!interval) interval = read_rfc2822(text);
  if (!interval) interval = read_epoch(text);
  return interval ? in_range(*interval) : std::nullopt;
}

}  // namespace wirecopy

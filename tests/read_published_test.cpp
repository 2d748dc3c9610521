// Dates as articles come with them.
#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "wirecopy/read.h"

namespace wirecopy {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

std::int64_t at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0,
                int second = 0) {
  using namespace std::chrono;
  const sys_days days{std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)};
  return days.time_since_epoch().count() * kDay + hour * kHour + minute * 60 + second;
}

std::optional<TimeInterval> instant(std::int64_t second) { return TimeInterval{second, second}; }

// What a clock without a zone may mean: from UTC+14 to UTC-12.
std::optional<TimeInterval> anywhere(std::int64_t first, std::int64_t last) {
  return TimeInterval{first - 14 * kHour, last + 12 * kHour};
}

using Case = std::pair<std::string, std::optional<TimeInterval>>;

void check_all(const std::vector<Case>& cases) {
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(parse_published(text) == expected);
  }
}

TEST_CASE("ISO 8601 instants are read with any zone and precision") {
  check_all({
      {"2020-02-29T12:34:56Z", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-02-29t12:34:56z", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-02-29 12:34:56+00:00", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-02-29 12:34:56 UTC", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-02-29T12:34:56.789Z", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-02-29T12:34:56,7Z", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-02-29T12:34:56+02:00", instant(at(2020, 2, 29, 10, 34, 56))},
      {"2020-02-29T12:34:56-0330", instant(at(2020, 2, 29, 16, 4, 56))},
      {"2020-02-29T12:34:56+14", instant(at(2020, 2, 28, 22, 34, 56))},
      {"20200229T123456Z", instant(at(2020, 2, 29, 12, 34, 56))},
      {"2020-12-31T23:59:60Z", instant(at(2021, 1, 1))},
      {"2020-12-31T24:00:00Z", instant(at(2021, 1, 1))},
      {" \t2020-02-29T12:34:56Z\n", instant(at(2020, 2, 29, 12, 34, 56))},
      {"1000-01-01T00:00:00Z", instant(at(1000, 1, 1))},
      {"9999-12-31T23:59:59Z", instant(at(9999, 12, 31, 23, 59, 59))},
  });
}

TEST_CASE("what an ISO 8601 date leaves open is an interval") {
  check_all({
      {"2019", anywhere(at(2019, 1, 1), at(2020, 1, 1) - 1)},
      {"2020-02", anywhere(at(2020, 2, 1), at(2020, 3, 1) - 1)},
      {"2020-12", anywhere(at(2020, 12, 1), at(2021, 1, 1) - 1)},
      {"2020-02-29", anywhere(at(2020, 2, 29), at(2020, 3, 1) - 1)},
      {"20200229", anywhere(at(2020, 2, 29), at(2020, 3, 1) - 1)},
      {"2020-02-29Z", TimeInterval{at(2020, 2, 29), at(2020, 3, 1) - 1}},
      {"2020-02-29T12", anywhere(at(2020, 2, 29, 12), at(2020, 2, 29, 13) - 1)},
      {"2020-02-29T12:34", anywhere(at(2020, 2, 29, 12, 34), at(2020, 2, 29, 12, 35) - 1)},
      {"2020-02-29T12:34Z", TimeInterval{at(2020, 2, 29, 12, 34), at(2020, 2, 29, 12, 35) - 1}},
      {"2020-02-29 12:34:56", anywhere(at(2020, 2, 29, 12, 34, 56), at(2020, 2, 29, 12, 34, 56))},
  });
}

TEST_CASE("RFC 2822 dates are read, with their obsolete zones") {
  check_all({
      {"Sat, 29 Feb 2020 12:34:56 +0000", instant(at(2020, 2, 29, 12, 34, 56))},
      {"Sat, 29 Feb 2020 12:34:56 GMT", instant(at(2020, 2, 29, 12, 34, 56))},
      {"sat, 29 FEB 2020 12:34:56 est", instant(at(2020, 2, 29, 17, 34, 56))},
      {"29 Feb 2020 12:34:56 -0700 (MST)", instant(at(2020, 2, 29, 19, 34, 56))},
      {"1 Mar 2020 12:34 PDT", TimeInterval{at(2020, 3, 1, 19, 34), at(2020, 3, 1, 19, 35) - 1}},
      {"Fri, 21 Nov 97 09:55:06 -0600", instant(at(1997, 11, 21, 15, 55, 6))},
      {"Fri, 21 Nov 03 09:55:06 -0600", instant(at(2003, 11, 21, 15, 55, 6))},
      {"Sat, 29 Feb 2020 12:34:56",
       anywhere(at(2020, 2, 29, 12, 34, 56), at(2020, 2, 29, 12, 34, 56))},
      {"29 Feb 2020", anywhere(at(2020, 2, 29), at(2020, 3, 1) - 1)},
  });
}

TEST_CASE("epochs are read in seconds and in milliseconds") {
  check_all({
      {"1582979696", instant(1582979696)},
      {"1582979696.25", instant(1582979696)},
      {"1582979696123", instant(1582979696)},
      {"99999999999", instant(99999999999)},
      {"100000000000", instant(100000000)},
      {"-86400000", instant(-86400000)},
      {"-300000000001", instant(-300000001)},
      {"1234567", instant(1234567)},
      {"20201399", instant(20201399)},
  });
}

TEST_CASE("what is no date is unreadable") {
  for (const char* text : {"",
                           " ",
                           "None",
                           "null",
                           "yesterday",
                           "0",
                           "-1",
                           "123456",
                           "2021-02-29",
                           "1900-02-29",
                           "2020-04-31",
                           "2020-13-01",
                           "2020-00-10",
                           "2020-01-00",
                           "20200230x",
                           "2020-1-2",
                           "2020/01/02",
                           "2020-02-29T25:00:00Z",
                           "2020-02-29T24:00:01Z",
                           "2020-02-29T12:60:00Z",
                           "2020-02-29T12:34:61Z",
                           "2020-02-29T12:34:56.Z",
                           "2020-02-29T12:34:56+2",
                           "2020-02-29T12:34:56+24:00",
                           "2020-02-29T12:34:56 XYZ",
                           "2020-02-29T12:34:56Zx",
                           "2020-02-29T",
                           "2020-02T12:00Z",
                           "02020-02-29",
                           "0999-12-31T00:00:00Z",
                           "0000",
                           "Sat, 30 Feb 2020 12:34:56 GMT",
                           "Sat, 29 Fev 2020 12:34:56 GMT",
                           "Sat 29 Feb 2020",
                           "Sat, 29 Feb 2020 12 GMT",
                           "29 Feb 12345",
                           "253402300800000",
                           "1e9",
                           "1582979696.",
                           "--1582979696",
                           "99999999999999999999999",
                           "Sat, 29 Feb 2020 12:34:56 ("}) {
    CAPTURE(text);
    CHECK_FALSE(parse_published(text));
  }
  CHECK(parse_published("2000-02-29"));
}

TEST_CASE("every day from 1000 to 9999 reads back") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t second =
        at(1000, 1, 1) +
        static_cast<std::int64_t>(random() %
                                  static_cast<std::uint64_t>(at(9999, 12, 31) - at(1000, 1, 1)));
    const std::chrono::sys_seconds time{std::chrono::seconds(second)};
    const auto days = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{days};
    const std::chrono::hh_mm_ss clock{time - days};
    char text[40];
    std::snprintf(
        text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02dZ", int(date.year()),
        unsigned(date.month()), unsigned(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    CAPTURE(text);
    REQUIRE(parse_published(text) == instant(second));
  }
}

TEST_CASE("no text is too strange to be looked at") {
  std::mt19937 random(13);
  const std::string alphabet("0123456789-+:.,TZz ()JanFebGMT\xFF", 32);
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::size_t length = random() % 30; length > 0; --length) {
      text += alphabet[random() % alphabet.size()];
    }
    const std::optional<TimeInterval> interval = parse_published(text);
    if (interval) REQUIRE(interval->earliest <= interval->latest);
  }
}

}  // namespace
}  // namespace wirecopy

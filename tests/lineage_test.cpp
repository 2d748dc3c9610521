#include "wirecopy/lineage.h"

#include <random>

#include "catch.h"

namespace {

using wirecopy::Earlier;
using wirecopy::Lag;
using wirecopy::order_in_time;
using wirecopy::TimeInterval;
using wirecopy::TimeOrder;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

TEST_CASE("an article dated the day before came earlier, by a second up to two days") {
  const TimeInterval monday{0, kDay - 1};
  const TimeInterval tuesday{kDay, 2 * kDay - 1};
  const TimeOrder order = order_in_time(monday, tuesday);
  CHECK(order.earlier == Earlier::a);
  CHECK(order.lag == Lag{1, 2 * kDay - 1});
}

TEST_CASE("two exact times give an exact lag") {
  const TimeOrder order = order_in_time(TimeInterval{500, 500}, TimeInterval{200, 200});
  CHECK(order.earlier == Earlier::b);
  CHECK(order.lag == Lag{300, 300});
}

TEST_CASE("no order is claimed where times overlap, touch or are missing") {
  const TimeInterval day{0, kDay - 1};
  const TimeInterval noon{12 * kHour, 12 * kHour};
  const TimeInterval last_second{kDay - 1, kDay - 1};
  for (const auto& other : {std::optional(day), std::optional(noon), std::optional(last_second),
                            std::optional<TimeInterval>()}) {
    for (const TimeOrder& order : {order_in_time(day, other), order_in_time(other, day)}) {
      CHECK(order.earlier == Earlier::unknown);
      CHECK_FALSE(order.lag.has_value());
    }
  }
  CHECK_FALSE(order_in_time(std::nullopt, std::nullopt).lag.has_value());
}

// Every pair of instants from the two intervals must agree with what is claimed.
TEST_CASE("the claimed order and lag hold for every instant inside the intervals") {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> start(-12, 12);
  std::uniform_int_distribution<std::int64_t> length(0, 6);
  for (int round = 0; round < 2000; ++round) {
    const std::int64_t a_begin = start(random);
    const std::int64_t b_begin = start(random);
    const TimeInterval a{a_begin, a_begin + length(random)};
    const TimeInterval b{b_begin, b_begin + length(random)};
    const TimeOrder order = order_in_time(a, b);

    std::int64_t least = 100;  // of b − a
    std::int64_t most = -100;
    for (std::int64_t x = a.earliest; x <= a.latest; ++x) {
      for (std::int64_t y = b.earliest; y <= b.latest; ++y) {
        least = std::min(least, y - x);
        most = std::max(most, y - x);
      }
    }
    if (least > 0) {
      CHECK(order.earlier == Earlier::a);
      CHECK(order.lag == Lag{least, most});
    } else if (most < 0) {
      CHECK(order.earlier == Earlier::b);
      CHECK(order.lag == Lag{-most, -least});
    } else {
      CHECK(order.earlier == Earlier::unknown);
      CHECK_FALSE(order.lag.has_value());
    }
  }
}

TEST_CASE("the three answers have the names that the files use") {
  CHECK(name_of(Earlier::a) == "a");
  CHECK(name_of(Earlier::b) == "b");
  CHECK(name_of(Earlier::unknown) == "unknown");
}

}  // namespace

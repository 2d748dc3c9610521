#include <algorithm>
#include <numeric>
#include <string>

#include "catch.h"
#include "oracle.h"
#include "wirecopy/lineage.h"

namespace {

using wirecopy::Coverage;
using wirecopy::Credits;
using wirecopy::Descent;
using wirecopy::Lineage;
using wirecopy::LineageLink;
using wirecopy::LineageMember;
using wirecopy::Role;
using wirecopy::TimeInterval;
using wirecopy::TitleChange;
using wirecopy::trace_lineage;

constexpr std::int64_t kHour = 3600;

TimeInterval at(std::int64_t time) { return {time, time}; }

LineageMember member(std::string_view id, std::optional<TimeInterval> published) {
  LineageMember made;
  made.id = id;
  made.published = published;
  return made;
}

// `percent` of each side is covered by the other.
LineageLink link(std::uint32_t a, std::uint32_t b, std::uint64_t percent_a,
                 std::uint64_t percent_b) {
  return {a, b, Coverage{percent_a, 100}, Coverage{percent_b, 100}, 0, 0};
}

TEST_CASE("the earlier member that covers a copy best is its parent") {
  const std::vector<LineageMember> members = {member("wire", at(0)), member("cut", at(kHour)),
                                              member("again", at(2 * kHour))};
  // `again` has sentences that stand in `cut` and not in `wire`.
  const Lineage lineage = trace_lineage(
      members, std::vector{link(0, 1, 60, 70), link(0, 2, 50, 65), link(1, 2, 90, 99)});
  CHECK(lineage.first == 0);
  CHECK(lineage.members[0].role == Role::first);
  CHECK_FALSE(lineage.members[0].parent);
  CHECK(lineage.members[1].parent == 0U);
  CHECK(lineage.members[2].parent == 1U);
  CHECK(lineage.members[2].link == 2U);
  CHECK(lineage.members[2].lag == wirecopy::Lag{kHour, kHour});
  CHECK(lineage.members[2].role == Role::copy);
}

LineageLink equal(std::uint32_t a, std::uint32_t b) {
  return {a, b, Coverage{1, 1}, Coverage{1, 1}, 0, 0, true};
}

TEST_CASE("the earliest of equal texts is the first, whichever of them stands for the others") {
  // Only `day` was compared with the rest; `wire` is its equal, and was there before all.
  const std::vector<LineageMember> members = {
      member("day", TimeInterval{0, 24 * kHour}), member("wire", at(kHour)),
      member("cut", at(2 * kHour)), member("late", at(30 * kHour)),
      member("later", at(31 * kHour))};
  const Lineage lineage = trace_lineage(
      members, std::vector{equal(0, 1), link(0, 2, 60, 99), link(0, 3, 90, 90), link(3, 4, 50, 50),
                           link(0, 4, 80, 95), link(2, 3, 70, 50)});
  CHECK(lineage.first == 1);
  CHECK(lineage.members[0].parent == 1U);
  CHECK(lineage.members[2].parent == 1U);
  CHECK(lineage.members[2].link == 1U);
  CHECK(lineage.members[4].parent == 1U);
}

TEST_CASE("who says when is first before somebody who gave hardly more and does not say") {
  const std::vector<LineageMember> members = {member("undated", std::nullopt),
                                              member("wire", at(0)), member("copy", at(kHour)),
                                              member("other", at(2 * kHour))};
  const Lineage lineage = trace_lineage(
      members, std::vector{link(0, 1, 95, 97), link(0, 2, 90, 92), link(0, 3, 90, 92),
                           link(1, 2, 90, 90), link(1, 3, 90, 90), link(2, 3, 80, 80)});
  CHECK(lineage.first == 1);
  CHECK(lineage.members[0].parent == 1U);
}

TEST_CASE("between parents that cover nearly as much the earlier one is taken") {
  const std::vector<LineageMember> members = {member("wire", at(0)), member("copy", at(kHour)),
                                              member("other", at(2 * kHour))};
  const Lineage lineage = trace_lineage(
      members, std::vector{link(0, 1, 90, 90), link(0, 2, 90, 90), link(1, 2, 92, 92)});
  CHECK(lineage.members[2].parent == 0U);
}

TEST_CASE("changed words that two copies share speak for the copy") {
  const std::vector<LineageMember> members = {member("wire", at(0)), member("copy", at(kHour)),
                                              member("other", at(2 * kHour))};
  std::vector<LineageLink> links = {link(0, 1, 90, 90), link(0, 2, 90, 90), link(1, 2, 90, 90)};
  links[1].columns = links[2].columns = 1000;
  links[1].equal_columns = 900;
  links[2].equal_columns = 1000;
  CHECK(trace_lineage(members, links).members[2].parent == 1U);
}

TEST_CASE("no certainly later member is a parent, however well it covers") {
  const std::vector<LineageMember> members = {member("late", at(2 * kHour)), member("wire", at(0)),
                                              member("copy", at(kHour))};
  const Lineage lineage = trace_lineage(
      members, std::vector{link(0, 2, 99, 99), link(1, 2, 20, 20), link(0, 1, 90, 90)});
  CHECK(lineage.first == 1);
  CHECK(lineage.members[2].parent == 1U);
  CHECK(lineage.members[0].parent == 2U);
}

TEST_CASE("where times leave the order open the member that gave most comes first") {
  const TimeInterval day{0, 24 * kHour - 1};
  const std::vector<LineageMember> members = {member("a-cut", day), member("wire", at(10 * kHour)),
                                              member("b-cut", day)};
  const Lineage lineage = trace_lineage(
      members, std::vector{link(0, 1, 99, 50), link(1, 2, 40, 99), link(0, 2, 30, 60)});
  CHECK(lineage.first == 1);
  CHECK(lineage.members[0].parent == 1U);
  CHECK(lineage.members[2].parent == 1U);
  CHECK_FALSE(lineage.members[0].lag);
}

TEST_CASE("the agency's own copy comes first where times leave the order open") {
  const Credits credits = wirecopy::find_credits("LONDON, March 5 (Northwire) - Held.", "", "");
  const TimeInterval day{0, 24 * kHour - 1};
  std::vector<LineageMember> members = {member("a", day), member("b", day)};
  members[0].source = "courier.example";
  members[1].source = "northwire.example";
  for (LineageMember& each : members) each.credits = &credits;
  CHECK(trace_lineage(members, std::vector{link(0, 1, 80, 99)}).first == 1);
  CHECK(trace_lineage(members, std::vector{link(0, 1, 80, 99)}).agency == "Northwire");
}

TEST_CASE("an undated member is the first only where the others took most from it") {
  const std::vector<LineageMember> members = {
      member("wire", std::nullopt), member("copy", at(kHour)), member("other", at(2 * kHour))};
  const Lineage whole = trace_lineage(
      members, std::vector{link(0, 1, 90, 99), link(0, 2, 60, 99), link(1, 2, 50, 50)});
  CHECK(whole.first == 0);
  CHECK(whole.members[1].parent == 0U);
  CHECK_FALSE(whole.members[1].lag);
  CHECK(whole.members[2].parent == 0U);
  const Lineage cut = trace_lineage(
      members, std::vector{link(0, 1, 99, 60), link(0, 2, 99, 60), link(1, 2, 90, 90)});
  CHECK(cut.first == 1);
  CHECK(cut.members[0].parent == 1U);
}

TEST_CASE("one early article of another story decides nothing about who was first") {
  // 20 copies; an undated one gave less than the wire; the article is linked with one of them.
  std::vector<std::string> ids;
  for (int i = 0; i < 22; ++i) ids.push_back("id" + std::to_string(i));
  for (const bool reversed : {false, true}) {
    std::vector<LineageMember> members = {member(ids[0], at(100 * kHour)),
                                          member(ids[1], std::nullopt)};
    for (std::uint32_t i = 2; i < 21; ++i) members.push_back(member(ids[i], at((100 + i) * kHour)));
    members.push_back(member(ids[21], at(0)));
    std::vector<LineageLink> links{link(5, 21, 10, 10)};
    for (std::uint32_t b = 1; b < 21; ++b) {
      for (std::uint32_t a = 0; a < b; ++a) links.push_back(link(a, b, 50, a == 0 ? 99 : 80));
    }
    if (reversed) {
      std::reverse(members.begin(), members.end());
      for (LineageLink& each : links) {
        each = {21 - each.b, 21 - each.a, each.coverage_b, each.coverage_a, 0, 0};
      }
    }
    const Lineage lineage = trace_lineage(members, links);
    const auto number = [&](std::uint32_t i) { return reversed ? 21 - i : i; };
    CHECK(lineage.first == number(0));
    CHECK(lineage.members[number(21)].parent == number(0));
    CHECK_FALSE(lineage.members[number(21)].lag);
    CHECK(lineage.members[number(5)].parent == number(0));
  }
}

TEST_CASE("a member that was compared with nobody hangs on the first") {
  const std::vector<LineageMember> members = {member("wire", at(0)), member("copy", at(kHour))};
  const Lineage lineage = trace_lineage(members, {});
  CHECK(lineage.members[1].parent == 0U);
  CHECK_FALSE(lineage.members[1].link);
  CHECK(lineage.members[1].lag == wirecopy::Lag{kHour, kHour});
}

TEST_CASE("a canonical URL decides between parents that cover alike") {
  std::vector<LineageMember> members = {member("wire", at(0)), member("copy", at(kHour)),
                                        member("other", at(2 * kHour))};
  members[0].url = "https://a.example/dam";
  members[1].url = "https://www.b.example/dam";
  members[2].url = "https://c.example/dam";
  const std::vector links = {link(0, 1, 90, 90), link(0, 2, 90, 90), link(1, 2, 90, 90)};
  CHECK(trace_lineage(members, links).members[2].parent == 0U);
  members[2].canonical_url = "https://b.example/a/dam";
  CHECK(trace_lineage(members, links).members[2].parent == 1U);
  members[2].canonical_url = "https://c.example/the-dam";
  CHECK(trace_lineage(members, links).members[2].parent == 0U);
}

TEST_CASE("a credit that the parent gives and the copy does not is removed") {
  const Credits dateline = wirecopy::find_credits("LONDON (AP) - Held.", "", "");
  const Credits line = wirecopy::find_credits("Held.\n\nSource: AP", "", "");
  const Credits mention = wirecopy::find_credits("The mayor told AP it held.", "", "");
  std::vector<LineageMember> members = {member("wire", at(0)), member("kept", at(kHour)),
                                        member("cut", at(kHour)), member("not asked", at(kHour))};
  members[0].credits = &dateline;
  members[1].credits = &line;
  members[2].credits = &mention;
  const Lineage lineage = trace_lineage(members, {});
  CHECK(lineage.agency == "AP");
  CHECK_FALSE(lineage.members[0].credit_removed);
  CHECK_FALSE(lineage.members[1].credit_removed);
  CHECK(lineage.members[2].credit_removed);
  CHECK_FALSE(lineage.members[3].credit_removed);
}

TEST_CASE("the agency of a cluster is the one that most credit, whole name and initials together") {
  const Credits initials = wirecopy::find_credits("PORT CALDER (CPS) - Held.", "", "");
  const Credits whole = wirecopy::find_credits("Held.", "", "Coastal Press Service");
  const Credits other = wirecopy::find_credits("LONDON (AP) - Held.", "", "");
  std::vector<LineageMember> members(6);
  const std::vector<std::string> ids = {"1", "2", "3", "4", "5", "6"};
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].id = ids[i];
    members[i].credits = i < 2 ? &initials : i < 3 ? &whole : i < 5 ? &other : nullptr;
  }
  CHECK(trace_lineage(members, {}).agency == "Coastal Press Service");
  CHECK(trace_lineage(std::span(members).subspan(3), {}).agency == "AP");
  CHECK(trace_lineage(std::span(members).subspan(5), {}).agency.empty());
}

TEST_CASE("what an outlet or an agency runs again is a version") {
  const Credits credits = wirecopy::find_credits("LONDON (AP) - Held.", "", "");
  std::vector<LineageMember> members = {member("1", at(0)), member("2", at(kHour))};
  const auto role = [&](std::uint64_t covered) {
    return trace_lineage(members, std::vector{link(0, 1, covered, covered)}).members[1].role;
  };
  members[0].source = members[1].source = "a.example";
  CHECK(role(90) == Role::version);
  CHECK(role(50) == Role::copy);
  members[1].title = "UPDATE 1-Dam held";
  CHECK(role(50) == Role::version);
  members[1].source = "b.example";
  CHECK(role(90) == Role::copy);
  for (LineageMember& each : members) each.credits = &credits;
  CHECK(role(90) == Role::version);
  members[0].title = "UPDATE 1-Dam is held";
  CHECK(role(90) == Role::copy);
}

TEST_CASE("a parent's title is compared with the copy's") {
  std::vector<LineageMember> members = {member("1", at(0)), member("2", at(kHour))};
  members[0].title = "Dam above the town held";
  members[1].title = "Dam above the village held";
  const Lineage lineage = trace_lineage(members, {});
  CHECK(lineage.members[0].title == TitleChange::unknown);
  CHECK(lineage.members[1].title == TitleChange::edited);
}

// A cluster of any shape.
struct Cluster {
  std::vector<std::string> ids;
  std::vector<LineageMember> members;
  std::vector<LineageLink> links;
};

Cluster random_cluster(wirecopy::oracle::Random& random) {
  using wirecopy::oracle::below;
  Cluster cluster;
  const std::size_t count = 1 + below(random, 9);
  for (std::size_t i = 0; i < count; ++i) cluster.ids.push_back("id" + std::to_string(i));
  for (const std::string& id : cluster.ids) {
    const auto begin = static_cast<std::int64_t>(below(random, 12));
    const auto length = static_cast<std::int64_t>(below(random, 5));
    cluster.members.push_back(member(id, TimeInterval{begin, begin + length}));
    if (below(random, 5) == 0) cluster.members.back().published.reset();
  }
  for (std::uint32_t b = 1; b < count; ++b) {
    for (std::uint32_t a = 0; a < b; ++a) {
      if (below(random, 3) == 0) continue;
      cluster.links.push_back(link(a, b, below(random, 6) * 20, below(random, 6) * 20));
    }
  }
  return cluster;
}

// Of the dated members the one whose time is over first.
std::optional<std::uint32_t> soonest_over(const Cluster& cluster) {
  std::optional<std::uint32_t> soonest;
  for (std::uint32_t i = 0; i < cluster.members.size(); ++i) {
    const auto& published = cluster.members[i].published;
    if (!published) continue;
    if (!soonest || published->latest < cluster.members[*soonest].published->latest) soonest = i;
  }
  return soonest;
}

// Percents of other members that it covers, added up.
std::uint64_t given(const Cluster& cluster, std::uint32_t member) {
  std::uint64_t sum = 0;
  for (const LineageLink& link : cluster.links) {
    if (link.a == member) sum += link.coverage_b.letters;
    if (link.b == member) sum += link.coverage_a.letters;
  }
  return sum;
}

TEST_CASE("the parents of any cluster are a tree under the first, and never certainly later") {
  wirecopy::oracle::Random random(3);
  for (int round = 0; round < 3000; ++round) {
    const Cluster cluster = random_cluster(random);
    const Lineage lineage = trace_lineage(cluster.members, cluster.links);
    REQUIRE(lineage.members.size() == cluster.members.size());
    if (const auto dated = soonest_over(cluster);
        dated && !cluster.members[lineage.first].published) {
      CHECK(given(cluster, lineage.first) >= given(cluster, *dated));  // by a fifth, in fact
    }
    for (std::uint32_t i = 0; i < cluster.members.size(); ++i) {
      const Descent& descent = lineage.members[i];
      CHECK(descent.parent.has_value() == (i != lineage.first));
      CHECK((descent.role == Role::first) == (i == lineage.first));
      if (descent.parent) {
        const auto order =
            order_in_time(cluster.members[*descent.parent].published, cluster.members[i].published);
        CHECK(order.earlier != wirecopy::Earlier::b);
        CHECK(descent.lag == order.lag);
      }
      if (descent.link) {
        const LineageLink& taken = cluster.links[*descent.link];
        CHECK(std::minmax(taken.a, taken.b) == std::minmax(i, *descent.parent));
      }
      std::uint32_t root = i;
      for (std::size_t steps = 0; lineage.members[root].parent; ++steps) {
        REQUIRE(steps < cluster.members.size());
        root = *lineage.members[root].parent;
      }
      CHECK(root == lineage.first);
    }
  }
}

TEST_CASE("lineage does not depend on the order of members and links") {
  wirecopy::oracle::Random random(4);
  for (int round = 0; round < 1000; ++round) {
    const Cluster cluster = random_cluster(random);
    const auto count = static_cast<std::uint32_t>(cluster.members.size());
    std::vector<std::uint32_t> place(count);  // of each member in the shuffled list
    std::iota(place.begin(), place.end(), 0U);
    std::shuffle(place.begin(), place.end(), random);
    std::vector<LineageMember> members(count);
    for (std::uint32_t i = 0; i < count; ++i) members[place[i]] = cluster.members[i];
    std::vector<LineageLink> links;
    for (const LineageLink& each : cluster.links) {
      links.push_back({place[each.b], place[each.a], each.coverage_b, each.coverage_a, 0, 0});
    }
    std::shuffle(links.begin(), links.end(), random);

    const Lineage before = trace_lineage(cluster.members, cluster.links);
    const Lineage after = trace_lineage(members, links);
    CHECK(after.first == place[before.first]);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Descent& one = before.members[i];
      const Descent& other = after.members[place[i]];
      CHECK(other.role == one.role);
      CHECK(other.lag == one.lag);
      CHECK(other.parent.has_value() == one.parent.has_value());
      if (one.parent && other.parent) CHECK(*other.parent == place[*one.parent]);
    }
  }
}

}  // namespace

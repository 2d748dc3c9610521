#include <algorithm>

#include "catch.h"
#include "oracle.h"
#include "wirecopy/lineage.h"

namespace {

using wirecopy::Lag;
using wirecopy::Millionths;
using wirecopy::OutletRow;
using wirecopy::OutletTable;

TEST_CASE("an outlet's row tells its copies, from whom and how late") {
  OutletTable table;
  table.add_article("echo", 1000);
  table.add_article("echo", 500);
  table.add_article("echo", 500);
  table.add_article("wire", 800);
  table.add_first("wire");
  table.add_copy("echo", "wire", 400, Lag{60, 60});
  table.add_copy("echo", "wire", 100, Lag{100, 201});
  table.add_copy("echo", "post", 100, Lag{10, 20});
  const std::vector<OutletRow> rows = table.rows();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].source == "echo");
  CHECK(rows[0].articles == 3);
  CHECK(rows[0].copies == 3);
  CHECK(rows[0].ran_first == 0);
  CHECK(rows[0].share_copied == Millionths(300'000));
  CHECK(rows[0].from == "wire");
  CHECK(rows[0].from_count == 2);
  CHECK(rows[0].median_lag_seconds == 60);
  CHECK(rows[1].source == "wire");
  CHECK(rows[1].ran_first == 1);
  CHECK(rows[1].copies == 0);
  CHECK(rows[1].share_copied == Millionths(0));
  CHECK(rows[1].from.empty());
  CHECK_FALSE(rows[1].median_lag_seconds);
}

TEST_CASE("an outlet does not copy from itself, and what has no source is left out") {
  OutletTable table;
  table.add_article("echo", 10);
  table.add_copy("echo", "echo", 10, std::nullopt);
  table.add_article("", 10);
  table.add_first("");
  table.add_copy("", "echo", 10, std::nullopt);
  REQUIRE(table.rows().size() == 1);
  CHECK(table.rows()[0].copies == 0);
}

TEST_CASE("a copy of an unknown outlet counts, but names nobody") {
  OutletTable table;
  table.add_article("echo", 10);
  table.add_copy("echo", "", 10, std::nullopt);
  const OutletRow row = table.rows().at(0);
  CHECK(row.copies == 1);
  CHECK(row.share_copied == Millionths(1'000'000));
  CHECK(row.from.empty());
  CHECK_FALSE(row.median_lag_seconds);
}

TEST_CASE("between outlets taken from equally often the first by name is told") {
  OutletTable table;
  table.add_copy("echo", "wire", 1, std::nullopt);
  table.add_copy("echo", "post", 1, std::nullopt);
  CHECK(table.rows().at(0).from == "post");
}

TEST_CASE("the table does not depend on the order in which it is filled") {
  struct Copy {
    std::size_t source;
    std::size_t parent;
    std::int64_t lag;
  };
  const std::vector<std::string> names = {"echo", "post", "wire", "herald", ""};
  wirecopy::oracle::Random random(5);
  std::vector<Copy> copies(200);
  for (Copy& copy : copies) {
    copy = {wirecopy::oracle::below(random, names.size()),
            wirecopy::oracle::below(random, names.size()),
            static_cast<std::int64_t>(wirecopy::oracle::below(random, 1000))};
  }
  std::vector<std::vector<OutletRow>> tables;
  for (int round = 0; round < 2; ++round) {
    OutletTable table;
    for (const Copy& copy : copies) {
      table.add_article(names[copy.source], 100);
      table.add_copy(names[copy.source], names[copy.parent], 10, Lag{copy.lag, copy.lag});
    }
    tables.push_back(table.rows());
    std::shuffle(copies.begin(), copies.end(), random);
  }
  CHECK(tables[0] == tables[1]);
}

TEST_CASE("shares of very many letters do not overflow") {
  OutletTable table;
  table.add_article("echo", ~std::uint64_t{0});
  table.add_copy("echo", "wire", ~std::uint64_t{0} / 2, std::nullopt);
  CHECK(table.rows().at(0).share_copied.value() / 1000 == 499);
}

}  // namespace

#include <set>
#include <string>
#include <string_view>

#include "app/plan.h"
#include "app/settings.h"
#include "catch.h"
#include "wirecopy/error.h"

using namespace wirecopy;

TEST_CASE("every setting has a fallback that it would accept itself") {
  for (const app::Setting& setting : app::all_settings()) {
    INFO(setting.name);
    if (setting.fallback.empty()) continue;
    app::Settings settings;
    REQUIRE_NOTHROW(settings.set(setting.name, setting.fallback));
  }
}

TEST_CASE("no two settings have one name") {
  std::set<std::string_view> names;
  for (const app::Setting& setting : app::all_settings()) {
    INFO(setting.name);
    REQUIRE(names.insert(setting.name).second);
  }
}

TEST_CASE("settings are checked by kind and range, and the message names what was expected") {
  app::Settings settings;
  const auto message = [&](const char* name, const char* text) -> std::string {
    try {
      settings.set(name, text);
    } catch (const Error& error) {
      REQUIRE(error.code() == ErrorCode::usage);
      return error.what();
    }
    return "";
  };
  REQUIRE(message("threshold", "0.19") == "--threshold is '0.19', expected a number from 0.2 to 1");
  REQUIRE(message("threshold", "0.9x").find("number") != std::string::npos);
  REQUIRE(message("threads", "-1").find("whole number") != std::string::npos);
  REQUIRE(message("memory", "255M").find("256M") != std::string::npos);
  REQUIRE(message("memory", "").find("256M") != std::string::npos);
  REQUIRE(message("memory", "99999999999999999999G").find("256M") != std::string::npos);
  REQUIRE(message("nonsense", "1").find("nonsense") != std::string::npos);
  REQUIRE(message("threshold", "0.2").empty());
}

TEST_CASE("sizes take units of 1,024") {
  app::Settings settings;
  REQUIRE(settings.size("memory") == std::uint64_t{4} << 30U);
  settings.set("memory", "512M");
  REQUIRE(settings.size("memory") == std::uint64_t{512} << 20U);
  settings.set("memory", "1073741824");
  REQUIRE(settings.size("memory") == std::uint64_t{1} << 30U);
}

TEST_CASE("a list setting keeps all values, another one the last") {
  app::Settings settings;
  settings.set("field", "text=a");
  settings.set("field", "id=b");
  REQUIRE(settings.list("field") == std::vector<std::string>{"text=a", "id=b"});
  settings.set("keep", "longest");
  settings.set("keep", "first");
  REQUIRE(settings.text("keep") == "first");
}

TEST_CASE("a setting belongs to whole verbs, not to parts of their names") {
  const app::Setting setting{"x", app::SettingKind::flag, "", "", 0, 0, "dedup plan", ""};
  REQUIRE(setting.belongs_to("plan"));
  REQUIRE_FALSE(setting.belongs_to("pla"));
  REQUIRE_FALSE(setting.belongs_to("dedup plan"));
  REQUIRE_FALSE(setting.belongs_to(""));
}

TEST_CASE("help speaks to each verb by its own line, and to all others by the last") {
  const app::Setting setting{"x",
                             app::SettingKind::flag,
                             "",
                             "",
                             0,
                             0,
                             "dedup plan undo",
                             "plan undo: Some: thing\nclean: No\nAll: else"};
  REQUIRE(setting.help_for("plan") == "Some: thing");
  REQUIRE(setting.help_for("undo") == "Some: thing");
  REQUIRE(setting.help_for("dedup") == "All: else");
  for (const app::Setting& each : app::all_settings()) {
    INFO(each.name);
    REQUIRE(each.help_for("dedup").find('\n') == std::string_view::npos);
  }
}

TEST_CASE("plan says that more bands find more and more rows find less, and so it is") {
  REQUIRE(app::plan_in_words(Banding(Bands{13}, Rows{7}), 0.8)
              .find("More bands find more and cost more comparisons; more rows find less.") !=
          std::string::npos);
  REQUIRE(Banding(Bands{14}, Rows{7}).probability(0.7) >
          Banding(Bands{13}, Rows{7}).probability(0.7));
  REQUIRE(Banding(Bands{13}, Rows{8}).probability(0.7) <
          Banding(Bands{13}, Rows{7}).probability(0.7));
}

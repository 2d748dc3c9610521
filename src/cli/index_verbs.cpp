#include "cli/index_verbs.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "app/index.h"
#include "app/query.h"
#include "base/files.h"
#include "cli/output.h"

namespace wirecopy::cli {
namespace {

int close(Watch& watch, const Call& call, const app::NightResult& result) {
  watch.pause();
  if (call.settings.flag("json")) write_out(to_json(result.run.summary) + "\n");
  watch.close(app::night_in_words(result));
  return result.run.too_many_bad_rows ? kBadRows : kDone;
}

std::vector<std::string> behind_index(const Call& call) {
  return {call.arguments.begin() + 1, call.arguments.end()};
}

std::string read_all(const std::string& path) {
  base::InputFile file(path);
  file.watch(&stop_requested());
  std::string bytes;
  std::string piece(std::size_t{64} << 10U, '\0');
  for (;;) {
    const std::size_t got = file.read(piece);
    if (got == 0) return bytes;
    bytes.append(piece, 0, got);
  }
}

// What is asked: a stored article, a file of queries, a file or standard input.
std::vector<app::Asked> asked_of(const Call& call) {
  const app::Settings& settings = call.settings;
  const std::vector<std::string> ids = settings.list("id");
  const std::size_t ways = (ids.empty() ? 0U : 1U) + (settings.given("queries") ? 1U : 0U) +
                           (call.arguments.size() > 1 ? 1U : 0U);
  if (ways > 1 || call.arguments.size() > 2) {
    throw Error(ErrorCode::usage, "ask one thing: a file, --id ID or --queries FILE");
  }
  if (settings.given("queries")) return app::read_queries(settings.text("queries"));
  std::vector<app::Asked> asked;
  for (const std::string& id : ids) asked.push_back({id, {}, true});
  if (asked.empty()) {
    asked.push_back({{}, read_all(call.arguments.size() > 1 ? call.arguments[1] : "-"), false});
    if (asked.back().text.empty()) throw Error(ErrorCode::usage, "there is no text to ask for");
  }
  return asked;
}

}  // namespace

int run_index_create(Call& call) {
  app::create_index(call.arguments.front(), call.settings);
  if (!call.settings.flag("quiet")) {
    fmt::print(stderr, "made an index in {}\n", call.arguments.front());
  }
  return kDone;
}

int run_index_add(Call& call) {
  Watch watch(call.settings);
  return close(
      watch, call,
      app::add_to_index(call.arguments.front(), behind_index(call), call.settings, watch.hooks()));
}

int run_index_remove(Call& call) {
  Watch watch(call.settings);
  return close(watch, call,
               app::remove_from_index(call.arguments.front(), behind_index(call), call.settings,
                                      watch.hooks()));
}

int run_index_forget(Call& call) {
  Watch watch(call.settings);
  return close(watch, call,
               app::forget_in_index(call.arguments.front(), behind_index(call), call.settings,
                                    watch.hooks()));
}

int run_index_expire(Call& call) {
  Watch watch(call.settings);
  return close(watch, call,
               app::expire_in_index(call.arguments.front(), call.settings, watch.hooks()));
}

int run_index_relearn(Call& call) {
  Watch watch(call.settings);
  return close(watch, call,
               app::relearn_index(call.arguments.front(), call.settings, watch.hooks()));
}

int run_index_check(Call& call) {
  const IndexCheck check = app::check_index(call.arguments.front(), call.settings);
  write_out(call.settings.flag("json") ? app::check_as_json(check) + "\n"
                                       : app::check_in_words(check));
  return kDone;
}

int run_index_rollback(Call& call) {
  const std::uint32_t generation = app::roll_back_index(call.arguments.front(), call.settings);
  if (!call.settings.flag("quiet")) fmt::print(stderr, "generation {} is current\n", generation);
  return kDone;
}

int run_index_stats(Call& call) {
  const IndexStats stats = app::index_stats(call.arguments.front(), call.settings);
  write_out(call.settings.flag("json") ? app::stats_as_json(stats) + "\n"
                                       : app::stats_in_words(stats));
  return kDone;
}

int run_query(Call& call) {
  const std::vector<app::Asked> asked = asked_of(call);
  const Index index = Index::open(call.arguments.front(), app::index_options(call.settings));
  const std::size_t with_match =
      app::answer_all(index, asked, call.settings, colors_wanted(), write_out);
  flush_out();
  return call.settings.flag("fail-on-match") && with_match > 0 ? kFailed : kDone;
}

}  // namespace wirecopy::cli

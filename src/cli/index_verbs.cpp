#include "cli/index_verbs.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <utility>

#include "app/index.h"
#include "app/night_record.h"
#include "app/query.h"
#include "base/files.h"
#include "cli/output.h"

namespace wirecopy::cli {
namespace {

// The rest of a command line: articles or ids.
std::vector<std::string> behind_index(const Call& call) {
  return {call.arguments.begin() + 1, call.arguments.end()};
}

using Night = std::function<app::NightResult(const app::Hooks&)>;

// What went wrong is told as ever, and a book that cannot be written as well does not hide it.
void close_failed(app::NightBook& book, int exit_code, const std::string& error) {
  try {
    book.close(exit_code, error);
  } catch (const Error& second) {
    fmt::print(stderr, "wirecopy: {}\n", second.what());
  }
}

// Runs a verb that writes the index, and writes down how it went, whatever happens.
int run_night(Call& call, std::string_view verb, const Night& work) {
  app::NightBook book(verb, call.arguments.front(), call.settings);
  int code = kDone;
  try {
    Watch watch(call.settings);
    const app::NightResult result = work(watch.hooks());
    book.done(result);
    watch.pause();
    if (call.settings.flag("json")) {
      write_out(to_json(result.run.summary) + "\n");
      flush_out();
    }
    watch.close(app::night_in_words(verb, result));
    if (result.run.too_many_bad_rows) code = kBadRows;
  } catch (const BrokenPipe&) {
    close_failed(book, kSignalBase + SIGPIPE, "nobody read the summary");
    throw;
  } catch (const Error& error) {
    close_failed(book, exit_code_of(error), error.what());
    throw;
  } catch (const std::exception& error) {
    close_failed(book, kFailed, error.what());
    throw;
  }
  book.close(code);
  return code;
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
  asked.reserve(ids.size() + 1);
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
  return run_night(call, "add", [&](const app::Hooks& hooks) {
    return app::add_to_index(call.arguments.front(), behind_index(call), call.settings, hooks);
  });
}

int run_index_remove(Call& call) {
  return run_night(call, "remove", [&](const app::Hooks& hooks) {
    return app::remove_from_index(call.arguments.front(), behind_index(call), call.settings, hooks);
  });
}

int run_index_forget(Call& call) {
  return run_night(call, "forget", [&](const app::Hooks& hooks) {
    return app::forget_in_index(call.arguments.front(), behind_index(call), call.settings, hooks);
  });
}

int run_index_expire(Call& call) {
  return run_night(call, "expire", [&](const app::Hooks& hooks) {
    return app::expire_in_index(call.arguments.front(), call.settings, hooks);
  });
}

int run_index_relearn(Call& call) {
  return run_night(call, "relearn", [&](const app::Hooks& hooks) {
    return app::relearn_index(call.arguments.front(), call.settings, hooks);
  });
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

// The command line: parse, call one function, print.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/clean.h"
#include "app/dedup.h"
#include "app/explain.h"
#include "app/generate.h"
#include "app/plan.h"
#include "app/repeats.h"
#include "app/scores.h"
#include "app/settings.h"
#include "base/files.h"
#include "cli/index_verbs.h"
#include "cli/output.h"
#include "cli/watch.h"
#include "wirecopy/wirecopy.h"

namespace wirecopy::cli {
namespace {

// One verb of the command line with the values given to it.
struct Verb : Call {
  CLI::App* command = nullptr;
  std::function<int(Call&)> run;
};

int run_dedup(Call& verb) {
  Watch watch(verb.settings);
  const app::DedupResult result = app::dedup(verb.arguments, verb.settings, watch.hooks());
  watch.pause();
  if (verb.settings.flag("json")) write_out(to_json(result.summary) + "\n");
  watch.close(app::closing_words(result));
  return result.too_many_bad_rows ? kBadRows : kDone;
}

int run_clean(Call& verb) {
  Watch watch(verb.settings);
  const bool stream = verb.settings.flag("stream");
  const app::DedupResult result =
      stream ? app::clean_stream(verb.arguments, verb.settings, watch.hooks(), write_out)
             : app::clean(verb.arguments, verb.settings, watch.hooks());
  flush_out();
  watch.pause();
  if (verb.settings.flag("json") && !stream) write_out(to_json(result.summary) + "\n");
  watch.close(app::clean_in_words(result, verb.settings.flag("dry-run")));
  return result.too_many_bad_rows ? kBadRows : kDone;
}

int run_repeats(Call& verb) {
  Watch watch(verb.settings);
  const Summary summary =
      app::repeats(verb.arguments, verb.settings, watch.hooks(), [&](std::string_view words) {
        watch.pause();
        write_out(words);
      });
  flush_out();
  watch.close(app::repeats_in_words(summary));
  return summary.archives_damaged > 0 ? kBadRows : kDone;
}

int run_generate(Call& verb) {
  const bool quiet = verb.settings.flag("quiet");
  app::Hooks hooks;
  hooks.stop = &stop_requested();
  if (!quiet) {
    hooks.on_message = [](const std::string& message) {
      fmt::print(stderr, "wirecopy: {}\n", message);
    };
  }
  const GenerateCounts counts = app::generate(verb.arguments, verb.settings, hooks);
  if (!quiet) fmt::print(stderr, "{}", app::counts_in_words(counts));
  return kDone;
}

int run_explain(Call& verb) {
  constexpr app::DiffMarks kColored{"\033[31m[-", "-]\033[0m", "\033[32m{+", "+}\033[0m"};
  app::Hooks hooks;
  hooks.stop = &stop_requested();
  const app::Explained explained = app::explain(verb.arguments, verb.settings, hooks);
  const app::DiffMarks marks = colors_wanted() ? kColored : app::DiffMarks{};
  write_out(verb.settings.flag("json") ? app::explanation_as_json(explained) + "\n"
                                       : app::explanation_in_words(explained, marks));
  return kDone;
}

int run_plan(Call& verb) {
  const double threshold = verb.settings.share("threshold");
  const Banding banding =
      Banding::plan(threshold, verb.settings.share("recall"),
                    static_cast<std::uint32_t>(verb.settings.count("max-hashes")));
  write_out(verb.settings.flag("json") ? app::plan_as_json(banding, threshold) + "\n"
                                       : app::plan_in_words(banding, threshold));
  return kDone;
}

int run_evaluate(Call& verb) {
  const app::Scores scores = app::evaluate(verb.arguments.front(), verb.settings);
  write_out(verb.settings.flag("json")
                ? app::scores_as_json(scores) + "\n"
                : app::scores_in_words(scores, verb.settings.count("missed")));
  return kDone;
}

int run_report(Call& verb) {
  write_out(describe_run(verb.arguments.front(), verb.settings.count("stories")));
  return kDone;
}

int run_undo(Call& verb) {
  const std::string& run = verb.arguments.front();
  const UndoSelection selection{verb.settings.list("id"), verb.settings.list("reason")};
  UndoCounts counts;
  if (verb.settings.given("out")) {
    base::OutputFile file =
        base::OutputFile::at(verb.settings.text("out"), verb.settings.flag("replace"));
    counts = undo(run, selection, [&](std::string_view bytes) { file.write(bytes); });
    file.complete();
    file.commit();
  } else {
    counts = undo(run, selection, write_out);
  }
  if (!verb.settings.flag("quiet")) {
    fmt::print(stderr, "{} rows, {} of them brought back\n", counts.rows, counts.restored);
  }
  return kDone;
}

// Makes the options of a verb from the settings table.
void add_settings(std::string_view name, Verb& verb) {
  for (const app::Setting& setting : app::all_settings()) {
    if (!setting.belongs_to(name)) continue;
    const std::string flag = fmt::format("--{}", setting.name);
    std::string help(setting.help_for(name));
    if (!setting.fallback.empty()) help += fmt::format(" [{}]", setting.fallback);
    const std::string_view key = setting.name;
    if (setting.kind == app::SettingKind::flag) {
      verb.command->add_flag_callback(
          flag, [&verb, key] { verb.settings.set(key, "true"); }, help);
      continue;
    }
    CLI::Option* option = verb.command->add_option_function<std::vector<std::string>>(
        flag,
        [&verb, key](const std::vector<std::string>& values) {
          for (const std::string& value : values) verb.settings.set(key, value);
        },
        help);
    option->type_name(std::string(setting.value))->type_size(1)->allow_extra_args(false);
    if (setting.kind == app::SettingKind::list) {
      option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    } else {
      option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }
  }
}

class CommandLine {
 public:
  CommandLine() : app_("Finds every copy of a story, says who ran it first, and loses nothing.") {
    app_.set_version_flag("--version", std::string("wirecopy ") + kVersion);
    app_.set_config("--config", "", "Read settings from a file ([dedup] threshold = 0.9)");
    app_.require_subcommand(1);
    app_.footer(
        "Exit codes: 0 done, 1 failed, 2 usage, 3 too many bad rows or a damaged archive, "
        "4 damaged data, 75 locked, 128+n signal.\n'wirecopy VERB --help' lists the settings of a "
        "verb.");
    add("dedup", "Find the copies in articles and write clusters, kept articles and a ledger",
        {{"INPUT",
          "Files, folders or patterns; .jsonl .csv .tsv .txt, also .gz and .zst; - is standard "
          "input",
          kAll}},
        run_dedup);
    add("clean", "Drop the copies, cut what articles repeat, and keep the way back",
        {{"INPUT", "As for dedup; with --stream standard input, if left out", kAny}}, run_clean);
    add("repeats", "Find what articles say twice, and what stands in several of them",
        {{"INPUT", "As for dedup; --format txt - reads one text from standard input", kAll}},
        run_repeats);
    add("explain", "Say what two articles are of each other, and how that is known",
        {{"A", "Id of an article"},
         {"B", "Id of another one"},
         {"INPUT", "Folder of the run that they were in, an index, or the files that hold them",
          kAll}},
        run_explain);
    add_index_verbs();
    add("undo", "Rebuild the rows that went into a run", {{"DIR", "Folder of the run"}}, run_undo);
    add("report", "Say in plain words what a run found", {{"DIR", "Folder of the run"}},
        run_report);
    add("generate", "Make a syndicated corpus with known truth from base texts",
        {{"BASE", "Base texts: files, folders or patterns, as for dedup", kAll}}, run_generate);
    add("plan", "Show what a threshold and a recall mean", {}, run_plan);
    add("evaluate", "Score what a run found against what is true",
        {{"RUN", "Folder of the run, or its one file to score"}}, run_evaluate);
  }

  void add_index_verbs() {
    const Argument index{"INDEX", "Folder of the index"};
    const Argument input{"INPUT", "Articles, in files, folders or patterns, as for dedup", kAll};
    const Argument ids{"ID", "Ids of articles; with --ids FILE none are needed", kAny};
    add("index-create", "Make an index without articles", {index}, run_index_create);
    add("index-add", "Add articles, and say what is new and what changed; twice changes nothing",
        {index, input}, run_index_add);
    add("index-remove", "Take articles out", {index, ids}, run_index_remove);
    add("index-forget", "Take articles out without a trace, from all generations", {index, ids},
        run_index_forget);
    add("index-expire", "Take out what was published before a date", {index}, run_index_expire);
    add("index-relearn", "Learn anew what is boilerplate, and judge all pairs by that", {index},
        run_index_relearn);
    add("index-check", "Read every byte and compare what is stored", {index}, run_index_check);
    add("index-rollback", "Go back to an earlier generation", {index}, run_index_rollback);
    add("index-stats", "Say how much is stored, and how large it is", {index}, run_index_stats);
    add("query", "Say where a text ran: a pasted passage, a whole article, or many of them",
        {{"INDEX", "Folder of the index"},
         {"FILE", "File that holds the text; standard input if left out", kAny}},
        run_query);
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? kDone : kUsage;
    }
    for (const std::unique_ptr<Verb>& verb : verbs_) {
      if (verb->command->parsed()) return verb->run(*verb);
    }
    return kUsage;
  }

 private:
  static constexpr int kAll = -1;  // one or more
  static constexpr int kAny = 0;   // none or more
  struct Argument {
    std::string name;
    std::string help;
    int count = 1;
  };

  void add(const std::string& name, const std::string& help, const std::vector<Argument>& arguments,
           std::function<int(Call&)> run) {
    Verb& verb = *verbs_.emplace_back(std::make_unique<Verb>());
    // "index-add" is what "wirecopy index add" does.
    const std::size_t dash = name.find('-');
    verb.command = dash == name.npos
                       ? app_.add_subcommand(name, help)
                       : group(name.substr(0, dash)).add_subcommand(name.substr(dash + 1), help);
    verb.run = std::move(run);
    for (const Argument& argument : arguments) {
      verb.command
          ->add_option_function<std::vector<std::string>>(
              argument.name,
              [&verb](const std::vector<std::string>& values) {
                verb.arguments.insert(verb.arguments.end(), values.begin(), values.end());
              },
              argument.help)
          ->required(argument.count != kAny)
          ->expected(argument.count == kAny ? kAll : argument.count)
          ->allow_extra_args(argument.count <= 0)
          ->type_name("");
    }
    add_settings(name, verb);
  }

  CLI::App& group(const std::string& name) {
    for (CLI::App* each : app_.get_subcommands({})) {
      if (each->get_name() == name) return *each;
    }
    CLI::App* made = app_.add_subcommand(name, "Keep an index: ask it all day, add every night");
    made->require_subcommand(1);
    made->footer(
        "A night is 'wirecopy index add INDEX INPUT --out DIR'; 'wirecopy query INDEX FILE' asks "
        "while it runs.\n"
        "What changes the index makes its next generation, all of it or nothing; rollback brings "
        "an "
        "earlier one back.\n"
        "Exit codes: 0 done, 1 failed, 2 usage, 3 too many bad rows or a damaged archive, 4 the "
        "index is damaged, 75 another writer holds it: try again later, 128+n signal.\n"
        "'wirecopy index VERB --help' lists the settings of a verb.");
    return *made;
  }

  CLI::App app_;
  std::vector<std::unique_ptr<Verb>> verbs_;
};

int run(int argc, char** argv) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, note_signal);
  // A pipe that nobody reads is told by write_out, so that unfinished files are taken away.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    CommandLine command_line;
    const int code = command_line.run(argc, argv);
    flush_out();
    return code;
  } catch (const BrokenPipe&) {
    return kSignalBase + SIGPIPE;  // who read has seen enough
  } catch (const Error& error) {
    fmt::print(stderr, "wirecopy: {}\n", error.what());
    return exit_code_of(error);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "wirecopy: out of memory; give less --memory or fewer --threads\n");
    return kFailed;
  } catch (const std::exception& error) {
    fmt::print(stderr, "wirecopy: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace
}  // namespace wirecopy::cli

int main(int argc, char** argv) { return wirecopy::cli::run(argc, argv); }

#include "app/repeats.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/match_settings.h"
#include "app/read_options.h"
#include "app/rules.h"
#include "base/plain_words.h"

namespace wirecopy::app {
namespace {

using base::counted;
using base::printable;

constexpr std::size_t kMostOfText = 200;  // characters shown
constexpr std::size_t kMostArticles = 5;  // named in words

std::string place(Span span) { return fmt::format("[{}, {})", span.begin, span.end); }

// Hands on what a run says of repeats, and lets all else go.
class RepeatSink : public Sink {
 public:
  RepeatSink(bool json, const std::function<void(std::string_view)>& write, RulesWriter* rules)
      : json_(json), write_(write), rules_(rules) {}

  [[nodiscard]] bool wants(Output output) const override { return output == Output::repeats; }
  void repeat(const RepeatRow& row) override {
    if (json_) return write_(to_json(row) + "\n");
    if (row.id != article_) {
      article_ = row.id;
      write_(printable(row.id) + "\n");
    }
    const std::string twin = row.first ? fmt::format(", says {} again", place(*row.first)) : "";
    write_(fmt::format("  {:<14} {}{}: {}\n", name_of(row.kind), place(row.repeat), twin,
                       printable(row.text, kMostOfText)));
  }
  void stock(const StockRow& row) override {
    if (rules_ != nullptr) rules_->add(row);
    write_(json_ ? to_json(row) + "\n" : in_words(row));
  }

  void cluster(const ClusterRow& /*row*/) override {}
  void pair(const PairRow& /*row*/) override {}
  void passage(const PassageRow& /*row*/) override {}
  void kept(std::string_view /*row*/) override {}
  void ledger(const LedgerRow& /*row*/) override {}
  void cuts(const CutsRow& /*row*/) override {}
  void rejected(const Rejected& /*row*/, std::string_view /*input*/) override {}
  void whole(Output /*output*/, std::string_view /*contents*/) override {}
  void finish(Summary& /*summary*/) override {}

 private:
  static std::string in_words(const StockRow& row) {
    std::string words =
        fmt::format("{}{} in {}: {}\n", name_of(row.kind),
                    row.source.empty() ? "" : " of " + printable(row.source),
                    counted(row.articles, "article", "articles"), printable(row.text, kMostOfText));
    for (std::size_t i = 0; i < row.occurrences.size() && i < kMostArticles; ++i) {
      const StockRow::Occurrence& occurrence = row.occurrences[i];
      words += fmt::format("  {} {}\n", printable(occurrence.id), place(occurrence.span));
    }
    if (row.articles > kMostArticles) {
      words += fmt::format("  … and {} more\n", base::grouped(row.articles - kMostArticles));
    }
    return words;
  }

  bool json_;
  const std::function<void(std::string_view)>& write_;
  RulesWriter* rules_;
  std::string article_;
};

}  // namespace

Summary repeats(const std::vector<std::string>& inputs, const Settings& settings,
                const Hooks& hooks, const std::function<void(std::string_view)>& write) {
  const Recipe recipe = recipe_of(settings);
  const MatchRule rule = match_rule_of(settings);
  refuse_idle_repeat_settings(settings, rule);
  Reader reader = open_inputs(inputs, settings, hooks);
  std::optional<RulesWriter> rules;
  if (settings.given("export-rules")) {
    rules.emplace(settings.text("export-rules"), settings.flag("replace"));
  }
  RepeatSink sink(settings.flag("json"), write, rules ? &*rules : nullptr);
  Limits limits = limits_of(settings, hooks);
  if (limits.work_folder.empty()) limits.work_folder = std::filesystem::temp_directory_path();
  Summary summary = dedup(reader, recipe, rule, limits, sink);
  if (rules) rules->finish();
  return summary;
}

std::string repeats_in_words(const Summary& summary) {
  std::string words =
      fmt::format("{} read, {} something twice:", counted(summary.rows.read, "article", "articles"),
                  counted(summary.with_repeats, "says", "say"));
  bool any = false;
  for (std::size_t kind = 0; kind < kRepeatKindCount; ++kind) {
    if (summary.repeats[kind] == 0) continue;
    words += fmt::format("{} {} {}", any ? "," : "", base::grouped(summary.repeats[kind]),
                         name_of(static_cast<RepeatKind>(kind)));
    any = true;
  }
  words += any ? "\n" : " nothing\n";
  if (summary.one_line_texts > 0) {
    words += fmt::format(
        "{} without line breaks: sentences took the part of paragraphs there, and most that is "
        "said twice is told as phrase\n",
        counted(summary.one_line_texts, "article is", "articles are"));
  }
  if (summary.rows.rejected > 0) {
    words += fmt::format("{} no article and left out\n",
                         counted(summary.rows.rejected, "row is", "rows are"));
  }
  return words;
}

}  // namespace wirecopy::app

/// Whole runs over articles made for a test, with their files read back.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catch.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/batch.h"

namespace wirecopy::test {

struct RunSettings {
  Preset preset = Preset::corpus;
  double threshold = 0.8;
  double recall = 0.95;
  std::string keep = "first";
  std::uint32_t threads = 2;
  std::uint64_t memory = std::uint64_t{1} << 30U;
  OutputSet outputs = OutputSet::all();
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const Progress&)> on_progress = nullptr;
  std::function<void(MatchRule&)> change = nullptr;  ///< The rule of the preset.
};

// A finished run with its files.
struct Run {
  Summary summary;
  std::string folder;

  [[nodiscard]] std::string file(const std::string& name) const {
    return contents_of(folder + "/" + name);
  }
  [[nodiscard]] std::vector<std::string> lines(const std::string& name) const {
    std::vector<std::string> lines;
    const std::string contents = file(name);
    for (std::size_t begin = 0; begin < contents.size();) {
      const std::size_t end = contents.find('\n', begin);
      lines.push_back(contents.substr(begin, end - begin));
      begin = end + 1;
    }
    return lines;
  }
  // Values of one string key over the rows of a file.
  [[nodiscard]] std::vector<std::string> values(const std::string& name,
                                                const std::string& key) const {
    std::vector<std::string> values;
    base::JsonRowReader row;
    for (const std::string& line : lines(name)) {
      REQUIRE(row.parse(line));
      values.emplace_back(row.string(key).value_or("(none)"));
    }
    return values;
  }
  [[nodiscard]] std::string undone() const {
    std::string rows;
    (void)undo(folder, {}, [&](std::string_view piece) { rows += piece; });
    return rows;
  }
};

inline Run run(const TemporaryFolder& folder, const std::vector<std::string>& inputs,
               const RunSettings& settings = {}) {
  static int number = 0;
  Run result;
  result.folder = folder.path("out" + std::to_string(++number));
  ReadOptions options;
  options.inputs = inputs;
  Reader reader(options);
  RunFolder sink(result.folder, settings.outputs, false, reader.inputs());
  Recipe recipe = Recipe::of(settings.preset);
  recipe.banding = Banding::plan(settings.threshold, settings.recall);
  MatchRule rule = MatchRule::of(settings.preset);
  rule.threshold = Millionths::from(settings.threshold);
  rule.keep = KeepRule::parse(settings.keep);
  if (settings.change) settings.change(rule);
  Limits limits;
  limits.threads = settings.threads;
  limits.memory_bytes = settings.memory;
  limits.work_folder = result.folder;
  limits.stop = settings.stop;
  limits.on_progress = settings.on_progress;
  result.summary = dedup(reader, recipe, rule, limits, sink);
  return result;
}

inline Run run_articles(const TemporaryFolder& folder, const std::vector<Article>& articles,
                        const RunSettings& settings = {}) {
  return run(folder, {folder.file("articles.jsonl", test::rows_of(articles))}, settings);
}

// Families of near-identical stories among unrelated ones, in a seeded order.
inline std::vector<Article> planted_corpus(std::size_t families, std::size_t copies,
                                           std::size_t others) {
  std::vector<Article> articles;
  for (std::size_t f = 0; f < families; ++f) {
    for (std::size_t c = 0; c < copies; ++c) {
      const std::string name = "f" + std::to_string(f) + "-" + std::to_string(c);
      articles.push_back({name, test::edited_story(f, c, 1000 * f + c),
                          "outlet" + std::to_string(c),
                          "2024-03-0" + std::to_string(1 + c % 9) + "T10:00:00Z", "Title " + name});
    }
  }
  for (std::size_t i = 0; i < others; ++i) {
    articles.push_back({"o" + std::to_string(i), test::story(100'000 + i), "", "", ""});
  }
  test::Random random(7);
  std::shuffle(articles.begin(), articles.end(), random);
  return articles;
}

}  // namespace wirecopy::test

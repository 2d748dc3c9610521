// Cleaning row by row, within a window.
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"

using namespace wirecopy;
using test::Article;
using test::TemporaryFolder;

namespace {

// Keeps rows, and counts what went.
class KeptRows : public Sink {
 public:
  [[nodiscard]] bool wants(Output output) const override { return output == Output::kept; }
  void kept(std::string_view row) override { rows.emplace_back(row); }
  void ledger(const LedgerRow& row) override {
    if (row.action == LedgerRow::Action::drop) dropped.emplace(row.id, row.kept);
    if (row.action == LedgerRow::Action::repeated) ++repeated;
  }
  void cluster(const ClusterRow& /*row*/) override {}
  void pair(const PairRow& /*row*/) override {}
  void passage(const PassageRow& /*row*/) override {}
  void repeat(const RepeatRow& /*row*/) override {}
  void stock(const StockRow& /*row*/) override {}
  void cuts(const CutsRow& /*row*/) override {}
  void rejected(const Rejected& /*row*/, std::string_view /*input*/) override {}
  void whole(Output /*output*/, std::string_view /*contents*/) override {}
  void finish(Summary& summary) override { CHECK(summary.conserved()); }

  std::vector<std::string> rows;
  std::set<std::pair<std::string, std::string>> dropped;
  std::uint64_t repeated = 0;
};

KeptRows clean(const TemporaryFolder& folder, const std::vector<Article>& articles,
               const StreamRule& rule, std::uint32_t threads = 2) {
  ReadOptions options;
  options.inputs = {folder.file("stream.jsonl", test::rows_of(articles))};
  Reader reader(options);
  Limits limits;
  limits.threads = threads;
  KeptRows rows;
  clean_stream(reader, rule, limits, rows);
  return rows;
}

// What each row has among all kept before it, by brute force: the first of the best.
std::set<std::pair<std::string, std::string>> dropped_by_force(const std::vector<Article>& articles,
                                                               const StreamRule& rule) {
  std::set<std::pair<std::string, std::string>> dropped;
  std::vector<std::pair<std::string, ShingleSet>> kept;
  for (const Article& article : articles) {
    const ShingleSet shingles = shingle(normalize(article.text));
    const std::pair<std::string, ShingleSet>* best = nullptr;
    Similarity most;
    for (const auto& other : kept) {
      const Similarity similarity = compare(other.second, shingles);
      if (!similarity.reaches(rule.threshold)) continue;
      if (best != nullptr && compare_jaccard(similarity, most) <= 0) continue;
      best = &other;
      most = similarity;
    }
    if (best != nullptr) {
      dropped.emplace(article.id, best->first);
    } else {
      kept.emplace_back(article.id, shingles);
    }
  }
  return dropped;
}

}  // namespace

TEST_CASE("a stream drops what a comparison with all kept rows drops") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = test::planted_corpus(30, 5, 60);
  StreamRule rule;
  rule.banding = Banding::plan(0.5, 0.99);
  const KeptRows rows = clean(folder, articles, rule);
  const auto expected = dropped_by_force(articles, rule);
  CHECK(expected.size() > 20);
  CHECK(rows.dropped == expected);
}

TEST_CASE("what a stream keeps does not depend on the number of threads") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = test::planted_corpus(40, 6, 300);
  StreamRule rule;
  rule.window = 50;
  const KeptRows one = clean(folder, articles, rule, 1);
  const KeptRows four = clean(folder, articles, rule, 4);
  CHECK(one.rows == four.rows);
  CHECK(one.dropped == four.dropped);
}

TEST_CASE("a row with id and text of a kept one is repeated, one with another text is not") {
  const TemporaryFolder folder;
  const std::vector<Article> articles{{"a", test::story(1), "", "", ""},
                                      {"a", test::story(1), "", "", ""},
                                      {"a", test::story(2), "", "", ""}};
  const KeptRows rows = clean(folder, articles, {});
  CHECK(rows.repeated == 1);
  CHECK(rows.rows.size() == 2);
}

TEST_CASE("texts without letters are all kept") {
  const TemporaryFolder folder;
  const std::vector<Article> articles{{"a", "...", "", "", ""}, {"b", "...", "", "", ""}};
  CHECK(clean(folder, articles, {}).rows.size() == 2);
}

// Boilerplate of every outlet: the essay stands with learn_stock in wirecopy/learn.h.
#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "learn/chains.h"
#include "learn/sets.h"
#include "wirecopy/learn.h"

namespace wirecopy {
namespace {

using learn::Day;
using Article = StockArticle;
using Names = std::vector<std::uint64_t>;

// Fewer fingerprints tell nothing of a story: such articles count as one.
constexpr std::size_t kLeastNames = 3;
constexpr std::uint32_t kLeastShared = 2;
constexpr int kRounds = 3;

// An article that shows a block.
struct Shown {
  std::uint64_t block = 0;
  const Article* article = nullptr;
  std::uint8_t percent = 0;
  bool fits = false;
};

bool has(const std::vector<std::uint64_t>& sorted, std::uint64_t value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

// What a block is judged by in one round.
class StockJudge {
 public:
  StockJudge(const StockRule& rule, const BoilerplateRule& shares,
             const std::vector<std::uint64_t>& known)
      : rule_(rule), shares_(shares), known_(known) {}

  // `shown`: the articles that show the block, each once.
  [[nodiscard]] bool is_stock(std::span<const Shown> shown) const {
    if (!minor_in_most(shown)) return false;
    std::vector<const Article*> articles;
    for (const Shown& each : shown) {
      if (each.fits) articles.push_back(each.article);
    }
    if (articles.size() < rule_.min_stories) return false;
    const auto before = [](const Article* a, const Article* b) { return a->hash < b->hash; };
    std::sort(articles.begin(), articles.end(), before);
    if (articles.size() > rule_.most_articles) articles.resize(rule_.most_articles);
    const std::vector<std::uint64_t> form = form_of(articles, shown.front().block);
    return have_rests(articles, form) && many_stories(articles, form);
  }

 private:
  [[nodiscard]] bool minor_in_most(std::span<const Shown> shown) const {
    const auto minor =
        static_cast<std::size_t>(std::count_if(shown.begin(), shown.end(), [&](const Shown& each) {
          return each.percent < shares_.most_of_text_percent;
        }));
    return minor * 100 >= shown.size() * shares_.in_texts_percent;
  }

  // The block and those that stand beside it nearly everywhere: ascending.
  [[nodiscard]] std::vector<std::uint64_t> form_of(std::span<const Article* const> articles,
                                                   std::uint64_t block) const {
    std::vector<std::uint64_t> all;
    for (const Article* article : articles) {
      const std::size_t begin = all.size();
      for (const Article::Part& part : article->parts) all.push_back(part.seen.block);
      std::sort(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end());
      all.erase(std::unique(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end()),
                all.end());
    }
    std::sort(all.begin(), all.end());
    std::vector<std::uint64_t> form;
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
      while (end < all.size() && all[end] == all[begin]) ++end;
      if (all[begin] == block || (end - begin) * 100 >= articles.size() * rule_.form_percent) {
        form.push_back(all[begin]);
      }
    }
    return form;
  }

  // Whether nearly all articles have more to tell than the form.
  [[nodiscard]] bool have_rests(std::span<const Article* const> articles,
                                const std::vector<std::uint64_t>& form) const {
    const auto rests = static_cast<std::size_t>(
        std::count_if(articles.begin(), articles.end(), [&](const Article* article) {
          std::uint64_t all = 0;
          std::uint64_t rest = 0;
          for (const Article::Part& part : article->parts) {
            all += part.letters;
            if (!has(form, part.seen.block)) rest += part.letters;
          }
          return rest * 100 >= all * rule_.min_rest_percent;
        }));
    return rests * 100 >= articles.size() * shares_.in_texts_percent;
  }

  // Fingerprints of what an article has besides: ascending.
  [[nodiscard]] Names rest_of(const Article& article,
                              const std::vector<std::uint64_t>& form) const {
    Names rest;
    for (std::size_t i = 0; i < article.parts.size(); ++i) {
      const Article::Part& part = article.parts[i];
      if (part.masked || has(form, part.seen.block) || has(known_, part.seen.block)) continue;
      const std::size_t end =
          i + 1 < article.parts.size() ? article.parts[i + 1].names_begin : article.names.size();
      const auto names = article.names.subspan(part.names_begin, end - part.names_begin);
      rest.insert(rest.end(), names.begin(), names.end());
    }
    std::sort(rest.begin(), rest.end());
    rest.erase(std::unique(rest.begin(), rest.end()), rest.end());
    return rest;
  }

  [[nodiscard]] bool related(const Names& a, const Names& b) const {
    const std::size_t smaller = std::min(a.size(), b.size());
    if (smaller < kLeastNames) return a.size() < kLeastNames && b.size() < kLeastNames;
    std::size_t shared = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      shared += a[i] == b[j] ? 1U : 0U;
      const bool next_a = a[i] <= b[j];
      const bool next_b = b[j] <= a[i];
      i += next_a ? 1U : 0U;
      j += next_b ? 1U : 0U;
    }
    return shared >= kLeastShared && shared * 100 >= smaller * rule_.chain_percent;
  }

  [[nodiscard]] bool many_stories(std::span<const Article* const> articles,
                                  const std::vector<std::uint64_t>& form) const {
    std::vector<Names> rests;
    for (const Article* article : articles) rests.push_back(rest_of(*article, form));
    learn::Sets stories(articles.size());
    for (std::size_t i = 0; i < articles.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (stories.of(i) != stories.of(j) && related(rests[i], rests[j])) stories.join(i, j);
      }
    }
    std::vector<Day> first(articles.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < articles.size(); ++i) {
      Day& day = first[stories.of(i)];
      day = learn::earlier(day, articles[i]->day);
      count += stories.of(i) == i ? 1U : 0U;
    }
    std::erase(first, std::nullopt);
    if (first.empty()) return count >= rule_.min_undated_stories;
    std::sort(first.begin(), first.end());
    const auto days = std::unique(first.begin(), first.end()) - first.begin();
    return count >= rule_.min_stories && days >= static_cast<std::ptrdiff_t>(rule_.min_days);
  }

  const StockRule& rule_;
  const BoilerplateRule& shares_;
  const std::vector<std::uint64_t>& known_;  // ascending
};

// Blocks that are long enough, each article once.
std::vector<Shown> shown_in(std::span<const Article> articles, const StockRule& rule) {
  std::vector<Shown> all;
  for (const Article& article : articles) {
    for (const Article::Part& part : article.parts) {
      if (part.letters < rule.min_letters) continue;
      all.push_back({part.seen.block, &article, part.seen.percent, part.seen.fits});
    }
  }
  base::sort(all.begin(), all.end(), [](const Shown& a, const Shown& b) {
    return std::pair(a.block, a.article) < std::pair(b.block, b.article);
  });
  const auto equal = [](const Shown& a, const Shown& b) {
    return a.block == b.block && a.article == b.article;
  };
  all.erase(std::unique(all.begin(), all.end(), equal), all.end());
  return all;
}

}  // namespace

std::vector<std::uint64_t> learn_stock(std::span<const StockArticle> articles,
                                       const StockRule& rule, const BoilerplateRule& shares) {
  const std::vector<Shown> all = shown_in(articles, rule);
  std::vector<std::span<const Shown>> suspects;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].block == all[begin].block) ++end;
    if (end - begin >= rule.min_stories) {
      suspects.push_back(std::span(all).subspan(begin, end - begin));
    }
  }
  std::vector<std::uint64_t> known;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::uint8_t> found(suspects.size());
    const StockJudge judge(rule, shares, known);
    base::for_each_index(suspects.size(), [&](std::size_t i) {
      found[i] = !has(known, suspects[i].front().block) && judge.is_stock(suspects[i]) ? 1 : 0;
    });
    const std::size_t before = known.size();
    for (std::size_t i = 0; i < suspects.size(); ++i) {
      if (found[i] != 0) known.push_back(suspects[i].front().block);
    }
    std::sort(known.begin(), known.end());
    if (known.size() == before) break;
  }
  return known;
}

}  // namespace wirecopy

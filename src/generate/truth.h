/// Articles → the rows of all output files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generate/article.h"
#include "generate/world.h"

namespace wirecopy::generation {

/// One row of articles.jsonl with what it is sorted by.
struct ArticleRow {
  std::int64_t time = 0;
  std::string id;
  std::string json;  ///< Without newline.
};

/// All rows of one unit; truth rows end with a newline each.
struct UnitRows {
  std::vector<ArticleRow> articles;
  std::string clusters;
  std::string pairs;
  std::string lineage;
  std::string passages;
  std::string repeats;
};

[[nodiscard]] UnitRows rows_of(const World& world, std::uint32_t unit,
                               const std::vector<Article>& articles);

}  // namespace wirecopy::generation

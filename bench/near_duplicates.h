// The real near-duplicates of the evaluation data (WIRECOPY_DATA, else ../shared/data): articles of
// reuters_fin_2006_2009 with Jaccard 0.3 or more whose letters are not equal.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/normalize.h"

namespace wirecopy::bench {

struct NearDuplicates {
  std::map<std::string, std::string> texts;                // by id
  std::vector<std::pair<std::string, std::string>> pairs;  // of ids, by the first
};

// Nothing where the data is not.
inline NearDuplicates near_duplicates() {
  NearDuplicates found;
  const char* data = std::getenv("WIRECOPY_DATA");
  const std::string folder =
      std::string(data != nullptr ? data : "../shared/data") + "/reuters_fin_2006_2009";
  if (!std::filesystem::exists(folder)) return found;
  base::JsonRowReader row;
  base::LineReader truth(folder + "/truth.exact5.jsonl.zst");
  while (const auto line = truth.next()) {
    if (!row.parse(*line) || *row.number("j") < 0.3) continue;
    found.pairs.emplace_back(*row.string("a"), *row.string("b"));
    found.texts[found.pairs.back().first];
    found.texts[found.pairs.back().second];
  }
  base::LineReader rows(folder + "/docs.jsonl.zst");
  while (const auto line = rows.next()) {
    if (!row.parse(*line)) continue;
    const auto text = found.texts.find(std::string(*row.string("id")));
    if (text != found.texts.end()) text->second = *row.string("text");
  }
  // Equal letters are collapsed before they are compared.
  std::erase_if(found.pairs, [&](const auto& pair) {
    return normalize(found.texts[pair.first]).letters() ==
           normalize(found.texts[pair.second]).letters();
  });
  std::sort(found.pairs.begin(), found.pairs.end());
  return found;
}

}  // namespace wirecopy::bench

#include <fmt/format.h>

#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

namespace wirecopy {

std::vector<TruthPair> read_truth(const std::string& path) {
  std::vector<TruthPair> truth;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (line->find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const bool parsed = row.parse(*line);
    const auto a = parsed ? row.string("a") : std::nullopt;
    const auto b = parsed ? row.string("b") : std::nullopt;
    if (!a || !b) {
      throw Error(ErrorCode::input,
                  fmt::format("{}:{}: expected a row of JSON with the ids a and b as strings", path,
                              lines.number()));
    }
    truth.push_back({std::string(*a), std::string(*b), row.number("j").value_or(-1),
                     row.number("c").value_or(-1), std::string(row.string("label").value_or(""))});
  }
  return truth;
}

}  // namespace wirecopy

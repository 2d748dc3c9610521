#include "app/plan.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json.h"

namespace wirecopy::app {
namespace {

constexpr int kSteps = 20;     // of 0.05 from 0 to 1
constexpr int kBarWidth = 50;  // characters for a chance of 1

double jaccard_of(int step) { return static_cast<double>(step) / kSteps; }

}  // namespace

std::string plan_in_words(const Banding& banding, double threshold) {
  const double at_threshold = banding.probability(threshold);
  std::string words = fmt::format(
      "{} bands of {} rows ({} of {} hashes).\n\n"
      "A pair of texts is compared if it agrees in all rows of at least one band.\n"
      "Of pairs exactly at Jaccard {:.2f}, {:.1f} in 100 are found; above it more, below it "
      "fewer:\n\n"
      "  Jaccard  found\n",
      banding.bands(), banding.rows(), banding.bands() * banding.rows(), kSketchSize, threshold,
      100 * at_threshold);
  for (int step = 2; step <= kSteps; ++step) {
    const double jaccard = jaccard_of(step);
    const double found = banding.probability(jaccard);
    const bool is_threshold = jaccard <= threshold && threshold < jaccard_of(step + 1);
    words += fmt::format("  {:7.2f}  {:5.1f}%  {:#<{}}{}\n", jaccard, 100 * found, "",
                         std::lround(found * kBarWidth), is_threshold ? "  <- threshold" : "");
  }
  words +=
      "\nWhat is compared is then measured exactly: pairs below the threshold are never reported.\n"
      "More bands find more and cost more comparisons; more rows find less.\n";
  return words;
}

std::string plan_as_json(const Banding& banding, double threshold) {
  base::JsonWriter json;
  json.begin_object();
  json.key("bands").integer(banding.bands());
  json.key("rows").integer(banding.rows());
  json.key("threshold").share(threshold);
  json.key("expected_recall").share(banding.probability(threshold));
  json.key("curve").begin_array();
  for (int step = 0; step <= kSteps; ++step) {
    json.begin_object();
    json.key("jaccard").share(jaccard_of(step));
    json.key("found").share(banding.probability(jaccard_of(step)));
    json.end_object();
  }
  json.end_array().end_object();
  return std::string(json.text());
}

}  // namespace wirecopy::app

#include "batch/caption_grams.h"

#include <algorithm>
#include <iterator>

#include "base/hash.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kGram = 12;  // letters, in bytes
// A letter changed in the middle of a caption of 80 letters takes 12 of its 69 grams.
constexpr std::size_t kNearPercent = 70;

// Distinct, ascending.
std::vector<std::uint32_t> all_grams(std::string_view letters) {
  std::vector<std::uint32_t> grams;
  for (std::size_t i = 0; i + kGram <= letters.size(); ++i) {
    grams.push_back(static_cast<std::uint32_t>(base::hash64(letters.substr(i, kGram))));
  }
  std::sort(grams.begin(), grams.end());
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
  return grams;
}

}  // namespace

CaptionGrams grams_of(std::string_view letters) {
  CaptionGrams smallest;
  smallest.fill(~std::uint32_t{0});
  const std::vector<std::uint32_t> grams = all_grams(letters);
  std::copy_n(grams.begin(), std::min(grams.size(), smallest.size()), smallest.begin());
  return smallest;
}

bool is_near_caption(std::string_view a, std::string_view b) {
  const std::vector<std::uint32_t> in_a = all_grams(a);
  const std::vector<std::uint32_t> in_b = all_grams(b);
  std::vector<std::uint32_t> both;
  std::set_intersection(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(),
                        std::back_inserter(both));
  return !both.empty() && 100 * both.size() >= kNearPercent * std::min(in_a.size(), in_b.size());
}

}  // namespace wirecopy::batch

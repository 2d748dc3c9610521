#include "batch/window.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "batch/propose.h"

namespace wirecopy::batch {
namespace {

constexpr std::uint64_t kMostShingles = std::uint64_t{1} << 24U;  // of a generation
// Texts of one bucket that a text is compared with: kept ones are no copies of each other, so more
// of them share a form, not a text.
constexpr std::size_t kMostOfBucket = 64;

}  // namespace

Window::Window(const StreamRule& rule)
    : rule_(rule), min_equal_lanes_(band_options(rule.threshold).min_equal_lanes) {}

std::uint64_t Window::band_key(const Signature& signature, std::uint32_t band) const {
  const std::size_t rows = rule_.banding.rows();
  const auto* const lanes = reinterpret_cast<const char*>(&signature.lanes[band * rows]);
  return base::hash64({lanes, rows * sizeof(signature.lanes[0])}, band);
}

std::optional<WindowMatch> Window::match(const WindowText& text) const {
  if (text.letters == LettersHash{}) return std::nullopt;
  for (const Generation* const generation : {&old_, &young_}) {
    const auto equal = generation->by_letters.find(text.letters);
    if (equal == generation->by_letters.end()) continue;
    return WindowMatch{&generation->texts[equal->second], std::nullopt};
  }
  WindowMatch best;
  if (!rule_.drop.near_duplicate || text.shingles.empty()) return std::nullopt;
  find_near(old_, text, best);
  find_near(young_, text, best);
  if (best.kept == nullptr) return std::nullopt;
  return best;
}

void Window::find_near(const Generation& generation, const WindowText& text,
                       WindowMatch& best) const {
  std::vector<std::uint32_t> candidates;
  for (std::uint32_t band = 0; band < rule_.banding.bands(); ++band) {
    const auto bucket = generation.by_band.find(band_key(text.signature, band));
    if (bucket == generation.by_band.end()) continue;
    const std::vector<std::uint32_t>& members = bucket->second;
    candidates.insert(
        candidates.end(),
        members.end() - static_cast<std::ptrdiff_t>(std::min(members.size(), kMostOfBucket)),
        members.end());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const std::uint32_t candidate : candidates) {
    const WindowText& kept = generation.texts[candidate];
    if (equal_lanes(kept.signature, text.signature) < min_equal_lanes_) continue;
    const Similarity similarity = compare(kept.shingles, text.shingles);
    if (!similarity.reaches(rule_.threshold)) continue;
    if (best.kept != nullptr && compare_jaccard(similarity, *best.similarity) <= 0) continue;
    best = {&kept, similarity};
  }
}

void Window::add(WindowText text) {
  if (text.letters == LettersHash{}) return;
  if (young_.texts.size() >= rule_.window || young_.shingles >= kMostShingles) {
    old_ = std::exchange(young_, Generation());
  }
  const auto number = static_cast<std::uint32_t>(young_.texts.size());
  young_.by_letters.emplace(text.letters, number);
  if (!text.shingles.empty()) {
    for (std::uint32_t band = 0; band < rule_.banding.bands(); ++band) {
      young_.by_band[band_key(text.signature, band)].push_back(number);
    }
  }
  young_.shingles += text.shingles.size();
  young_.texts.push_back(std::move(text));
}

}  // namespace wirecopy::batch

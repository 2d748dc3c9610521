/// The kept rows that a row of a stream is compared with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wirecopy/band.h"
#include "wirecopy/batch.h"
#include "wirecopy/collapse.h"

namespace wirecopy::batch {

/// One text as the window knows it.
struct WindowText {
  std::string id;
  std::uint64_t text_hash = 0;
  LettersHash letters;
  Signature signature;
  ShingleSet shingles;
};

/// What a text is of one in the window.
struct WindowMatch {
  const WindowText* kept = nullptr;
  std::optional<Similarity> similarity;  ///< Nothing for equal letters.
};

/// Two generations of texts. When the young one is full, it becomes the old one, and the old one
/// goes: so nothing has to be taken out of a table one by one.
class Window {
 public:
  explicit Window(const StreamRule& rule);

  /// The first one with equal letters, else the one with the highest Jaccard at or above the
  /// threshold, else nothing. Cost: a look a band, and about 5 µs a text compared.
  [[nodiscard]] std::optional<WindowMatch> match(const WindowText& text) const;
  void add(WindowText text);

 private:
  struct LettersKey {
    std::size_t operator()(const LettersHash& hash) const noexcept { return hash.low; }
  };
  struct Generation {
    std::vector<WindowText> texts;
    std::unordered_map<LettersHash, std::uint32_t, LettersKey> by_letters;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_band;
    std::uint64_t shingles = 0;
  };

  [[nodiscard]] std::uint64_t band_key(const Signature& signature, std::uint32_t band) const;
  void find_near(const Generation& generation, const WindowText& text, WindowMatch& best) const;

  const StreamRule& rule_;
  std::uint32_t min_equal_lanes_;
  Generation old_;
  Generation young_;
};

}  // namespace wirecopy::batch

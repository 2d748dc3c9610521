/// Which base texts resemble an earlier one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy::generation {

/// A short index of shingles. One shingle in four is kept, by its hash, so that any two texts are
/// sampled at the same places; of a text the smallest hash is kept always, so that no text is
/// without one. A share of 30 % of the sample stands for 30 % of the text: at 250 words the
/// standard error is 6 points. Of passages all shingles may be kept.
class ResemblanceIndex {
 public:
  /// The sample of one text: one shingle in `one_of`. `shingles` may repeat; the result is sorted
  /// and distinct. Pure.
  [[nodiscard]] static std::vector<std::uint64_t> sample(std::span<const std::uint64_t> shingles,
                                                         std::uint64_t one_of = 4);

  /// Adds a text unless a text added before holds 30 % or more of its sample; says whether it was
  /// added. Cost: one probe a sampled shingle.
  bool add_if_new(std::span<const std::uint64_t> sample);

 private:
  struct Entry {
    std::uint32_t tag = 0;
    std::uint32_t text = 0;  // number + 1; 0 = free
  };

  [[nodiscard]] bool resembles(std::span<const std::uint64_t> sample);
  void insert(std::uint64_t hash, std::uint32_t text);
  void grow();

  std::vector<Entry> entries_ = std::vector<Entry>(std::size_t{1} << 12U);
  std::uint64_t used_ = 0;
  std::uint32_t texts_ = 0;
  std::vector<std::uint32_t> hits_;  // texts met while asking
};

}  // namespace wirecopy::generation

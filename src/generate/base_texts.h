/// The base texts that a corpus may be made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/files.h"
#include "wirecopy/generate.h"

namespace wirecopy::generation {

struct BaseText {
  std::string title;  ///< Empty = none.
  std::string text;
};

/// Reads all base texts once, on all threads, and keeps those that are long enough and resemble no
/// earlier one in a scratch file. Read-only afterwards: any thread.
class BaseTexts {
 public:
  /// `folder` is for the scratch file. Counts into `counts`. Throws Error.
  BaseTexts(Reader& reader, std::uint32_t min_words, const std::string& folder,
            const std::atomic<bool>* stop, GenerateCounts& counts);

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
  [[nodiscard]] BaseText at(std::size_t number) const;

 private:
  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t title_size = 0;
    std::uint32_t text_size = 0;
  };

  void add(const Document& document);

  base::ScratchFile scratch_;
  std::vector<Place> places_;
};

/// Throws Error(interrupted) if asked to stop.
void check_stop(const std::atomic<bool>* stop);

}  // namespace wirecopy::generation

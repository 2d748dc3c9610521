// Any bytes → blocks that tile the letters, none of them empty; the same with other line ends.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"

namespace {

using namespace wirecopy;

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const NormalizedText text = normalize(bytes);
  const std::vector<Block> blocks = split_blocks(bytes, text);
  std::uint32_t end = 0;
  std::size_t words = 0;
  for (const Block& block : blocks) {
    demand(block.letters.begin == end && block.letters.end > end);
    end = block.letters.end;
    words += block.words;
  }
  demand(end == text.letters().size());
  demand(words == text.words().size());

  if (bytes.find('\r') == bytes.npos) {
    std::string changed(bytes);
    std::replace(changed.begin(), changed.end(), '\n', '\r');
    demand(split_blocks(changed, normalize(changed)) == blocks);
  }
  return 0;
}

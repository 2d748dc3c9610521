// A title, a newline, a text of any bytes → repeats that are sound, the same by a used finder.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "../repeats_sound.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wirecopy;
  static RepeatFinder finder;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view title = bytes.substr(0, bytes.find('\n'));
  const std::string_view utf8 = bytes.substr(title.size());
  const NormalizedText text = normalize(utf8);
  std::vector<Repeat> found;
  finder.find(title, utf8, text, split_blocks(utf8, text), found);
  if (!test::unsound(text, found).empty() || found != find_repeats(title, utf8)) std::abort();
  return 0;
}

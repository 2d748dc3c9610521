// Any bytes → a Model or a damage that names its line, and nothing else.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "learn/entries.h"
#include "wirecopy/error.h"

namespace {

using namespace wirecopy;

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const Model model = Model::parse(bytes, "fuzzed");
    demand(bytes.find(model.digest()) != bytes.npos);
    demand(!model.is_boilerplate(0, 1));
  } catch (const Error& error) {
    demand(error.code() == ErrorCode::damaged);
    demand(std::string_view(error.what()).starts_with("fuzzed:"));
  }
  return 0;
}

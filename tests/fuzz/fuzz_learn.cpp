// Any bytes → a Model or a named damage. What is a Model is saved as it was read, but for the
// spelling of its JSON.
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
    const Model model = ModelAccess::parse(bytes, "fuzzed");
    const std::string text = ModelAccess::text(model);
    const Model again = ModelAccess::parse(text, "again");
    demand(again.digest() == model.digest() && again.number() == model.number());
    demand(ModelAccess::text(again) == text);
  } catch (const Error& error) {
    demand(error.code() == ErrorCode::damaged);
  }
  return 0;
}

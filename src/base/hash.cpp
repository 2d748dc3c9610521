#include "base/hash.h"

#include <fmt/format.h>

namespace wirecopy::base {

std::string hex(const Hash128& hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

}  // namespace wirecopy::base

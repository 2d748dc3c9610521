/// Version of the library and the tool.
#pragma once

namespace wirecopy {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace wirecopy

/// Small files of JSON for people, with a checksum over every byte.
#pragma once

#include <string>

#include "base/json.h"

namespace wirecopy::index {

/// Ends the object that was begun in `json`, whose layout must be indented: its last key becomes
/// "checksum", XXH3-128 of all bytes before. The text of a file.
[[nodiscard]] std::string with_checksum(base::JsonWriter& json);

/// Reads a file that `with_checksum` made. Throws Error(damaged) naming the file if a byte of it
/// changed, Error(damaged) also if it is not there: whoever asks knows that it should be.
void read_checked(const std::string& path, base::JsonRowReader& into);

}  // namespace wirecopy::index

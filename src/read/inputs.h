/// What the user named, expanded into single inputs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "wirecopy/read.h"

namespace wirecopy::read {

/// A .txt file and the id of the row it becomes.
struct TextFile {
  std::string path;
  std::string id;
};

struct Input {
  InputInfo info;
  Format format = Format::jsonl;
  std::vector<TextFile> texts;  ///< Only for .txt: the rows.
  std::uint64_t bytes = 0;      ///< On disk; 0 if unknown.
  bool sized = false;
};

struct ExpandedInputs {
  std::vector<Input> inputs;
  std::vector<std::string> messages;  ///< What was left out.
};

/// Expands folders and patterns and looks at the first bytes of every file. Throws Error(input) for
/// names that lead to nothing, files that cannot be read and compressions that are not supported;
/// Error(usage) if nothing is named, or standard input twice.
[[nodiscard]] ExpandedInputs expand_inputs(const ReadOptions& options);

}  // namespace wirecopy::read

/// Which fields a row has, and how that is found out.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_walk.h"
#include "wirecopy/read.h"

namespace wirecopy::read {

/// FieldPaths, ready for walking rows.
struct FieldPlan {
  explicit FieldPlan(FieldPaths paths);

  FieldPaths fields;
  base::JsonPaths paths;  ///< All distinct paths of all fields.
  /// For each field the results that may hold it, preferred first.
  std::array<std::vector<std::size_t>, kFieldCount> places;
};

/// Puts the paths that the user gave in the place of the preset's; several for one field are
/// alternatives. Throws Error(usage) if the text is switched off.
[[nodiscard]] FieldPaths with_overrides(FieldPaths fields,
                                        std::span<const std::pair<Field, std::string>> overrides);

/// Tells the presets apart by the keys of some rows.
class PresetFinder {
 public:
  PresetFinder();

  /// Takes the keys of one row; returns false if it is no JSON object. `row` as for RowWalker.
  bool look_at(std::string_view row, base::RowWalker& walker, base::TextArena& arena);

  /// The preset that fits the rows seen.
  [[nodiscard]] std::string_view preset() const;

  /// "text, title, domain → source": where the rows seen have the fields.
  [[nodiscard]] std::string describe(const FieldPaths& fields) const;

 private:
  [[nodiscard]] bool has(std::string_view path) const;

  std::vector<std::string> paths_;  // all that any preset asks for
  base::JsonPaths compiled_;
  std::vector<base::JsonFound> found_;
  std::vector<bool> seen_;
};

}  // namespace wirecopy::read

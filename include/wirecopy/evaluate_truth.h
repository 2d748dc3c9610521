/// evaluate: the files that say what is true.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace wirecopy {

/// What a truth file lists, known by the fields of its first row, of an empty file by its name
/// ("truth.pairs.jsonl").
enum class TruthKind : std::uint8_t {
  pairs,     ///< {a, b} with any of j, c, label.
  clusters,  ///< {cluster, kind, members: [id]}, the original first, as generate writes it; or
             ///< {story, first, certain, members: [{id}]}. A document stands in one of them.
  passages,  ///< {a, b, a_begin, a_end, b_begin, b_end, kind} or {a, b, label, a_off, a_len, b_off,
             ///< b_len}, in code points; a row of a pair that shares nothing has no places.
  lineage,   ///< {id, parent, lag_seconds, title, credit}, as generate writes it.
  repeats,   ///< {id, kind, repeat: [begin, end]}, as generate writes it; or {id, repeats:
             ///< [{a_off, a_end, b_off, b_end}]}: what stands in both places.
};
using TruthFiles = std::map<TruthKind, std::vector<std::string>>;
/// Of a folder the files called truth*.jsonl, also .gz and .zst, count.
[[nodiscard]] TruthFiles truth_files(const std::vector<std::string>& files_or_folders);

/// A row of a list of pairs.
struct TruthPair {
  std::string a;
  std::string b;
  double jaccard = -1;      ///< j; negative = not given.
  double containment = -1;  ///< c, in the smaller.
  std::string label;        ///< Empty = a true pair.
};
[[nodiscard]] std::vector<TruthPair> read_truth(const std::string& path);

}  // namespace wirecopy

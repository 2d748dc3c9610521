#include <fmt/format.h>

#include "wirecopy/error.h"
#include "wirecopy/report.h"

namespace wirecopy {
namespace {

struct OutputNames {
  std::string_view name;
  std::string_view file_name;
};
constexpr std::array<OutputNames, kOutputCount> kNames{{{"clusters", "clusters.jsonl"},
                                                        {"pairs", "pairs.jsonl"},
                                                        {"passages", "passages.jsonl"},
                                                        {"repeats", "repeats.jsonl"},
                                                        {"kept", "kept.jsonl"},
                                                        {"ledger", "ledger.jsonl"},
                                                        {"cuts", "cuts.tsv"},
                                                        {"rejected", "rejected.jsonl"},
                                                        {"outlets", "outlets.csv"},
                                                        {"model", "model.jsonl"},
                                                        {"changes", "changes.jsonl"},
                                                        {"summary", "summary.json"}}};

Output output_named(std::string_view name) {
  for (std::size_t i = 0; i < kOutputCount; ++i) {
    if (kNames[i].name == name) return static_cast<Output>(i);
  }
  throw Error(
      ErrorCode::usage,
      fmt::format(
          "'{}' is not one of the outputs clusters, pairs, passages, repeats, kept, ledger, cuts, "
          "rejected, outlets, model, changes, summary; list those you want with commas between "
          "them",
          name));
}

}  // namespace

std::string_view name_of(Output output) noexcept {
  return kNames[static_cast<std::size_t>(output)].name;
}

std::string_view name_of(ClusterEvent event) noexcept {
  constexpr std::array<std::string_view, kClusterEventCount> kEvents{
      "new", "grew", "shrank", "merged_into", "split_from", "retired"};
  return kEvents[static_cast<std::size_t>(event)];
}

std::string_view file_name_of(Output output) noexcept {
  return kNames[static_cast<std::size_t>(output)].file_name;
}

OutputSet OutputSet::all() noexcept {
  OutputSet set;
  set.bits_.fill(true);
  return set;
}

OutputSet OutputSet::parse(std::string_view list) {
  OutputSet set;
  for (;;) {
    const std::size_t comma = list.find(',');
    set.add(output_named(list.substr(0, comma)));
    if (comma == std::string_view::npos) return set;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace wirecopy

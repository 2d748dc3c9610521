#include "base/json.h"
#include "wirecopy/normalize.h"
#include "wirecopy/report.h"
#include "wirecopy/version.h"

namespace wirecopy {
namespace {

void write_rows(base::JsonWriter& json, const Summary::Rows& rows) {
  json.key("rows").begin_object();
  json.key("read").integer(rows.read);
  json.key("kept").integer(rows.kept);
  json.key("dropped").integer(rows.dropped);
  json.key("rejected").integer(rows.rejected);
  json.key("repeated").integer(rows.repeated);
  json.key("repaired").integer(rows.repaired);
  json.end_object();
}

void write_repeats(base::JsonWriter& json, const Summary& summary) {
  json.key("repeats").begin_object();
  for (std::size_t kind = 0; kind < kRepeatKindCount; ++kind) {
    json.key(name_of(static_cast<RepeatKind>(kind))).integer(summary.repeats[kind]);
  }
  json.end_object();
  json.key("cuts").begin_array();
  for (std::size_t kind = 0; kind < kRepeatKindCount; ++kind) {
    const Summary::Cuts& cuts = summary.cuts[kind];
    if (cuts.count == 0) continue;
    json.begin_object().key("kind").string(name_of(static_cast<RepeatKind>(kind)));
    json.key("count").integer(cuts.count);
    json.key("characters").integer(cuts.characters);
    json.key("unique_letters").integer(cuts.unique_letters).end_object();
  }
  json.end_array();
  json.key("cut_documents").integer(summary.cut_documents);
  json.key("lost_letters");
  summary.lost_letters ? json.integer(*summary.lost_letters) : json.null();
  json.key("with_repeats").integer(summary.with_repeats);
  json.key("one_line_texts").integer(summary.one_line_texts);
}

void write_counts(base::JsonWriter& json, const Summary& summary) {
  json.key("renamed").integer(summary.renamed);
  json.key("published_unreadable").integer(summary.published_unreadable);
  json.key("archives_damaged").integer(summary.archives_damaged);
  json.key("proposed").integer(summary.proposed);
  json.key("candidates").integer(summary.candidates);
  json.key("pairs").integer(summary.pairs);
  json.key("clusters").integer(summary.clusters);
  json.key("clustered").integer(summary.clustered);
  json.key("capped_buckets").integer(summary.capped_buckets);
  json.key("left_out_pairs").integer(summary.left_out_pairs);
  json.key("capped_lists").integer(summary.capped_lists);
  write_repeats(json, summary);
  json.key("model").string_or_null(summary.model);
  json.key("model_number").integer(std::uint64_t{summary.model_number});
  json.key("expected_recall").share(summary.expected_recall);
}

void write_night(base::JsonWriter& json, const std::optional<Summary::Night>& night) {
  json.key("night");
  if (!night) return void(json.null());
  json.begin_object();
  json.key("generation").integer(std::uint64_t{night->generation});
  json.key("versions").integer(night->versions);
  json.key("gone").integer(night->gone);
  json.key("articles").integer(night->articles);
  json.key("weak").integer(night->weak);
  json.key("clusters").begin_object();
  for (std::size_t event = 0; event < kClusterEventCount; ++event) {
    json.key(name_of(static_cast<ClusterEvent>(event))).integer(night->events[event]);
  }
  json.end_object();
  json.end_object();
}

}  // namespace

std::string to_json(const Summary& summary) {
  base::JsonWriter json(base::JsonWriter::Layout::indented);
  json.begin_object();
  write_rows(json, summary.rows);
  write_counts(json, summary);
  write_night(json, summary.night);
  json.key("inputs").begin_array();
  for (const std::string& input : summary.inputs) json.string(input);
  json.end_array();
  json.key("settings").begin_object();
  for (const auto& [name, value] : summary.settings) json.key(name).raw(value);
  json.end_object();
  json.key("versions").begin_object();
  json.key("wirecopy").string(kVersion);
  json.key("normalization").integer(kNormalizationVersion);
  json.end_object();
  json.key("file_rows").begin_object();
  for (const auto& [file, rows] : summary.file_rows) json.key(file).integer(rows);
  json.end_object();
  json.key("digests").begin_object();
  for (const auto& [file, digest] : summary.file_digests) json.key(file).string(digest);
  json.end_object();
  json.key("digest").string(summary.digest);
  json.end_object();
  return std::string(json.text());
}

}  // namespace wirecopy

#include "report/rows.h"

#include <algorithm>

#include "base/utf8.h"

namespace wirecopy::report {
namespace {

std::string_view name_of(LedgerRow::Action action) {
  switch (action) {
    case LedgerRow::Action::drop:
      return "drop";
    case LedgerRow::Action::repeated:
      return "repeated";
    case LedgerRow::Action::cut:
      return "cut";
    case LedgerRow::Action::repair:
      break;
  }
  return "repair";
}

void write_lag(base::JsonWriter& json, const std::optional<Lag>& lag) {
  json.key("lag_min_seconds");
  lag ? json.integer(lag->min_seconds) : json.null();
  json.key("lag_max_seconds");
  lag ? json.integer(lag->max_seconds) : json.null();
}

void write_nulls(base::JsonWriter& json, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) json.key(key).null();
}

void write_span(base::JsonWriter& json, Span span) {
  json.begin_array().integer(span.begin).integer(span.end).end_array();
}

// The original row byte for byte: as a string where it is UTF-8, else in base64.
void write_original(base::JsonWriter& json, std::string_view row) {
  const bool utf8 = base::valid_utf8(row);
  json.key("row").string(utf8 ? row : std::string_view(base::to_base64(row)));
  json.key("encoding").string(utf8 ? "utf-8" : "base64");
}

void write_member(base::JsonWriter& json, const MemberRow& member) {
  json.begin_object();
  json.key("id").string(member.id);
  json.key("source").string_or_null(member.source);
  json.key("published").string_or_null(member.published);
  json.key("role").string(wirecopy::name_of(member.role));
  if (member.link) {
    const MemberRow::Link& link = *member.link;
    json.key("parent").string(link.parent);
    write_lag(json, link.lag);
    json.key("verdict").string(wirecopy::name_of(link.verdict));
    json.key("score").integer(link.score);
    json.key("jaccard");
    link.jaccard ? json.share(*link.jaccard) : json.null();
  } else {
    write_nulls(json,
                {"parent", "lag_min_seconds", "lag_max_seconds", "verdict", "score", "jaccard"});
  }
  json.key("coverage");
  member.link&& member.link->coverage ? json.share(*member.link->coverage) : json.null();
  json.key("title_change").string_or_null(member.title_change);
  json.key("agency").string_or_null(member.agency);
  json.key("credit_removed");
  member.credit_removed ? json.boolean(*member.credit_removed) : json.null();
  json.end_object();
}

void write_aligned(base::JsonWriter& json, const std::optional<PairRow::Aligned>& aligned) {
  if (!aligned) {
    return write_nulls(json, {"coverage_a", "coverage_b", "aligned_a", "aligned_b", "identity"});
  }
  json.key("coverage_a").share(aligned->a.value());
  json.key("coverage_b").share(aligned->b.value());
  json.key("aligned_a").integer(aligned->a.letters);
  json.key("aligned_b").integer(aligned->b.letters);
  json.key("identity").share(aligned->identity);
}

void write_evidence(base::JsonWriter& json, const LedgerRow& row) {
  json.key("evidence");
  if (row.kept.empty()) {
    json.null();
    return;
  }
  json.begin_object();
  json.key("kept").string(row.kept);
  if (row.similarity) {
    json.key("jaccard").share(row.similarity->jaccard());
    json.key("kept_in_dropped").share(row.similarity->a_in_b());
    json.key("dropped_in_kept").share(row.similarity->b_in_a());
  } else {
    write_nulls(json, {"jaccard", "kept_in_dropped", "dropped_in_kept"});
  }
  json.end_object();
}

void write_cuts(base::JsonWriter& json, const LedgerRow& row) {
  json.begin_array();
  for (std::size_t i = 0; i < row.cuts.size(); ++i) {
    const Cut& cut = row.cuts[i];
    json.begin_object();
    json.key("kind").string(wirecopy::name_of(cut.kind));
    json.key("begin").integer(cut.span.begin);
    json.key("end").integer(cut.span.end);
    json.key("first");
    cut.first ? write_span(json, *cut.first) : void(json.null());
    json.key("unique_text_lost").integer(cut.unique_letters);
    json.key("text").string(row.cut_texts[i]);
    json.key("at").integer(row.removed[i].at);
    json.key("removed").string(row.removed[i].bytes);
    json.end_object();
  }
  json.end_array();
}

std::string kinds_of(std::span<const Cut> cuts) {
  RepeatKinds kinds;
  for (const Cut& cut : cuts) kinds.add(cut.kind);
  return kinds.names();
}

std::uint64_t unique_letters_of(std::span<const Cut> cuts) {
  std::uint64_t letters = 0;
  for (const Cut& cut : cuts) letters += cut.unique_letters;
  return letters;
}

}  // namespace

void write(base::JsonWriter& json, const ClusterRow& row) {
  json.begin_object();
  json.key("cluster").string(row.cluster);
  json.key("size").integer(std::uint64_t{row.members.size()});
  json.key("representative").string(row.representative);
  json.key("title").string_or_null(row.title);
  json.key("members").begin_array();
  for (const MemberRow& member : row.members) write_member(json, member);
  json.end_array();
  json.key("min_score").integer(row.min_score);
  json.key("mean_score").integer(row.mean_score);
  json.key("weak_members").begin_array();
  for (const std::string_view id : row.weak_members) json.string(id);
  json.end_array();
  json.key("agency").string_or_null(row.agency);
  json.end_object();
}

void write(base::JsonWriter& json, const PairRow& row) {
  json.begin_object();
  json.key("a").string(row.a);
  json.key("b").string(row.b);
  json.key("verdict").string(wirecopy::name_of(row.verdict));
  json.key("score").integer(row.score);
  json.key("jaccard").share(row.similarity.jaccard());
  json.key("a_in_b").share(row.similarity.a_in_b());
  json.key("b_in_a").share(row.similarity.b_in_a());
  write_aligned(json, row.aligned);
  json.key("earlier").string(wirecopy::name_of(row.time.earlier));
  write_lag(json, row.time.lag);
  json.end_object();
}

void write(base::JsonWriter& json, const PassageRow& row) {
  json.begin_object();
  json.key("a").string(row.a);
  json.key("b").string(row.b);
  json.key("a_begin").integer(row.in_a.begin);
  json.key("a_end").integer(row.in_a.end);
  json.key("b_begin").integer(row.in_b.begin);
  json.key("b_end").integer(row.in_b.end);
  json.key("identity").share(row.identity);
  json.key("kind").string(wirecopy::name_of(row.kind));
  json.end_object();
}

void write(base::JsonWriter& json, const RepeatRow& row) {
  json.begin_object();
  json.key("id").string(row.id);
  json.key("kind").string(wirecopy::name_of(row.kind));
  json.key("first");
  row.first ? write_span(json, *row.first) : void(json.null());
  json.key("repeat");
  write_span(json, row.repeat);
  json.key("cut").string(row.cut_first ? "first" : "repeat");
  json.key("unique_letters").integer(row.unique_letters);
  json.key("text").string(row.text);
  json.end_object();
}

void write(base::JsonWriter& json, const StockRow& row) {
  json.begin_object();
  json.key("passage").string(row.passage);
  json.key("kind").string(wirecopy::name_of(row.kind));
  json.key("source").string_or_null(row.source);
  json.key("text").string(row.text);
  json.key("articles").integer(row.articles);
  json.key("first_seen").string_or_null(row.first_seen);
  json.key("last_seen").string_or_null(row.last_seen);
  json.key("occurrences").begin_array();
  for (const StockRow::Occurrence& occurrence : row.occurrences) {
    json.begin_object();
    json.key("id").string(occurrence.id);
    json.key("begin").integer(occurrence.span.begin);
    json.key("end").integer(occurrence.span.end);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write(base::JsonWriter& json, const ChangeRow& row) {
  json.begin_object();
  json.key("cluster").string(row.cluster);
  json.key("event").string(name_of(row.event));
  json.key("other").string_or_null(row.other);
  json.key("members").begin_array();
  for (const std::string_view member : row.members) json.string(member);
  json.end_array();
  json.end_object();
}

void write(base::JsonWriter& json, const LedgerRow& row) {
  const bool cut = row.action == LedgerRow::Action::cut;
  json.begin_object();
  json.key("action").string(name_of(row.action));
  json.key("id").string(row.id);
  json.key("input").string(row.input);
  json.key("row_number").integer(row.row_number);
  json.key("position").integer(row.position);
  json.key("why").string(cut ? std::string_view(kinds_of(row.cuts)) : row.why);
  write_evidence(json, row);
  json.key("spans");
  if (cut) {
    write_cuts(json, row);
    write_nulls(json, {"row", "encoding"});
    json.key("unique_text_lost").integer(unique_letters_of(row.cuts));
  } else {
    json.null();
    write_original(json, row.row);
    json.key("unique_text_lost");
    row.unique_text_lost ? json.integer(*row.unique_text_lost) : json.null();
  }
  json.end_object();
}

void write(base::JsonWriter& json, const Rejected& row, std::string_view input) {
  json.begin_object();
  json.key("input").string(input);
  json.key("row_number").integer(row.row_number);
  json.key("offset").integer(row.offset);
  json.key("reason").string(wirecopy::name_of(row.reason));
  json.key("detail").string(row.detail);
  write_original(json, row.row);
  json.end_object();
}

}  // namespace wirecopy::report

namespace wirecopy {

std::string to_json(const RepeatRow& row) { return report::to_json(row); }
std::string to_json(const StockRow& row) { return report::to_json(row); }

}  // namespace wirecopy

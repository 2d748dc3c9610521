/// One row of each kind, as the tests of report tell and expect it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/report.h"

namespace wirecopy::test {

inline constexpr std::string_view kClusterId = "0123456789abcdef0123456789abcdef";

inline PairRow sample_pair(std::string_view a = "a1", std::string_view b = "b1") {
  return {
      a, b, Verdict::near_duplicate, 43690, {9, 8, 6}, std::nullopt, {Earlier::a, Lag{60, 3600}}};
}

inline ClusterRow sample_cluster(std::string_view title = "Dam breaks") {
  MemberRow first;
  first.id = "a1";
  first.source = "Daily";
  first.published = "2024-03-01";
  first.role = Role::first;
  MemberRow copy;
  copy.id = "b1";
  copy.link = MemberRow::Link{"a1", Verdict::near_duplicate, 43690, 2.0 / 3, {}, {}};
  MemberRow equal;
  equal.id = "c1";
  equal.source = "Post";
  equal.published = "2024-03-02T10:00:00Z";
  equal.link = MemberRow::Link{"a1", Verdict::identical, kFullScore, 1, {}, Lag{60, 3600}};
  return {kClusterId, "a1", title, {first, copy, equal}, 43690, 54613, {}, ""};
}

// As the presets that align tell it.
inline ClusterRow aligned_cluster() {
  ClusterRow cluster = sample_cluster();
  MemberRow& copy = cluster.members[1];
  copy.link->coverage = 0.75;
  copy.role = Role::version;
  copy.title_change = "edited";
  copy.agency = "Reuters";
  copy.credit_removed = false;
  cluster.members[2].link = MemberRow::Link{"b1", Verdict::unrelated, 0, {}, {}, {}};
  cluster.weak_members = {"c1"};
  cluster.agency = "Reuters";
  return cluster;
}

inline PairRow aligned_pair() {
  PairRow pair = sample_pair("a1", "d1");
  pair.verdict = Verdict::abridged;
  pair.aligned = PairRow::Aligned{{400, 800}, {390, 400}, 0.96875};
  return pair;
}

inline PassageRow sample_passage() {
  return {"a1", "d1", {0, 480}, {12, 490}, 0.96875, PassageKind::lead};
}

inline RepeatRow sample_repeat() {
  return {"a1", RepeatKind::caption_near, Span{10, 80}, {400, 490}, true, 0, "The pier, pictured"};
}

inline StockRow sample_stock() {
  return {kClusterId,   RepeatKind::boilerplate,
          "Daily",      "Read our letters page",
          12,           "2024-03-01",
          "2024-03-09", {{"a1", {0, 21}}, {"b1", {5, 26}}}};
}

inline OutletRow sample_outlet() {
  OutletRow row;
  row.source = "The \"Daily\", Ltd";
  row.articles = 12;
  row.copies = 3;
  row.ran_first = 2;
  row.share_copied = Millionths(250'000);
  row.from = "Post";
  row.from_count = 2;
  row.median_lag_seconds = 3600;
  return row;
}

inline LedgerRow sample_ledger_row(std::string_view row = "{\"text\":\"x\"}") {
  LedgerRow line;
  line.id = "b1";
  line.input = "in.jsonl";
  line.row_number = 7;
  line.position = 5;
  line.why = "near_duplicate";
  line.kept = "a1";
  line.similarity = Similarity{4, 5, 3};
  line.row = row;
  return line;
}

// Views into constants.
inline CutsRow sample_cuts() {
  static const std::vector<Cut> cuts{{RepeatKind::trailer, {4, 9}, {}, 12},
                                     {RepeatKind::caption_exact, {20, 22}, Span{10, 12}, 0},
                                     {RepeatKind::trailer, {30, 31}, {}, 1}};
  static const std::vector<std::string_view> texts{"\n\ta\\\r", "😀.", "x"};
  CutsRow row;
  row.id = "b1";
  row.cuts = cuts;
  row.cut_texts = texts;
  return row;
}

inline ChangeRow sample_change() {
  return {"0123456789abcdef0123456789abcdef",
          ClusterEvent::merged_into,
          "fedcba9876543210fedcba9876543210",
          {"a", "b"}};
}

inline Rejected sample_rejected(std::string row = "{") {
  return {0, 3, 120, RejectReason::not_json, std::move(row), "expected \"}\""};
}

inline Summary sample_summary() {
  Summary summary;
  summary.rows = {6, 2, 2, 1, 1, 1};
  summary.clusters = 1;
  summary.clustered = 3;
  summary.pairs = 1;
  summary.expected_recall = 0.951234;
  summary.settings = {{"threshold", "0.8"}, {"keep", "\"first\""}};
  summary.inputs = {"in.jsonl"};
  return summary;
}

// Ids, titles and file names that break naive writers and terminals.
inline std::vector<std::string> hostile_strings() {
  return {"\"quoted\", with \\ and /",
          "two\nlines\r\n\ttab",
          "\x1b]0;owned\x07\x1b[2J",
          std::string("null\0inside", 11),
          "\u202etxt.exe\u202c \u05e9\u05dc\u05d5\u05dd",
          "caf\xe9 \xed\xa0\x80 \xf0\x9f",
          "</script>\u2028\ufeff",
          std::string(10'000, 'x')};
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace wirecopy::test

#include "evaluate/truth.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "evaluate/rows.h"

namespace wirecopy::evaluate {
namespace {

std::string text_of(const base::JsonObject& row, std::string_view key) {
  return std::string(row.string(key).value_or(""));
}

void read_kind(const TruthFiles& truth, TruthKind kind, std::string_view expected,
               const std::function<bool(const base::JsonObject&)>& take) {
  const auto files = truth.find(kind);
  if (files == truth.end()) return;
  for (const std::string& path : files->second) read_rows(path, expected, take);
}

TruthCluster cluster_of(const base::JsonObject& row) {
  TruthCluster cluster;
  for (const std::string_view id : row.strings("members")) cluster.members.emplace_back(id);
  if (cluster.members.empty()) {
    row.for_each_object("members", [&](const base::JsonObject& member) {
      cluster.members.push_back(text_of(member, "id"));
    });
    if (row.boolean("certain").value_or(false)) cluster.first = text_of(row, "first");
  } else if (cluster.members.size() > 1) {
    cluster.first = cluster.members.front();
  }
  cluster.is_template = row.string("kind") == "template";
  return cluster;
}

std::optional<Span> span_of(const base::JsonObject& row, std::string_view side) {
  const auto number = [&](std::string_view what) {
    return row.unsigned_integer(std::string(side).append(what));
  };
  const auto begin = number("_begin");
  const auto end = number("_end");
  if (begin && end && *begin < *end) return Span{*begin, *end};
  const auto offset = number("_off");
  const auto length = number("_len");
  if (offset && length && *length > 0) return Span{*offset, *offset + *length};
  return std::nullopt;
}

std::optional<Span> exact_span(const base::JsonObject& row, const std::string& side) {
  const auto begin = row.unsigned_integer(side + "_off");
  const auto end = row.unsigned_integer(side + "_end");
  return begin && end && *begin < *end ? std::optional(Span{*begin, *end}) : std::nullopt;
}

// False if the row has one side only. No place at all: the pair shares nothing.
bool read_spans(const base::JsonObject& row, PassageMatch& match) {
  const auto keys = row.keys();
  const bool has_places = std::ranges::any_of(
      keys, [](std::string_view key) { return key.starts_with("a_") || key.starts_with("b_"); });
  if (!has_places) return true;
  const auto a = span_of(row, "a");
  const auto b = span_of(row, "b");
  if (!a || !b) return false;
  match = {*a, *b};
  return true;
}

}  // namespace

std::vector<TruthPair> pairs_of(const TruthFiles& truth) {
  std::vector<TruthPair> pairs;
  const auto files = truth.find(TruthKind::pairs);
  if (files == truth.end()) return pairs;
  for (const std::string& path : files->second) {
    std::vector<TruthPair> more = read_truth(path);
    std::ranges::move(more, std::back_inserter(pairs));
  }
  return pairs;
}

std::vector<TruthCluster> clusters_of(const TruthFiles& truth) {
  std::vector<TruthCluster> clusters;
  std::unordered_set<std::string> seen;
  read_kind(truth, TruthKind::clusters, "members, each an id that no other cluster has",
            [&](const base::JsonObject& row) {
              TruthCluster cluster = cluster_of(row);
              const bool fresh = std::ranges::all_of(cluster.members, [&](const std::string& id) {
                return !id.empty() && seen.insert(id).second;
              });
              if (!fresh || cluster.members.empty()) return false;
              clusters.push_back(std::move(cluster));
              return true;
            });
  return clusters;
}

std::vector<TruthPassage> passages_of(const TruthFiles& truth) {
  std::vector<TruthPassage> passages;
  read_kind(truth, TruthKind::passages,
            "ids a and b, and the places of a passage in both (a_begin, a_end, b_begin, b_end)",
            [&](const base::JsonObject& row) {
              TruthPassage passage{text_of(row, "a"), text_of(row, "b"), {}, text_of(row, "label")};
              if (passage.label.empty()) passage.label = text_of(row, "kind");
              const bool good = !passage.a.empty() && !passage.b.empty() &&
                                passage.a != passage.b && read_spans(row, passage.match);
              if (good) passages.push_back(std::move(passage));
              return good;
            });
  for (const TruthPair& pair : pairs_of(truth)) {
    if (pair.label == "none") passages.push_back({pair.a, pair.b, {}, pair.label});
  }
  return passages;
}

std::vector<TruthParent> lineage_of(const TruthFiles& truth) {
  std::vector<TruthParent> lineage;
  std::unordered_set<std::string> seen;
  read_kind(truth, TruthKind::lineage,
            "an id that no other row has, and parent and lag_seconds, both null for an original",
            [&](const base::JsonObject& row) {
              TruthParent article{text_of(row, "id"), text_of(row, "parent"), 0,
                                  text_of(row, "title"), text_of(row, "credit")};
              const auto lag = row.number("lag_seconds");
              article.lag_seconds = lag.value_or(0);
              const bool good = !article.id.empty() && seen.insert(article.id).second &&
                                article.parent.empty() != lag.has_value();
              if (good) lineage.push_back(std::move(article));
              return good;
            });
  return lineage;
}

std::vector<TruthRepeat> repeats_of(const TruthFiles& truth) {
  std::vector<TruthRepeat> repeats;
  read_kind(truth, TruthKind::repeats,
            "an id, and kind and repeat: [begin, end], or repeats with a_off, a_end, b_off, b_end",
            [&](const base::JsonObject& row) {
              const std::string id = text_of(row, "id");
              const std::vector<std::uint64_t> place = row.unsigned_integers("repeat");
              if (id.empty()) return false;
              if (place.size() == 2 && row.string("kind") && place[0] < place[1]) {
                repeats.push_back({id, text_of(row, "kind"), {}, {place[0], place[1]}});
                return true;
              }
              bool good = place.empty();
              row.for_each_object("repeats", [&](const base::JsonObject& exact) {
                const auto a = exact_span(exact, "a");
                const auto b = exact_span(exact, "b");
                good = good && a && b;
                if (good) repeats.push_back({id, "", *a, *b});
              });
              return good;
            });
  return repeats;
}

bool is_positive(const TruthPair& pair, const EvaluateOptions& options) {
  if (pair.label.empty()) return true;
  if (!options.positive_labels.empty()) {
    return std::ranges::find(options.positive_labels, pair.label) != options.positive_labels.end();
  }
  constexpr std::array<std::string_view, 5> kNegative{"none", "non", "event", "template",
                                                      "boilerplate"};
  return std::ranges::find(kNegative, pair.label) == kNegative.end();
}

}  // namespace wirecopy::evaluate

namespace wirecopy {

std::vector<TruthPair> read_truth(const std::string& path) {
  std::vector<TruthPair> truth;
  evaluate::read_rows(path, "the ids a and b as strings", [&](const base::JsonObject& row) {
    const auto a = row.string("a");
    const auto b = row.string("b");
    if (!a || !b) return false;
    truth.push_back({std::string(*a), std::string(*b), row.number("j").value_or(-1),
                     row.number("c").value_or(-1), std::string(row.string("label").value_or(""))});
    return true;
  });
  return truth;
}

}  // namespace wirecopy

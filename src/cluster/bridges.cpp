#include "cluster/bridges.h"

#include <algorithm>
#include <numeric>

namespace wirecopy::cluster_detail {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

// The edges of each node: those of node n are `edges[begin[n]]` to `edges[begin[n + 1] - 1]`.
struct Adjacency {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> edges;
};

Adjacency adjacency(std::span<const Edge> edges, std::size_t nodes) {
  // Counted one place further on, so that filling moves each begin to where it belongs.
  Adjacency result{std::vector<std::uint32_t>(nodes + 2),
                   std::vector<std::uint32_t>(2 * edges.size())};
  for (const Edge& edge : edges) {
    ++result.begin[edge.a + 2];
    ++result.begin[edge.b + 2];
  }
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  for (std::uint32_t e = 0; e < edges.size(); ++e) {
    result.edges[result.begin[edges[e].a + 1]++] = e;
    result.edges[result.begin[edges[e].b + 1]++] = e;
  }
  return result;
}

// A walk in depth from each node that none before came to. `low` of a node is the earliest node
// that it or a node below it has an edge to, the edge it was reached by left aside. An edge down to
// a node is a bridge if nothing from there on reaches above.
class Walk {
 public:
  Walk(std::span<const Edge> edges, std::size_t nodes)
      : edges_(edges),
        adjacency_(adjacency(edges, nodes)),
        next_(adjacency_.begin),
        time_(nodes, kNone),
        low_(nodes),
        by_(nodes, kNone) {}

  std::vector<std::uint32_t> bridges() {
    for (std::uint32_t node = 0; node < time_.size(); ++node) {
      if (time_[node] == kNone) walk_from(node);
    }
    std::sort(bridges_.begin(), bridges_.end());
    return std::move(bridges_);
  }

 private:
  void walk_from(std::uint32_t start) {
    reach(start, kNone);
    while (!path_.empty()) {
      const std::uint32_t node = path_.back();
      if (next_[node] == adjacency_.begin[node + 1]) {
        leave(node);
        continue;
      }
      const std::uint32_t edge = adjacency_.edges[next_[node]++];
      if (edge == by_[node]) continue;
      const std::uint32_t other = edges_[edge].a == node ? edges_[edge].b : edges_[edge].a;
      if (time_[other] == kNone) {
        reach(other, edge);
      } else {
        low_[node] = std::min(low_[node], time_[other]);
      }
    }
  }

  void reach(std::uint32_t node, std::uint32_t by) {
    time_[node] = low_[node] = reached_++;
    by_[node] = by;
    path_.push_back(node);
  }

  void leave(std::uint32_t node) {
    path_.pop_back();
    if (path_.empty()) return;
    const std::uint32_t above = path_.back();
    low_[above] = std::min(low_[above], low_[node]);
    if (low_[node] > time_[above]) bridges_.push_back(by_[node]);
  }

  std::span<const Edge> edges_;
  Adjacency adjacency_;
  std::vector<std::uint32_t> next_;  // by node, the place of its next edge
  std::vector<std::uint32_t> time_;  // when the walk reached the node
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> by_;  // the edge it was reached by
  std::vector<std::uint32_t> path_;
  std::vector<std::uint32_t> bridges_;
  std::uint32_t reached_ = 0;
};

}  // namespace

std::vector<std::uint32_t> bridges(std::span<const Edge> edges, std::size_t nodes) {
  return Walk(edges, nodes).bridges();
}

}  // namespace wirecopy::cluster_detail

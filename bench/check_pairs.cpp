// check_pairs DOCS.jsonl PAIRS.jsonl
//
// Brute force beside the engine: computes the Jaccard of every pair in PAIRS.jsonl again, as sets
// of joined words without any hashing, and compares it with the one reported. Exits 1 on a
// difference.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <unordered_map>

#include "base/json.h"
#include "wirecopy/normalize.h"

namespace {

using Shingles = std::set<std::string>;
constexpr std::size_t kWords = 5;

Shingles shingles_of(std::string_view text) {
  const wirecopy::NormalizedText normalized = wirecopy::normalize(text);
  const auto words = normalized.words();
  const std::size_t length = std::min(kWords, words.size());
  Shingles shingles;
  for (std::size_t i = 0; length > 0 && i + length <= words.size(); ++i) {
    std::string joined;
    for (std::size_t w = i; w < i + length; ++w) {
      joined.append(normalized.letters_of(words[w])).push_back(' ');
    }
    shingles.insert(std::move(joined));
  }
  return shingles;
}

double jaccard(const Shingles& a, const Shingles& b) {
  std::size_t shared = 0;
  for (const std::string& shingle : a) shared += b.count(shingle);
  const std::size_t all = a.size() + b.size() - shared;
  return all == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(all);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "check_pairs DOCS.jsonl PAIRS.jsonl\n");
    return 2;
  }
  wirecopy::base::JsonRowReader row;
  std::unordered_map<std::string, std::string> texts;
  std::string line;
  for (std::ifstream docs(argv[1]); std::getline(docs, line);) {
    if (row.parse(line)) texts.emplace(*row.string("id"), *row.string("text"));
  }
  std::uint64_t pairs = 0;
  std::uint64_t wrong = 0;
  for (std::ifstream file(argv[2]); std::getline(file, line);) {
    if (!row.parse(line)) continue;
    const std::string a(*row.string("a"));
    const std::string b(*row.string("b"));
    const double expected = jaccard(shingles_of(texts.at(a)), shingles_of(texts.at(b)));
    ++pairs;
    if (std::abs(expected - *row.number("jaccard")) > 1e-6 && ++wrong <= 10) {
      fmt::print("{} {}: {:.6f} reported, {:.6f} by brute force\n", a, b, *row.number("jaccard"),
                 expected);
    }
  }
  fmt::print("{} pairs checked, {} wrong\n", pairs, wrong);
  return wrong == 0 ? 0 : 1;
}

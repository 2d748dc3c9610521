// grow DOCS.jsonl ROWS [SEED]
//
// Writes ROWS rows: the documents of DOCS.jsonl over and over, from the second time on with seeded
// edits, so that a small real corpus becomes a large one that is not made of copies alone. Of the
// repeated documents 10 % stay as they are, 20 % get 2 % of their words replaced, 70 % get 30 %.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/json.h"

namespace {

struct Document {
  std::string id;
  std::string text;
};

std::string edited(const std::string& text, double rate, std::mt19937_64& random) {
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find_first_of(" \n", begin);
    if (end == std::string::npos) end = text.size();
    const bool replace = static_cast<double>(random() >> 11U) * 0x1p-53 < rate;
    if (replace && end > begin) {
      result += fmt::format("w{:x}", random() % 100'000);
    } else {
      result.append(text, begin, end - begin);
    }
    if (end < text.size()) result += text[end];
    begin = end + 1;
  }
  return result;
}

double edit_rate(std::mt19937_64& random) {
  const auto choice = random() % 10;
  return choice == 0 ? 0.0 : choice <= 2 ? 0.02 : 0.3;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "grow DOCS.jsonl ROWS [SEED]\n");
    return 2;
  }
  std::vector<Document> documents;
  wirecopy::base::JsonRowReader row;
  std::string line;
  for (std::ifstream file(argv[1]); std::getline(file, line);) {
    if (row.parse(line))
      documents.push_back({std::string(*row.string("id")), std::string(*row.string("text"))});
  }
  const auto rows = static_cast<std::uint64_t>(std::atoll(argv[2]));
  std::mt19937_64 random(argc > 3 ? static_cast<std::uint64_t>(std::atoll(argv[3])) : 1);
  wirecopy::base::JsonWriter json;
  for (std::uint64_t i = 0; i < rows; ++i) {
    const Document& document = documents[i % documents.size()];
    const std::uint64_t round = i / documents.size();
    const double rate = round == 0 ? 0.0 : edit_rate(random);
    json.clear();
    json.begin_object();
    json.key("id").string(round == 0 ? document.id : fmt::format("{}~{}", document.id, round));
    json.key("text").string(rate > 0 ? edited(document.text, rate, random) : document.text);
    json.end_object();
    std::fwrite(json.text().data(), 1, json.text().size(), stdout);
    std::fputc('\n', stdout);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}

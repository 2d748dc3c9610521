// Texts to measure the stages of text on: made up in three scripts, or those of a real file.
#pragma once

#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "../tests/oracle.h"
#include "base/json.h"
#include "base/lines.h"
#include "base/utf8.h"

namespace wirecopy::bench {

// A script whose letters follow each other. Letters a word are as in English news, sentences are of
// about fifteen words; a text is 2.7 kB, and they are many, so that no branch predictor learns
// them.
inline std::vector<std::string> made_up_texts(char32_t first_letter, std::size_t letters) {
  constexpr std::array<std::size_t, 21> kLengths = {1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4,
                                                    4, 5, 5, 6, 6, 7, 7, 8, 9, 11};
  oracle::Random random(1);
  std::vector<std::string> texts(200);
  for (std::string& text : texts) {
    while (text.size() < 2700) {
      const std::size_t length = kLengths[oracle::below(random, kLengths.size())];
      for (std::size_t i = 0; i < length; ++i) {
        std::array<char, base::kMaxUtf8> bytes{};
        const auto letter = first_letter + static_cast<char32_t>(oracle::below(random, letters));
        text.append(bytes.data(), base::write_utf8(letter, bytes.data()));
      }
      constexpr std::array<std::string_view, 3> kEnds = {". ", ", ", "\n"};
      const std::size_t end = oracle::below(random, 15);
      text += end < kEnds.size() ? kEnds[end] : " ";
    }
  }
  return texts;
}

// The member "text" of every row of the JSONL file (plain, .gz, .zst) that WIRECOPY_BENCH_FILE
// names, at most as many as stay in the cache while they are passed around; none without it.
inline std::vector<std::string> real_texts(std::size_t most_bytes = std::size_t{8} << 20U) {
  std::vector<std::string> texts;
  const char* const path = std::getenv("WIRECOPY_BENCH_FILE");
  if (path == nullptr) return texts;
  base::LineReader lines(path);
  base::JsonRowReader row;
  for (std::size_t bytes = 0; bytes < most_bytes;) {
    const auto line = lines.next();
    if (!line) break;
    if (!row.parse(*line)) continue;
    texts.emplace_back(row.string("text").value_or(""));
    bytes += texts.back().size();
  }
  return texts;
}

inline std::size_t bytes_of(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
}

}  // namespace wirecopy::bench

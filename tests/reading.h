// Reads whole inputs for tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "temporary_folder.h"
#include "wirecopy/read.h"

namespace wirecopy::test {

// All that a Reader gave. Documents are views into `blocks`.
struct Reading {
  std::vector<ParsedBlock> blocks;
  std::vector<Document> documents;
  std::vector<Rejected> rejected;
  std::vector<std::string> messages;
  std::vector<InputInfo> inputs;
  std::uint64_t rows = 0;
  bool damaged = false;

  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const Document& document : documents) texts.emplace_back(document.text);
    return texts;
  }
  [[nodiscard]] std::vector<RejectReason> reasons() const {
    std::vector<RejectReason> reasons;
    for (const Rejected& row : rejected) reasons.push_back(row.reason);
    return reasons;
  }
  // No row is lost or counted twice.
  [[nodiscard]] bool conserved() const {
    std::uint64_t refused = 0;
    for (const Rejected& row : rejected) {
      if (row.reason != RejectReason::archive_damaged) ++refused;
    }
    return rows == documents.size() + refused;
  }
};

inline Reading read_all(const ReadOptions& options) {
  Reading reading;
  Reader reader(options);
  reader.on_message([&](const std::string& message) { reading.messages.push_back(message); });
  while (auto block = reader.next()) {
    ParsedBlock parsed = reader.parse(*std::move(block));
    reading.rows += parsed.rows;
    for (const Document& document : parsed.documents) reading.documents.push_back(document);
    for (const Rejected& rejected : parsed.rejected) reading.rejected.push_back(rejected);
    reading.blocks.push_back(std::move(parsed));
  }
  reading.inputs = reader.inputs();
  reading.damaged = reader.archive_damaged();
  return reading;
}

inline Reading read_paths(std::vector<std::string> paths) {
  ReadOptions options;
  options.inputs = std::move(paths);
  return read_all(options);
}

// Reads `contents` as a file of this name.
inline Reading read_text(std::string_view contents, std::string_view name = "rows.jsonl",
                         ReadOptions options = {}) {
  const TemporaryFolder folder;
  options.inputs = {folder.file(name, contents)};
  return read_all(options);
}

}  // namespace wirecopy::test

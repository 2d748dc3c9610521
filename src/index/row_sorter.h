/// Rows in any order → rows in the order of their keys, in bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace wirecopy::index {

/// What a store is to do with one key.
struct StoreRow {
  std::string_view key;
  std::string_view value;  ///< Empty where the key is taken away.
  bool removed = false;
};

/// An external merge sort: past its memory sorted runs go to a scratch file. One thread.
class RowSorter {
 public:
  RowSorter(std::uint64_t memory_bytes, std::string work_folder)
      : memory_bytes_(memory_bytes), work_folder_(std::move(work_folder)) {}

  /// Throws Error(output) if the scratch file cannot be written.
  void put(std::string_view key, std::string_view value) { add({key, value, false}); }
  void remove(std::string_view key) { add({key, {}, true}); }

  /// Calls take(row), ascending by the bytes of the key; of equal keys only what was added last.
  /// Nothing can be added any more. Throws Error(output) if the scratch file cannot be read.
  void finish(const std::function<void(const StoreRow&)>& take);

 private:
  struct Run {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  class RunReader;

  void add(const StoreRow& row);
  [[nodiscard]] StoreRow row_at(std::uint64_t place) const;
  void sort();
  void spill();
  void merge(const std::function<void(const StoreRow&)>& take);

  std::uint64_t memory_bytes_;
  std::string work_folder_;
  std::string bytes_;                  // rows in the order in which they were added
  std::vector<std::uint64_t> places_;  // of each of them
  std::vector<Run> runs_;
  std::unique_ptr<base::ScratchFile> scratch_;
};

}  // namespace wirecopy::index

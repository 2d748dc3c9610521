/// What reader and writer of stores know of RocksDB.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/store.h"
#include "wirecopy/error.h"

namespace wirecopy::base {

[[nodiscard]] inline std::string_view view(const rocksdb::Slice& slice) noexcept {
  return {slice.data(), slice.size()};
}
[[nodiscard]] inline rocksdb::Slice slice(std::string_view bytes) noexcept {
  return {bytes.data(), bytes.size()};
}

/// The first thing that went wrong where nobody can throw: inside of RocksDB. Any thread.
class StoreFault {
 public:
  void note(ErrorCode code, std::string what);
  [[nodiscard]] bool there() const;
  /// Throws it, if there is one.
  void raise(const std::string& folder) const;

 private:
  mutable std::mutex mutex_;
  ErrorCode code_ = ErrorCode::damaged;
  std::string what_;
};

/// Throws what a status tells of a folder, if it is not good. Corruption is Error(damaged), a
/// process with too many open files Error(input), all else `otherwise`.
void require(const rocksdb::Status& status, const std::string& folder, ErrorCode otherwise,
             const StoreFault* fault = nullptr);

/// Settings that reader and writer share. Nothing is logged, nothing depends on the clock.
[[nodiscard]] rocksdb::DBOptions database_options();
/// The default family, which is empty, and then those given.
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> describe(
    std::span<const Family> families, const std::shared_ptr<rocksdb::Cache>& cache,
    const std::shared_ptr<StoreFault>& fault);

/// Throws Error(damaged) unless the folder has exactly these families.
void require_families(const std::string& folder, std::span<const Family> families);

/// A database that is open. Closes its families before itself.
struct OpenedStore {
  OpenedStore() = default;
  ~OpenedStore() { close(); }
  OpenedStore(const OpenedStore&) = delete;
  OpenedStore& operator=(const OpenedStore&) = delete;

  rocksdb::Status close();
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(std::size_t place) const {
    return handles.at(place + 1);  // behind the default one
  }

  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
};

}  // namespace wirecopy::base

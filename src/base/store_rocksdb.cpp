#include "base/store_rocksdb.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <utility>

namespace wirecopy::base {
namespace {

constexpr int kBloomBits = 10;  // a key: one look in a hundred is for nothing
constexpr std::uint64_t kFileBytes = std::uint64_t{128} << 20U;
constexpr std::uint64_t kLevelBytes = std::uint64_t{512} << 20U;
// A night adds a file to each family; so many lie side by side before they are joined.
constexpr int kRuns = 4;

// RocksDB would keep a log file in each folder.
class Silence : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}  // NOLINT(*-naming)
};

// Hands values to MergeValues. RocksDB survives no exception, so what is thrown is noted and the
// merge fails.
class Merger : public rocksdb::MergeOperator {
 public:
  Merger(MergeValues merge, std::shared_ptr<StoreFault> fault)
      : merge_(std::move(merge)), fault_(std::move(fault)) {}

  // NOLINTBEGIN(readability-identifier-naming): RocksDB's names
  [[nodiscard]] const char* Name() const override { return "wirecopy.merge"; }

  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    std::vector<std::string_view> values;
    values.reserve(in.operand_list.size() + 1);
    if (in.existing_value != nullptr) values.push_back(view(*in.existing_value));
    for (const rocksdb::Slice& value : in.operand_list) values.push_back(view(value));
    return join(in.key, values, out->new_value);
  }

  bool PartialMergeMulti(const rocksdb::Slice& key, const std::deque<rocksdb::Slice>& operands,
                         std::string* joined, rocksdb::Logger* /*logger*/) const override {
    std::vector<std::string_view> values;
    values.reserve(operands.size());
    for (const rocksdb::Slice& value : operands) values.push_back(view(value));
    return join(key, values, *joined);
  }
  // NOLINTEND(readability-identifier-naming)

 private:
  bool join(const rocksdb::Slice& key, const std::vector<std::string_view>& values,
            std::string& joined) const noexcept {
    try {
      joined = merge_(view(key), values);
      return true;
    } catch (const Error& error) {
      fault_->note(error.code(), error.what());
    } catch (const std::exception& error) {
      fault_->note(ErrorCode::damaged, error.what());
    }
    return false;
  }

  MergeValues merge_;
  std::shared_ptr<StoreFault> fault_;
};

rocksdb::BlockBasedTableOptions table_options(const Family& family,
                                              const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.checksum = rocksdb::kXXH3;
  table.format_version = 5;
  table.block_size = family.block_bytes;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBits));
  // Index and filter in pieces that are read when they are wanted: a cold look-up reads kilobytes,
  // and memory is bounded by the cache.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.metadata_block_size = 16'384;
  table.cache_index_and_filter_blocks = true;
  table.pin_top_level_index_and_filter = true;
  table.verify_compression = true;
  return table;
}

rocksdb::ColumnFamilyOptions family_options(const Family& family,
                                            const std::shared_ptr<rocksdb::Cache>& cache,
                                            const std::shared_ptr<StoreFault>& fault) {
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(family, cache)));
  options.compression = family.compressed ? rocksdb::kZSTD : rocksdb::kNoCompression;
  if (family.merge) options.merge_operator = std::make_shared<Merger>(family.merge, fault);
  options.write_buffer_size = std::size_t{1} << 20U;  // stays empty: all comes in sorted files
  options.compaction_style = rocksdb::kCompactionStyleLevel;
  options.level_compaction_dynamic_level_bytes = true;
  options.level0_file_num_compaction_trigger = kRuns;
  options.target_file_size_base = kFileBytes;
  options.max_bytes_for_level_base = kLevelBytes;
  options.ttl = 0;  // nothing is rewritten because of its age
  options.periodic_compaction_seconds = 0;
  options.paranoid_file_checks = true;
  return options;
}

}  // namespace

void StoreFault::note(ErrorCode code, std::string what) {
  const std::scoped_lock lock(mutex_);
  if (!what_.empty()) return;
  code_ = code;
  what_ = std::move(what);
}

bool StoreFault::there() const {
  const std::scoped_lock lock(mutex_);
  return !what_.empty();
}

void StoreFault::raise(const std::string& folder) const {
  const std::scoped_lock lock(mutex_);
  if (!what_.empty()) throw Error(code_, fmt::format("{}: {}", folder, what_));
}

void require(const rocksdb::Status& status, const std::string& folder, ErrorCode otherwise,
             const StoreFault* fault) {
  if (status.ok()) return;
  if (fault != nullptr) fault->raise(folder);
  const std::string said = status.ToString();
  if (said.find(std::strerror(EMFILE)) != said.npos) {
    throw Error(ErrorCode::input, fmt::format("cannot open all files of {}: {}; raise the limit "
                                              "(ulimit -n)",
                                              folder, said));
  }
  const ErrorCode code = status.IsCorruption() ? ErrorCode::damaged : otherwise;
  throw Error(code,
              fmt::format("{} {}: {}", folder,
                          code == ErrorCode::damaged ? "is damaged" : "cannot be written", said));
}

rocksdb::DBOptions database_options() {
  rocksdb::DBOptions options;
  options.info_log = std::make_shared<Silence>();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.paranoid_checks = true;
  options.db_host_id.clear();                       // files say nothing of the machine
  options.verify_sst_unique_id_in_manifest = true;  // a file of another store is refused
  options.skip_stats_update_on_db_open = true;
  options.max_bgerror_resume_count = 0;  // what fails once has failed
  options.use_fsync = true;
  options.max_background_jobs = 2;
  options.compaction_readahead_size = std::size_t{2} << 20U;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> describe(std::span<const Family> families,
                                                      const std::shared_ptr<rocksdb::Cache>& cache,
                                                      const std::shared_ptr<StoreFault>& fault) {
  std::vector<rocksdb::ColumnFamilyDescriptor> described;
  described.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
  for (const Family& family : families) {
    described.emplace_back(family.name, family_options(family, cache, fault));
  }
  return described;
}

void require_families(const std::string& folder, std::span<const Family> families) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw Error(ErrorCode::input, fmt::format("there is no folder {}", folder));
  }
  std::vector<std::string> there;
  require(rocksdb::DB::ListColumnFamilies(database_options(), folder, &there), folder,
          ErrorCode::damaged);
  std::vector<std::string> wanted{rocksdb::kDefaultColumnFamilyName};
  for (const Family& family : families) wanted.push_back(family.name);
  std::sort(there.begin(), there.end());
  std::sort(wanted.begin(), wanted.end());
  if (there != wanted) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is no store of this kind: it holds {}, expected {}", folder,
                            fmt::join(there, ", "), fmt::join(wanted, ", ")));
  }
}

rocksdb::Status OpenedStore::close() {
  if (!database) return rocksdb::Status::OK();
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    database->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  handles.clear();
  rocksdb::Status status = database->Close();
  database.reset();
  return status;
}

}  // namespace wirecopy::base

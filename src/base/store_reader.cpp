#include <rocksdb/cache.h>
#include <rocksdb/table_properties.h>

#include <algorithm>
#include <utility>

#include "base/store.h"
#include "base/store_rocksdb.h"

namespace wirecopy::base {
namespace {

constexpr std::size_t kKeysAtOnce = 256;

rocksdb::ReadOptions read_options() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  return options;
}

}  // namespace

struct StoreReader::State {
  std::string folder;
  std::shared_ptr<StoreFault> fault = std::make_shared<StoreFault>();
  OpenedStore store;

  void require_good(const rocksdb::Status& status) const {
    require(status, folder, ErrorCode::damaged, fault.get());
  }
  // What the files of a family say of themselves.
  [[nodiscard]] std::uint64_t sum(
      std::size_t family,
      const std::function<std::uint64_t(const rocksdb::TableProperties&)>& what) const {
    rocksdb::TablePropertiesCollection files;
    require_good(store.database->GetPropertiesOfAllTables(store.family(family), &files));
    std::uint64_t total = 0;
    for (const auto& [path, properties] : files) total += what(*properties);
    return total;
  }
};

StoreReader::StoreReader(std::string folder, std::span<const Family> families,
                         std::uint64_t cache_bytes)
    : state_(std::make_unique<State>()) {
  state_->folder = std::move(folder);
  require_families(state_->folder, families);
  rocksdb::DBOptions options = database_options();
  options.max_open_files = -1;  // so a generation that is taken away can be read to the end
  const auto cache = rocksdb::NewLRUCache(cache_bytes);
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(
      options, state_->folder, describe(families, cache, state_->fault), &state_->store.handles,
      &opened);
  state_->store.database.reset(opened);
  state_->require_good(status);
}

StoreReader::~StoreReader() = default;
StoreReader::StoreReader(StoreReader&&) noexcept = default;
StoreReader& StoreReader::operator=(StoreReader&&) noexcept = default;

std::optional<std::string> StoreReader::get(std::size_t family, std::string_view key) const {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      state_->store.database->Get(read_options(), state_->store.family(family), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  state_->require_good(status);
  return std::string(view(value));
}

void StoreReader::get(std::size_t family, std::span<const std::string> keys,
                      const std::function<void(std::size_t, std::string_view)>& take) const {
  std::vector<rocksdb::Slice> wanted;
  for (std::size_t begin = 0; begin < keys.size(); begin += kKeysAtOnce) {
    const auto piece = keys.subspan(begin, std::min(kKeysAtOnce, keys.size() - begin));
    wanted.assign(piece.begin(), piece.end());
    std::vector<rocksdb::PinnableSlice> values(piece.size());
    std::vector<rocksdb::Status> statuses(piece.size());
    constexpr bool kSorted = true;
    state_->store.database->MultiGet(read_options(), state_->store.family(family), piece.size(),
                                     wanted.data(), values.data(), statuses.data(), kSorted);
    for (std::size_t i = 0; i < piece.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      state_->require_good(statuses[i]);
      take(begin + i, view(values[i]));
    }
  }
}

void StoreReader::scan(std::size_t family, std::string_view from,
                       const std::function<bool(std::string_view, std::string_view)>& take) const {
  const std::unique_ptr<rocksdb::Iterator> at(
      state_->store.database->NewIterator(read_options(), state_->store.family(family)));
  for (at->Seek(slice(from)); at->Valid(); at->Next()) {
    if (!take(view(at->key()), view(at->value()))) return;
  }
  state_->require_good(at->status());
}

void StoreReader::verify() const {
  state_->require_good(state_->store.database->VerifyChecksum(read_options()));
}

std::uint64_t StoreReader::bytes(std::size_t family) const {
  std::uint64_t value = 0;
  state_->store.database->GetIntProperty(state_->store.family(family),
                                         rocksdb::DB::Properties::kLiveSstFilesSize, &value);
  return value;
}

std::uint64_t StoreReader::entries(std::size_t family) const {
  return state_->sum(family, [](const rocksdb::TableProperties& file) {
    return file.num_entries - std::min(file.num_entries, 2 * file.num_deletions);
  });
}

}  // namespace wirecopy::base

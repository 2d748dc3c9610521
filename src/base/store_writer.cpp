#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/listener.h>
#include <rocksdb/sst_file_writer.h>

#include <chrono>
#include <thread>
#include <utility>

#include "base/folders.h"
#include "base/store.h"
#include "base/store_rocksdb.h"

namespace wirecopy::base {
namespace {

constexpr std::uint64_t kCacheBytes = std::uint64_t{32} << 20U;
constexpr int kOpenFiles = 256;
// Sorted files of a large night are cut at this size.
constexpr std::uint64_t kSortedBytes = std::uint64_t{128} << 20U;
constexpr std::chrono::milliseconds kLook{2};
constexpr int kLooksInVain = 5'000;

// A job in the background that failed says so here; nobody else is told.
class Listener : public rocksdb::EventListener {
 public:
  explicit Listener(std::shared_ptr<StoreFault> fault) : fault_(std::move(fault)) {}
  // NOLINTNEXTLINE(readability-identifier-naming): RocksDB's name
  void OnBackgroundError(rocksdb::BackgroundErrorReason /*reason*/,
                         rocksdb::Status* status) override {
    fault_->note(status->IsCorruption() ? ErrorCode::damaged : ErrorCode::output,
                 status->ToString());
  }

 private:
  std::shared_ptr<StoreFault> fault_;
};

bool holds_rows(std::string_view name) { return name.ends_with(".sst"); }
// What RocksDB goes on with: what it has, and which of that counts.
bool tells_of_rows(std::string_view name) {
  return name == "CURRENT" || name == "IDENTITY" || name.starts_with("MANIFEST-");
}

}  // namespace

// One family's rows on their way into sorted files.
struct SortedRows {
  std::unique_ptr<rocksdb::SstFileWriter> file;
  std::string last_key;
  bool any = false;
  std::vector<std::string> paths;
};

struct StoreWriter::State {
  std::string folder;
  std::vector<Family> families;
  std::shared_ptr<StoreFault> fault = std::make_shared<StoreFault>();
  std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kCacheBytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> described;
  OpenedStore store;
  std::vector<SortedRows> rows;

  [[nodiscard]] std::string inbox() const { return folder + "/new"; }
  void require_good(const rocksdb::Status& status) const {
    require(status, folder, ErrorCode::output, fault.get());
  }

  void begin(const std::string& from);
  void open();
  void close() { require_good(store.close()); }
  SortedRows& next_row(std::size_t family, std::string_view key);
  void end_file(std::size_t family);
  void ingest();
  void settle() const;
  void rewrite();
  void bring_to_disk() const;
};

// Links what will never change and copies what RocksDB will write on.
void StoreWriter::State::begin(const std::string& from) {
  make_folder(folder);
  make_folder(inbox());
  if (from.empty()) return;
  require_families(from, families);
  for (const FolderEntry& entry : entries_of(from)) {
    const std::string source = from + "/" + entry.name;
    const std::string target = folder + "/" + entry.name;
    if (holds_rows(entry.name)) link_or_copy(source, target);
    if (tells_of_rows(entry.name)) copy_file(source, target);
  }
}

void StoreWriter::State::open() {
  rocksdb::DBOptions options = database_options();
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.max_open_files = kOpenFiles;
  options.listeners.push_back(std::make_shared<Listener>(fault));
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(options, folder, described, &store.handles, &opened);
  store.database.reset(opened);
  require_good(status);
}

SortedRows& StoreWriter::State::next_row(std::size_t family, std::string_view key) {
  SortedRows& to = rows.at(family);
  if (to.any && key <= to.last_key) {
    throw Error(ErrorCode::usage,
                fmt::format("keys of {} must ascend: {} comes after {} bytes that are not below",
                            families[family].name, key.size(), to.last_key.size()));
  }
  to.any = true;
  to.last_key = key;
  if (to.file && to.file->FileSize() >= kSortedBytes) end_file(family);
  if (!to.file) {
    to.paths.push_back(fmt::format("{}/{}-{}.sst", inbox(), family, to.paths.size()));
    constexpr bool kForgetPages = false;  // they are read again when they are hashed
    to.file = std::make_unique<rocksdb::SstFileWriter>(
        rocksdb::EnvOptions(), rocksdb::Options(database_options(), described[family + 1].options),
        store.family(family), kForgetPages);
    require_good(to.file->Open(to.paths.back()));
  }
  return to;
}

void StoreWriter::State::end_file(std::size_t family) {
  if (rows[family].file) require_good(rows[family].file->Finish());
  rows[family].file.reset();
}

// All families or none.
void StoreWriter::State::ingest() {
  std::vector<rocksdb::IngestExternalFileArg> arguments;
  for (std::size_t family = 0; family < rows.size(); ++family) {
    end_file(family);
    if (rows[family].paths.empty()) continue;
    rocksdb::IngestExternalFileArg& argument = arguments.emplace_back();
    argument.column_family = store.family(family);
    argument.external_files = rows[family].paths;
    argument.options.move_files = true;
    argument.options.write_global_seqno = false;
  }
  if (!arguments.empty()) require_good(store.database->IngestExternalFiles(arguments));
}

// Waits until nothing is joined any more. RocksDB 7.8 has no call for that, so it is asked. That
// something is wanted which never begins would be no harm: the next night begins it.
void StoreWriter::State::settle() const {
  for (int in_vain = 0; in_vain < kLooksInVain;) {
    fault->raise(folder);
    std::uint64_t running = 0;
    std::uint64_t wanted = 0;
    store.database->GetIntProperty(rocksdb::DB::Properties::kNumRunningCompactions, &running);
    for (std::size_t family = 0; family < rows.size(); ++family) {
      std::uint64_t here = 0;
      store.database->GetIntProperty(store.family(family),
                                     rocksdb::DB::Properties::kCompactionPending, &here);
      wanted += here;
    }
    if (running == 0 && wanted == 0) break;
    in_vain = running == 0 ? in_vain + 1 : 0;
    std::this_thread::sleep_for(kLook);
  }
  fault->raise(folder);
}

void StoreWriter::State::rewrite() {
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  for (std::size_t family = 0; family < rows.size(); ++family) {
    require_good(store.database->CompactRange(all, store.family(family), nullptr, nullptr));
  }
  settle();
  // The list of files still tells first and last keys of files that are gone. Opened again it is
  // written anew.
  close();
  open();
  settle();
}

void StoreWriter::State::bring_to_disk() const {
  remove_path(inbox());
  for (const FolderEntry& entry : entries_of(folder)) {
    const std::string path = folder + "/" + entry.name;
    if (holds_rows(entry.name) || tells_of_rows(entry.name)) {
      sync_path(path);
    } else {
      remove_path(path);  // settings, locks and logs, which nobody reads
    }
  }
  sync_path(folder);
}

StoreWriter::StoreWriter(std::string folder, const std::string& from,
                         std::span<const Family> families)
    : state_(std::make_unique<State>()) {
  state_->folder = std::move(folder);
  state_->families.assign(families.begin(), families.end());
  state_->described = describe(families, state_->cache, state_->fault);
  state_->rows.resize(families.size());
  state_->begin(from);
  state_->open();
}

StoreWriter::~StoreWriter() = default;
StoreWriter::StoreWriter(StoreWriter&&) noexcept = default;
StoreWriter& StoreWriter::operator=(StoreWriter&&) noexcept = default;

void StoreWriter::put(std::size_t family, std::string_view key, std::string_view value) {
  state_->require_good(state_->next_row(family, key).file->Put(slice(key), slice(value)));
}

void StoreWriter::join(std::size_t family, std::string_view key, std::string_view value) {
  state_->require_good(state_->next_row(family, key).file->Merge(slice(key), slice(value)));
}

void StoreWriter::remove(std::size_t family, std::string_view key) {
  state_->require_good(state_->next_row(family, key).file->Delete(slice(key)));
}

void StoreWriter::finish(bool rewrite) {
  state_->ingest();
  state_->settle();
  if (rewrite) state_->rewrite();
  state_->close();
  state_->bring_to_disk();
}

}  // namespace wirecopy::base

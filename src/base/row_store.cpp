#include "base/row_store.h"

#include <fmt/format.h>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "base/compression_block.h"
#include "base/parallel.h"
#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

// Files kept open at once; far below the usual limit of 1,024 descriptors.
constexpr std::size_t kMaxOpenFiles = 200;

struct BlockPlace {
  std::uint64_t offset = 0;
  std::uint32_t frame_size = 0;
  std::uint32_t size = 0;
};

// The block a thread decompressed last.
struct LastBlock {
  std::uint32_t number = RowPlace::kInFile;
  std::string frame;
  std::string bytes;
};

void require_unchanged(const std::string& path, const FileStamp& now, const FileStamp& before) {
  if (now == before) return;
  throw Error(ErrorCode::input,
              fmt::format("{} changed while the run was reading it; leave inputs alone until the "
                          "run ends, then run again",
                          path));
}

}  // namespace

struct RowStore::State {
  std::vector<std::string> paths;
  std::vector<FileStamp> stamps;
  std::string work_folder;
  std::optional<ScratchFile> spool;
  std::vector<BlockPlace> blocks;

  std::mutex mutex;  // guards the two below
  std::vector<std::shared_ptr<const InputFile>> files;
  std::deque<std::uint32_t> opened;  // oldest first

  PerThread<LastBlock> last_blocks;

  std::shared_ptr<const InputFile> file(std::uint32_t input) {
    const std::scoped_lock lock(mutex);
    if (!files[input]) {
      auto opening = std::make_shared<const InputFile>(paths[input]);
      require_unchanged(paths[input], opening->stamp(), stamps[input]);
      if (opened.size() == kMaxOpenFiles) {
        files[opened.front()].reset();
        opened.pop_front();
      }
      files[input] = std::move(opening);
      opened.push_back(input);
    }
    return files[input];
  }

  const std::string& block(std::uint32_t number) {
    LastBlock& last = last_blocks.local();
    if (last.number != number) {
      const BlockPlace& place = blocks[number];
      last.number = RowPlace::kInFile;  // should reading fail halfway
      last.frame.resize(place.frame_size);
      spool->read_at(place.offset, last.frame);
      last.bytes.resize(place.size);
      decompress_block(last.frame, last.bytes);
      last.number = number;
    }
    return last.bytes;
  }
};

RowStore::RowStore(std::vector<std::string> paths, std::string work_folder)
    : state_(std::make_unique<State>()) {
  state_->files.resize(paths.size());
  state_->stamps.reserve(paths.size());
  for (const std::string& path : paths) {
    state_->stamps.push_back(path.empty() ? FileStamp{} : stamp_of(path));
  }
  state_->paths = std::move(paths);
  state_->work_folder = std::move(work_folder);
}

RowStore::~RowStore() = default;

std::string RowStore::compress(std::string_view rows) { return compress_block(rows); }

std::uint32_t RowStore::append(std::string_view compressed, std::uint64_t size) {
  if (!state_->spool) state_->spool.emplace(state_->work_folder);
  state_->blocks.push_back({state_->spool->append(compressed),
                            static_cast<std::uint32_t>(compressed.size()),
                            static_cast<std::uint32_t>(size)});
  return static_cast<std::uint32_t>(state_->blocks.size() - 1);
}

std::string RowStore::row(const RowPlace& place) const {
  std::string bytes;
  row(place, bytes);
  return bytes;
}

void RowStore::row(const RowPlace& place, std::string& into) const {
  if (place.block != RowPlace::kInFile) {
    into.assign(state_->block(place.block), place.offset, place.length);
    return;
  }
  into.resize(place.length);
  state_->file(place.input)->read_at(place.offset, into);
}

void RowStore::check_unchanged() const {
  for (std::size_t i = 0; i < state_->paths.size(); ++i) {
    const std::string& path = state_->paths[i];
    if (!path.empty()) require_unchanged(path, stamp_of(path), state_->stamps[i]);
  }
}

}  // namespace wirecopy::base

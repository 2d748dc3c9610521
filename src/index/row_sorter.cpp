#include "index/row_sorter.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <queue>
#include <span>

namespace wirecopy::index {
namespace {

// Before each row. On this machine only, so its order of bytes will do.
struct RowHeader {
  std::uint32_t key_bytes = 0;
  std::uint32_t removed = 0;
  std::uint64_t value_bytes = 0;
};

constexpr std::size_t kBuffer = 65'536;

void append(const StoreRow& row, std::string& to) {
  const RowHeader header{static_cast<std::uint32_t>(row.key.size()), row.removed ? 1U : 0U,
                         row.value.size()};
  std::array<char, sizeof header> bytes{};
  std::memcpy(bytes.data(), &header, sizeof header);
  to.append(bytes.data(), bytes.size()).append(row.key).append(row.value);
}

RowHeader header_at(const char* at) {
  RowHeader header;
  std::memcpy(&header, at, sizeof header);
  return header;
}

StoreRow row_behind(const RowHeader& header, const char* at) {
  return {{at, header.key_bytes}, {at + header.key_bytes, header.value_bytes}, header.removed != 0};
}

}  // namespace

// Reads one run from the scratch file, row by row.
class RowSorter::RunReader {
 public:
  RunReader(const base::ScratchFile& file, Run run) : file_(file), rest_(run) {}

  // Views stay valid until the next call.
  [[nodiscard]] std::optional<StoreRow> next() {
    if (!holds(sizeof(RowHeader))) return std::nullopt;
    const RowHeader header = header_at(buffer_.data() + at_);
    const std::size_t row = sizeof header + header.key_bytes + header.value_bytes;
    static_cast<void>(holds(row));
    const char* const behind = buffer_.data() + at_ + sizeof header;
    at_ += row;
    return row_behind(header, behind);
  }

 private:
  // Whether so many bytes are left; they are then in the buffer from at_ on.
  [[nodiscard]] bool holds(std::size_t bytes) {
    if (buffer_.size() - at_ >= bytes) return true;
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t held = buffer_.size();
    const std::uint64_t more =
        std::min(rest_.end - rest_.begin, std::uint64_t{std::max(bytes, kBuffer) - held});
    buffer_.resize(held + more);
    file_.read_at(rest_.begin, std::span(buffer_).subspan(held));
    rest_.begin += more;
    return buffer_.size() >= bytes;
  }

  const base::ScratchFile& file_;
  Run rest_;  // not read yet
  std::string buffer_;
  std::size_t at_ = 0;
};

StoreRow RowSorter::row_at(std::uint64_t place) const {
  const char* const at = bytes_.data() + place;
  return row_behind(header_at(at), at + sizeof(RowHeader));
}

void RowSorter::add(const StoreRow& row) {
  const std::uint64_t bytes = sizeof(RowHeader) + row.key.size() + row.value.size();
  const std::uint64_t held = bytes_.size() + places_.size() * sizeof(std::uint64_t);
  if (held != 0 && held + bytes > memory_bytes_) spill();
  places_.push_back(bytes_.size());
  append(row, bytes_);
}

// And leaves one row a key.
void RowSorter::sort() {
  const auto before = [this](std::uint64_t a, std::uint64_t b) {
    const int order = row_at(a).key.compare(row_at(b).key);
    return order != 0 ? order < 0 : a > b;
  };
  if (!std::is_sorted(places_.begin(), places_.end(), before)) {
    std::sort(places_.begin(), places_.end(), before);
  }
  const auto equal = [this](std::uint64_t a, std::uint64_t b) {
    return row_at(a).key == row_at(b).key;
  };
  places_.erase(std::unique(places_.begin(), places_.end(), equal), places_.end());
}

void RowSorter::spill() {
  if (!scratch_) scratch_ = std::make_unique<base::ScratchFile>(work_folder_);
  sort();
  Run& run = runs_.emplace_back();
  run.begin = run.end = scratch_->size();
  std::string buffer;
  const auto write = [&] {
    run.end += buffer.size();
    scratch_->append(buffer);
    buffer.clear();
  };
  for (const std::uint64_t place : places_) {
    append(row_at(place), buffer);
    if (buffer.size() >= kBuffer) write();
  }
  if (!buffer.empty()) write();
  places_.clear();
  bytes_.clear();
}

void RowSorter::merge(const std::function<void(const StoreRow&)>& take) {
  struct Head {
    StoreRow row;
    std::size_t run;
  };
  // The smallest key comes first, and of equal ones that of the latest run.
  const auto later = [](const Head& a, const Head& b) {
    const int order = a.row.key.compare(b.row.key);
    return order != 0 ? order > 0 : a.run < b.run;
  };
  std::priority_queue<Head, std::vector<Head>, decltype(later)> heads(later);
  std::vector<RunReader> readers;
  readers.reserve(runs_.size());
  const auto advance = [&](std::size_t run) {
    if (const auto row = readers[run].next()) heads.push({*row, run});
  };
  for (std::size_t run = 0; run < runs_.size(); ++run) {
    readers.emplace_back(*scratch_, runs_[run]);
    advance(run);
  }
  std::string last;
  bool any = false;
  while (!heads.empty()) {
    const Head head = heads.top();
    heads.pop();
    if (!any || head.row.key != last) {
      take(head.row);
      last = head.row.key;
      any = true;
    }
    advance(head.run);
  }
}

void RowSorter::finish(const std::function<void(const StoreRow&)>& take) {
  if (runs_.empty()) {
    sort();
    for (const std::uint64_t place : places_) take(row_at(place));
    return;
  }
  if (!places_.empty()) spill();
  std::string().swap(bytes_);
  std::vector<std::uint64_t>().swap(places_);
  merge(take);
}

}  // namespace wirecopy::index

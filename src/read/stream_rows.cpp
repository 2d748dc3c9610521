#include "read/stream_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/json_grammar.h"
#include "read/csv_records.h"
#include "wirecopy/error.h"

namespace wirecopy::read {

base::DecodedStream open_decoded(base::DecodedStream::Source source, const std::string& path,
                                 const CutLimits& limits) {
  base::DecodedStream stream(std::move(source), limits.max_ratio);
  const base::Compression found = stream.compression();
  if (found == base::Compression::bzip2 || found == base::Compression::xz) {
    throw Error(ErrorCode::input,
                fmt::format("{} is compressed with {}, which wirecopy does not read: decompress it "
                            "first",
                            path, found == base::Compression::xz ? "xz" : "bzip2"));
  }
  return stream;
}

Rejected damage_of(const std::string& path, const base::ArchiveDamage& damage, std::uint64_t offset,
                   std::uint64_t lost) {
  Rejected rejected;
  rejected.offset = offset;
  rejected.reason = RejectReason::archive_damaged;
  rejected.detail = fmt::format("{} near byte {}: {}", path, damage.offset, damage.what);
  if (lost > 0) {
    rejected.detail += fmt::format("; {} bytes of an unfinished row before it left out", lost);
  }
  return rejected;
}

bool StreamRows::fill(BlockMemory& block) {
  while (!ended_ || !carried_.empty()) {
    block.format = format_;
    block.bytes.reserve(kBlockBytes);
    block.bytes.append(carried_);
    carried_.clear();

    std::size_t whole = 0;
    for (;;) {
      read_more(block.bytes, block.bytes.free_space());
      block.offset = offset_;
      whole = cut(block);
      if (whole > 0 || ended_) break;
      if (block.bytes.size() > limits_.max_row_bytes) {
        whole = cut_long(block);
        break;
      }
      block.bytes.reserve(
          std::min(2 * block.bytes.capacity(), limits_.max_row_bytes + kBlockBytes));
    }
    finish(block, whole);
    block.bytes.seal();
    if (take_columns(block)) return true;
    block.clear();
  }
  return false;
}

void StreamRows::read_more(Buffer& buffer, std::span<char> space) {
  const std::size_t count = ended_ ? 0 : stream_.read(space);
  buffer.grow_by(count);
  ended_ = ended_ || count < space.size();
  if (!std::exchange(started_, true) && buffer.bytes().starts_with(kByteOrderMark)) {
    buffer.drop_front(kByteOrderMark.size());
    offset_ = kByteOrderMark.size();
  }
}

// Finds the rows of the block; returns where the unfinished one begins.
std::size_t StreamRows::cut(BlockMemory& block) const {
  const std::string_view bytes = block.bytes.bytes();
  const bool last = ended_ && !stream_.damage();
  if (format_ == Format::jsonl) return last ? bytes.size() : bytes.rfind('\n') + 1;
  block.records.clear();
  return cut_records(bytes, delimiter_of(format_), last, block.records);
}

// The first row is over the limit. In CSV a forgotten quote may have made it so long.
std::size_t StreamRows::cut_long(BlockMemory& block) {
  std::size_t whole = 0;
  if (format_ != Format::jsonl) whole = cut_lines(block.bytes.bytes(), false, block.records);
  if (whole == 0) skip_long_row(block);
  return whole;
}

// Leaves what follows the row in the block, to be carried on.
void StreamRows::skip_long_row(BlockMemory& block) {
  Rejected rejected;
  rejected.offset = block.offset;
  rejected.reason = RejectReason::too_long;
  rejected.row = block.bytes.bytes().substr(0, kShownBytes);
  rejected.detail = fmt::format("the row is longer than {} bytes", limits_.max_row_bytes);
  block.rejected.push_back(std::move(rejected));

  std::size_t newline = std::string_view::npos;
  while (newline == std::string_view::npos && !ended_) {
    offset_ += block.bytes.size();
    block.bytes.truncate(0);
    read_more(block.bytes, block.bytes.free_space().first(kBlockBytes));
    newline = block.bytes.bytes().find('\n');
  }
  const std::size_t skipped = newline == std::string_view::npos ? block.bytes.size() : newline + 1;
  block.bytes.drop_front(skipped);
  offset_ += skipped;
}

// Keeps what lies behind the whole rows for the next block, and tells of damage once all is out.
void StreamRows::finish(BlockMemory& block, std::size_t whole) {
  const std::string_view rest = block.bytes.bytes().substr(whole);
  const std::optional<base::ArchiveDamage>& damage = stream_.damage();
  if (!ended_ || !damage) {
    carried_ = rest;
    block.bytes.truncate(whole);
    offset_ += whole;
    return;
  }
  // The unfinished row counts if nothing of it can be missing.
  const bool blank = base::is_blank(rest);
  const bool complete =
      !blank && (damage->after_end || (format_ == Format::jsonl && rest.ends_with('}')));
  if (complete && format_ != Format::jsonl) {
    std::vector<RecordPlace> last;
    cut_records(rest, delimiter_of(format_), true, last);
    for (const RecordPlace& record : last) {
      block.records.push_back({whole + record.begin, record.length, {}});
    }
  }
  if (!std::exchange(damage_told_, true)) {
    block.rejected.push_back(
        damage_of(path_, *damage, offset_ + whole, complete || blank ? 0 : rest.size()));
  }
  if (!complete) block.bytes.truncate(whole);
  offset_ += block.bytes.size();
}

// Takes the first record of CSV as the names of its columns; false if nothing else is there.
bool StreamRows::take_columns(BlockMemory& block) {
  if (format_ != Format::jsonl && !columns_ && !block.records.empty()) {
    const RecordPlace first = block.records.front();
    const std::string_view header = block.bytes.bytes().substr(first.begin, first.length);
    if (header.find('\r') != std::string_view::npos) {
      throw Error(ErrorCode::input,
                  fmt::format("{} ends its lines with carriage returns alone: convert them to "
                              "newlines first (tr '\\r' '\\n')",
                              path_));
    }
    const auto& cells = block.csv.split(header, delimiter_of(format_));
    columns_ = std::make_shared<const std::vector<std::string>>(cells.begin(), cells.end());
    block.records.erase(block.records.begin());
  }
  block.columns = columns_;
  const bool has_rows = format_ == Format::jsonl ? block.bytes.size() > 0 : !block.records.empty();
  return has_rows || !block.rejected.empty();
}

std::unique_ptr<RowSource> open_stream(base::DecodedStream::Source bytes, std::string path,
                                       Format format, const CutLimits& limits) {
  base::DecodedStream stream = open_decoded(std::move(bytes), path, limits);
  return std::make_unique<StreamRows>(std::move(stream), std::move(path), format, limits);
}

}  // namespace wirecopy::read

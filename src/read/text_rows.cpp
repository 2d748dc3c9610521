#include "read/text_rows.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "base/files.h"
#include "read/stream_rows.h"

namespace wirecopy::read {
namespace {

base::DecodedStream::Source open_file(const std::string& path, const CutLimits& limits) {
  auto file = std::make_shared<base::InputFile>(path);
  file->watch(limits.stop);
  return [file = std::move(file)](std::span<char> into) { return file->read(into); };
}

// Reads on until the file ends or shows that it is over the limit; returns whether it ended.
bool read_whole(base::DecodedStream& stream, std::uint64_t limit, Buffer& buffer) {
  const std::size_t begin = buffer.size();
  while (buffer.size() - begin <= limit) {
    if (buffer.free_space().empty()) buffer.reserve(2 * buffer.capacity());
    const std::span<char> space = buffer.free_space();
    const std::size_t count = stream.read(space);
    buffer.grow_by(count);
    if (count < space.size()) return buffer.size() - begin <= limit;
  }
  return false;
}

}  // namespace

// A file that is rejected ends its block, so that the rows stay in order.
bool TextRows::fill(BlockMemory& block) {
  block.format = Format::txt;
  block.bytes.reserve(kBlockBytes);
  while (!files_.empty() && block.rejected.empty() && block.bytes.size() < kBlockBytes) {
    add_file(files_.front(), block);
    files_ = files_.subspan(1);
  }
  return !block.records.empty() || !block.rejected.empty();
}

void TextRows::add_file(const TextFile& file, BlockMemory& block) {
  base::DecodedStream stream = open_decoded(open_file(file.path, limits_), file.path, limits_);
  const std::size_t begin = block.bytes.size();
  const bool whole = read_whole(stream, limits_.max_text_bytes, block.bytes);
  consumed_ += stream.consumed();
  const std::string_view text = block.bytes.bytes().substr(begin);
  const std::optional<base::ArchiveDamage>& damage = stream.damage();
  const bool complete = whole && (!damage || damage->after_end);
  if (complete) {
    const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    block.records.push_back({begin + mark, text.size() - mark, file.id});
  }
  if (damage) {
    block.rejected.push_back(damage_of(file.path, *damage, 0, complete ? 0 : text.size()));
  } else if (!whole) {
    Rejected rejected;
    rejected.reason = RejectReason::too_long;
    rejected.row = text.substr(0, kShownBytes);
    rejected.detail = fmt::format("{} is longer than {} bytes", file.path, limits_.max_text_bytes);
    block.rejected.push_back(std::move(rejected));
  }
  if (!complete) block.bytes.truncate(begin);
}

std::unique_ptr<RowSource> open_input(const Input& input, const CutLimits& limits) {
  if (input.format == Format::txt) return std::make_unique<TextRows>(input.texts, limits);
  return open_stream(open_file(input.info.path, limits), input.info.path, input.format, limits);
}

}  // namespace wirecopy::read

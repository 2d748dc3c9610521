#include "base/lines.h"

#include <fmt/format.h>

#include "base/compression.h"
#include "base/files.h"
#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18U;

// Lists of pairs are repetitive, but a file that grows more than this is a bomb.
constexpr std::uint64_t kMaxRatio = 1000;

}  // namespace

struct LineReader::State {
  explicit State(const std::string& path)
      : file(path), stream([this](std::span<char> into) { return file.read(into); }, kMaxRatio) {
    const Compression compression = stream.compression();
    if (compression == Compression::bzip2 || compression == Compression::xz) {
      throw Error(ErrorCode::input,
                  fmt::format("{} is compressed with {}; unpack it first, or use gzip or zstd",
                              path, compression == Compression::xz ? "xz" : "bzip2"));
    }
  }

  // Appends more bytes behind what is not yet handed out; false at the end of the file.
  bool fill() {
    buffer.erase(0, begin);
    begin = 0;
    const std::size_t held = buffer.size();
    buffer.resize(held + kPiece);
    const std::size_t count = stream.read({buffer.data() + held, kPiece});
    buffer.resize(held + count);
    if (count == 0 && stream.damage()) {
      throw Error(ErrorCode::damaged, fmt::format("{} is damaged at byte {}: {}", file.path(),
                                                  stream.damage()->offset, stream.damage()->what));
    }
    return count != 0;
  }

  InputFile file;
  DecodedStream stream;
  std::string buffer;
  std::size_t begin = 0;  // of the next line in `buffer`
  std::uint64_t number = 0;
  bool complete = true;
};

LineReader::LineReader(const std::string& path) : state_(std::make_unique<State>(path)) {}
LineReader::~LineReader() = default;

std::optional<std::string_view> LineReader::next() {
  State& state = *state_;
  std::size_t searched = 0;  // bytes of the line known to hold no newline
  for (;;) {
    const std::string_view rest = std::string_view(state.buffer).substr(state.begin);
    const std::size_t end = rest.find('\n', searched);
    if (end != std::string_view::npos) {
      state.begin += end + 1;
      ++state.number;
      return rest.substr(0, end);
    }
    searched = rest.size();
    if (state.fill()) continue;
    if (state.buffer.empty()) return std::nullopt;
    state.begin = state.buffer.size();
    state.complete = false;
    ++state.number;
    return std::string_view(state.buffer);
  }
}

std::uint64_t LineReader::number() const noexcept { return state_->number; }
bool LineReader::complete() const noexcept { return state_->complete; }
const std::string& LineReader::path() const noexcept { return state_->file.path(); }

}  // namespace wirecopy::base

#include "base/compression.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

namespace wirecopy::base {
namespace {

constexpr std::size_t kInputBuffer = std::size_t{128} << 10U;
constexpr int kMaxWindowLog = 27;  // 128 MiB

// The compressed bytes, read in large pieces.
class CompressedInput {
 public:
  explicit CompressedInput(DecodedStream::Source source)
      : source_(std::move(source)), buffer_(kInputBuffer) {}

  // Reads on until at least `count` bytes wait, or the source ends.
  void gather(std::size_t count) {
    while (waiting().size() < count && more()) {
    }
  }

  // False when no byte waits and none will come.
  bool ready() { return begin_ < end_ || more(); }

  [[nodiscard]] std::string_view waiting() const noexcept {
    return {buffer_.data() + begin_, end_ - begin_};
  }
  void use(std::size_t count) noexcept { begin_ += count; }

  // Bypasses the buffer, which must be empty.
  std::size_t read_direct(std::span<char> into) {
    const std::size_t count = source_(into);
    taken_ += count;
    return count;
  }

  [[nodiscard]] std::uint64_t consumed() const noexcept { return taken_ - (end_ - begin_); }

 private:
  bool more() {
    if (begin_ == end_) begin_ = end_ = 0;
    const std::size_t count = source_(std::span(buffer_).subspan(end_));
    end_ += count;
    taken_ += count;
    return count != 0;
  }

  DecodedStream::Source source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t taken_ = 0;
};

// A skippable zstd frame starts with 0x184D2A50 … 0x184D2A5F, little end first.
bool is_skippable_frame(std::string_view head) {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U &&
         head.substr(1, 3) == "\x2A\x4D\x18";
}

// "BZh", a level, then the first block or the end of an empty file.
bool is_bzip2(std::string_view head) {
  return head.starts_with("BZh") && head.size() >= 10 && head[3] >= '1' && head[3] <= '9' &&
         (head.substr(4, 6) == "\x31\x41\x59\x26\x53\x59" ||
          head.substr(4, 6) == "\x17\x72\x45\x38\x50\x90");
}

}  // namespace

Compression compression_of(std::string_view head) noexcept {
  if (head.starts_with("\x1F\x8B")) return Compression::gzip;
  if (head.starts_with("\x28\xB5\x2F\xFD") || is_skippable_frame(head)) return Compression::zstd;
  if (is_bzip2(head)) return Compression::bzip2;
  if (head.starts_with(std::string_view("\xFD\x37\x7A\x58\x5A\x00", 6))) return Compression::xz;
  return Compression::none;
}

// Turns compressed into decompressed bytes, from member to member.
class DecodedStream::Decoder {
 public:
  virtual ~Decoder() = default;
  // Fills `into` as far as the stream goes, or sets `damage`.
  virtual std::size_t decode(CompressedInput& input, std::span<char> into,
                             std::optional<ArchiveDamage>& damage) = 0;
};

namespace {

class PlainDecoder final : public DecodedStream::Decoder {
 public:
  std::size_t decode(CompressedInput& input, std::span<char> into,
                     std::optional<ArchiveDamage>& /*damage*/) override {
    const std::string_view head = input.waiting().substr(0, into.size());
    std::memcpy(into.data(), head.data(), head.size());
    input.use(head.size());
    std::size_t done = head.size();
    while (done < into.size()) {
      const std::size_t count = input.read_direct(into.subspan(done));
      if (count == 0) break;
      done += count;
    }
    return done;
  }
};

class GzipDecoder final : public DecodedStream::Decoder {
 public:
  GzipDecoder() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  std::size_t decode(CompressedInput& input, std::span<char> into,
                     std::optional<ArchiveDamage>& damage) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(into.size(), 1U << 30U));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out > 0 && !damage && (in_member_ || start_member(input, damage))) {
      continue_member(input, damage);
    }
    return room - stream_.avail_out;
  }

 private:
  // Steps over the zeros after the last member; false at the end of the stream.
  bool start_member(CompressedInput& input, std::optional<ArchiveDamage>& damage) {
    while (input.ready() && members_ > 0) {
      const std::size_t zeros = input.waiting().find_first_not_of('\0');
      padded_ = padded_ || zeros != 0;
      input.use(std::min(zeros, input.waiting().size()));
      if (zeros != std::string_view::npos) break;
    }
    if (!input.ready()) return false;
    if (padded_ || input.waiting().front() != '\x1F') {
      damage = {input.consumed(), "bytes that are no gzip member follow the last one", true};
      return false;
    }
    inflateReset(&stream_);
    return in_member_ = true;
  }

  void continue_member(CompressedInput& input, std::optional<ArchiveDamage>& damage) {
    if (!input.ready()) {
      damage = {input.consumed(), "the file ends inside a gzip member", false};
      return;
    }
    const std::string_view waiting = input.waiting();
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(waiting.data()));
    stream_.avail_in = static_cast<uInt>(waiting.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    input.use(waiting.size() - stream_.avail_in);
    if (result == Z_STREAM_END) {
      in_member_ = false;
      ++members_;
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const char* reason = stream_.msg != nullptr ? stream_.msg : "invalid data";
      damage = {input.consumed(), fmt::format("the gzip data is damaged ({})", reason),
                stream_.total_out == 0 && members_ > 0};
    }
  }

  z_stream stream_{};
  bool in_member_ = false;
  bool padded_ = false;
  std::uint64_t members_ = 0;
};

class ZstdDecoder final : public DecodedStream::Decoder {
 public:
  ZstdDecoder() : context_(ZSTD_createDCtx(), &ZSTD_freeDCtx) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
    start_ = wanted_ = ZSTD_initDStream(context_.get());
  }

  std::size_t decode(CompressedInput& input, std::span<char> into,
                     std::optional<ArchiveDamage>& damage) override {
    std::size_t done = 0;
    while (done < into.size() && !damage) {
      const bool ended = !input.ready();
      if (ended && !in_frame_) break;
      const std::size_t count = step(input, into.subspan(done), damage);
      if (ended && count == 0 && !damage) {
        damage = {input.consumed(), "the file ends inside a zstd frame", false};
      }
      done += count;
    }
    return done;
  }

 private:
  // Decodes one block at most, so that nothing before a damaged one is lost: when the decoder finds
  // damage, it takes back all that the same call put out.
  std::size_t step(CompressedInput& input, std::span<char> into,
                   std::optional<ArchiveDamage>& damage) {
    const std::string_view given = input.waiting().substr(0, wanted_);
    ZSTD_inBuffer in{given.data(), given.size(), 0};
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
    input.use(in.pos);
    frame_output_ += out.pos;
    if (ZSTD_isError(result) != 0) {
      damage = {input.consumed(), explain(result), frame_output_ == 0 && frames_ > 0};
      return 0;
    }
    in_frame_ = result != 0;
    wanted_ = in_frame_ ? result : start_;
    if (in_frame_) return out.pos;
    frame_output_ = 0;
    ++frames_;
    return out.pos;
  }

  static std::string explain(std::size_t result) {
    if (ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge) {
      return "its zstd window is larger than 128 MiB; compress it again with a smaller one";
    }
    return fmt::format("the zstd data is damaged ({})", ZSTD_getErrorName(result));
  }

  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  std::size_t start_;   // how many bytes a frame begins with
  std::size_t wanted_;  // how many bytes the decoder wants next
  bool in_frame_ = false;
  std::uint64_t frame_output_ = 0;
  std::uint64_t frames_ = 0;
};

std::unique_ptr<DecodedStream::Decoder> make_decoder(Compression compression) {
  if (compression == Compression::gzip) return std::make_unique<GzipDecoder>();
  if (compression == Compression::zstd) return std::make_unique<ZstdDecoder>();
  return std::make_unique<PlainDecoder>();
}

}  // namespace

struct DecodedStream::State {
  CompressedInput input;
  std::uint64_t max_ratio;
  Compression compression = Compression::none;
  std::unique_ptr<Decoder> decoder;
  std::uint64_t produced = 0;
  std::optional<ArchiveDamage> damage;
};

DecodedStream::DecodedStream(Source source, std::uint64_t max_ratio)
    : state_(new State{CompressedInput(std::move(source)), max_ratio, {}, {}, 0, {}}) {
  state_->input.gather(kMagicBytes);
  state_->compression = compression_of(state_->input.waiting());
  state_->decoder = make_decoder(state_->compression);
}

DecodedStream::~DecodedStream() = default;
DecodedStream::DecodedStream(DecodedStream&&) noexcept = default;
DecodedStream& DecodedStream::operator=(DecodedStream&&) noexcept = default;

Compression DecodedStream::compression() const noexcept { return state_->compression; }

std::size_t DecodedStream::read(std::span<char> into) {
  State& state = *state_;
  if (state.damage || into.empty()) return 0;
  const std::size_t count = state.decoder->decode(state.input, into, state.damage);
  state.produced += count;
  const std::uint64_t used = state.input.consumed();
  if (state.compression != Compression::none && state.max_ratio != 0 && !state.damage &&
      state.produced > kRatioGrace && state.produced / state.max_ratio > used) {
    state.damage = {used,
                    fmt::format("it grows to more than {} times its size; if that is right, raise "
                                "--max-ratio (0 = no limit)",
                                state.max_ratio),
                    false};
  }
  return count;
}

const std::optional<ArchiveDamage>& DecodedStream::damage() const noexcept {
  return state_->damage;
}

std::uint64_t DecodedStream::consumed() const noexcept { return state_->input.consumed(); }

}  // namespace wirecopy::base

#include "base/compression_block.h"

#include <zlib.h>
#include <zstd.h>

#include <memory>
#include <new>

#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

constexpr int kLevel = 1;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

}  // namespace

std::string compress_block(std::string_view bytes) {
  thread_local std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compressCCtx(context.get(), frame.data(), frame.size(),
                                             bytes.data(), bytes.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // the only failure left with a full bound
  frame.resize(size);
  return frame;
}

std::string gzip_block(std::string_view bytes) {
  constexpr int kGzip = 16 + MAX_WBITS;  // a header and a checksum of gzip around the stream
  constexpr int kMemory = 8;             // what zlib takes by itself
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string member(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(member.data());
  stream.avail_out = static_cast<uInt>(member.size());
  const int end = deflate(&stream, Z_FINISH);
  member.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::bad_alloc();  // the only failure left with a full bound
  return member;
}

void decompress_block(std::string_view frame, std::span<char> into) {
  thread_local std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  const std::size_t size =
      ZSTD_decompressDCtx(context.get(), into.data(), into.size(), frame.data(), frame.size());
  if (ZSTD_isError(size) != 0 || size != into.size()) {
    throw Error(
        ErrorCode::damaged,
        "scratch data could not be read back as it was written; check the disk and run again");
  }
}

}  // namespace wirecopy::base

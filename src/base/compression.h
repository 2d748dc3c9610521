/// The door to zlib and libzstd for streams from outside. (Single blocks of our own:
/// compression_block.h.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wirecopy::base {

enum class Compression : std::uint8_t { none, gzip, zstd, bzip2, xz };

/// So many first bytes tell every compression apart.
inline constexpr std::size_t kMagicBytes = 10;

/// Which compression the first bytes of a file stand for. Names of files are never looked at.
[[nodiscard]] Compression compression_of(std::string_view head) noexcept;

/// Where and why a compressed stream broke off.
struct ArchiveDamage {
  std::uint64_t offset = 0;  ///< In the compressed bytes.
  std::string what;          ///< "the file ends inside a gzip member"
  bool after_end = false;    ///< All that came out belongs to complete members or frames.
};

/// The decompressed bytes of a stream: gzip of any number of members, zero bytes after the last
/// allowed; zstd of any number of frames, skippable ones included; anything else as it is. What
/// comes out is not decompressed a second time.
///
/// Memory: 128 KiB and what the decoder needs; zstd windows over 128 MiB are refused. One thread at
/// a time.
class DecodedStream {
 public:
  /// Puts the next bytes into its argument; 0 only at the end.
  using Source = std::function<std::size_t(std::span<char>)>;

  /// A stream that grows to more than `max_ratio` times its compressed size counts as damaged, once
  /// kRatioGrace bytes came out; 0 = no limit.
  DecodedStream(Source source, std::uint64_t max_ratio);
  ~DecodedStream();
  DecodedStream(DecodedStream&&) noexcept;
  DecodedStream& operator=(DecodedStream&&) noexcept;

  static constexpr std::uint64_t kRatioGrace = std::uint64_t{16} << 20U;

  /// bzip2 and xz are recognised but not decoded.
  [[nodiscard]] Compression compression() const noexcept;

  /// Fills `into` as far as the stream goes; fewer bytes mean its end, or damage. Throws what the
  /// source throws.
  [[nodiscard]] std::size_t read(std::span<char> into);

  /// Set once the stream broke off; all bytes before the damage have been handed over.
  [[nodiscard]] const std::optional<ArchiveDamage>& damage() const noexcept;

  /// Compressed bytes used up so far.
  [[nodiscard]] std::uint64_t consumed() const noexcept;

  class Decoder;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy::base

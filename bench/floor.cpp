#include "floor.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <vector>

namespace wirecopy::bench {
namespace {

constexpr std::size_t kBlock = std::size_t{512} << 10U;

// Parses the rows that begin in [begin, end) of the file.
class BlockParser {
 public:
  BlockParser(int descriptor, std::uint64_t file_size)
      : descriptor_(descriptor), file_size_(file_size), buffer_(2 * kBlock) {}

  void parse(std::uint64_t begin, std::uint64_t end, FloorResult& result) {
    // One byte before tells whether a row begins exactly at `begin`.
    const std::uint64_t from = begin == 0 ? 0 : begin - 1;
    std::size_t size = fill(from, static_cast<std::size_t>(end - from));
    char* row = buffer_.data();
    if (begin != 0) row = after_newline(row, size);
    const auto last = static_cast<std::size_t>(end - from);
    while (row != nullptr && static_cast<std::size_t>(row - buffer_.data()) < last) {
      std::size_t at = static_cast<std::size_t>(row - buffer_.data());
      const void* newline = std::memchr(row, '\n', size - at);
      while (newline == nullptr && from + size < file_size_) {  // the row goes on past the block
        size = grow(from, size);
        row = buffer_.data() + at;
        newline = std::memchr(row, '\n', size - at);
      }
      const char* stop = newline ? static_cast<const char*>(newline) : buffer_.data() + size;
      parse_row(row, static_cast<std::size_t>(stop - row), result);
      at = static_cast<std::size_t>(stop - buffer_.data()) + 1;
      row = at < size ? buffer_.data() + at : nullptr;
    }
  }

 private:
  std::size_t fill(std::uint64_t offset, std::size_t wanted) {
    if (buffer_.size() < wanted + simdjson::SIMDJSON_PADDING) {
      buffer_.resize(wanted + simdjson::SIMDJSON_PADDING);
    }
    const ssize_t count = ::pread(descriptor_, buffer_.data(), wanted, static_cast<off_t>(offset));
    if (count < 0) throw std::runtime_error("cannot read");
    return static_cast<std::size_t>(count);
  }
  std::size_t grow(std::uint64_t offset, std::size_t size) {
    return fill(offset, size + kBlock / 8);
  }

  char* after_newline(char* from, std::size_t size) {
    void* newline = std::memchr(from, '\n', size);
    return newline == nullptr ? nullptr : static_cast<char*>(newline) + 1;
  }

  void parse_row(char* row, std::size_t length, FloorResult& result) {
    if (length == 0) return;
    simdjson::ondemand::document document;
    const std::size_t capacity = buffer_.size() - static_cast<std::size_t>(row - buffer_.data());
    std::string_view text;
    if (parser_.iterate(row, length, capacity).get(document) == simdjson::SUCCESS &&
        document["text"].get_string().get(text) == simdjson::SUCCESS) {
      ++result.rows;
      result.text_bytes += text.size();
    }
  }

  int descriptor_;
  std::uint64_t file_size_;
  std::vector<char> buffer_;
  simdjson::ondemand::parser parser_;
};

}  // namespace

FloorResult parse_only(const std::string& path, unsigned threads) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
    throw std::runtime_error("cannot open " + path);
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  std::atomic<std::uint64_t> next{0};
  std::vector<FloorResult> results(threads);
  std::vector<std::thread> workers;
  for (unsigned t = 0; t < threads; ++t) {
    workers.emplace_back([&, t] {
      BlockParser parser(descriptor, size);
      for (;;) {
        const std::uint64_t begin = next.fetch_add(kBlock);
        if (begin >= size) return;
        parser.parse(begin, std::min(begin + kBlock, size), results[t]);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  ::close(descriptor);
  FloorResult total;
  for (const FloorResult& result : results) {
    total.rows += result.rows;
    total.text_bytes += result.text_bytes;
  }
  return total;
}

}  // namespace wirecopy::bench

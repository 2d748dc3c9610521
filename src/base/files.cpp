#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

constexpr std::size_t kWriteBuffer = std::size_t{1} << 18U;

constexpr int kStopMilliseconds = 100;

[[noreturn]] void fail(ErrorCode code, const std::string& doing, const std::string& path) {
  const int reason = errno;
  throw Error(code, fmt::format("cannot {} {}: {}", doing, path, std::strerror(reason)));
}

FileStamp stamp_from(const struct stat& status) {
  return {static_cast<std::uint64_t>(status.st_size),
          std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

// Writes all bytes at the descriptor's position; false with errno set if the system refuses.
bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Reads until `into` is full or the file ends; the number of bytes read, or -1 with errno set.
ssize_t read_all_at(int descriptor, std::uint64_t offset, std::span<char> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t count = ::pread(descriptor, into.data() + done, into.size() - done,
                                  static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return static_cast<ssize_t>(done);
}

}  // namespace

FileStamp stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) fail(ErrorCode::input, "examine", path);
  return stamp_from(status);
}

InputFile::InputFile(const std::string& path) : path_(path) {
  descriptor_ = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(ErrorCode::input, "open", path);
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail(ErrorCode::input, "examine", path);
  if (S_ISDIR(status.st_mode)) {
    throw Error(ErrorCode::input, fmt::format("cannot read {}: it is a folder", path));
  }
  regular_ = S_ISREG(status.st_mode);
  stamp_ = stamp_from(status);
}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      stamp_(other.stamp_),
      regular_(other.regular_),
      stop_(other.stop_) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(stamp_, other.stamp_);
  std::swap(regular_, other.regular_);
  std::swap(stop_, other.stop_);
  return *this;
}

// A pipe may be silent for ever, so waiting on it looks at the stop flag now and then.
void InputFile::wait_for_bytes() const {
  if (regular_ || stop_ == nullptr) return;
  pollfd waiting{descriptor_, POLLIN, 0};
  do {
    if (stop_->load(std::memory_order_relaxed)) {
      throw Error(ErrorCode::interrupted, "interrupted: no output was written");
    }
  } while (::poll(&waiting, 1, kStopMilliseconds) <= 0);
}

std::size_t InputFile::read(std::span<char> into) {
  for (;;) {
    wait_for_bytes();
    const ssize_t count = ::read(descriptor_, into.data(), into.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail(ErrorCode::input, "read", path_);
  }
}

void InputFile::read_at(std::uint64_t offset, std::span<char> into) const {
  const ssize_t count = read_all_at(descriptor_, offset, into);
  if (count < 0) fail(ErrorCode::input, "read", path_);
  if (static_cast<std::size_t>(count) < into.size()) {
    throw Error(
        ErrorCode::input,
        fmt::format("{} became shorter while it was being read (expected {} bytes at offset "
                    "{}); leave inputs alone until the run ends",
                    path_, into.size(), offset));
  }
}

OutputFile::OutputFile(std::string folder, std::string name, std::uint32_t mode)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      temporary_(fmt::format("{}/.{}.tmp-{}", folder_, name_, ::getpid())) {
  descriptor_ =
      ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
  if (descriptor_ < 0) fail(ErrorCode::output, "create", path());
  buffer_.reserve(kWriteBuffer);
}

OutputFile OutputFile::at(const std::string& path, bool replace) {
  if (!replace && ::access(path.c_str(), F_OK) == 0) {
    throw Error(ErrorCode::output,
                fmt::format("{} is there already; name another file or say --replace", path));
  }
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : folder_(std::move(other.folder_)),
      name_(std::move(other.name_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)) {}

void OutputFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kWriteBuffer) flush();
  if (bytes.size() < kWriteBuffer) {
    buffer_.append(bytes);
  } else if (!write_all(descriptor_, bytes)) {
    fail(ErrorCode::output, "write", path());
  }
}

void OutputFile::write_line(std::string_view line) {
  write(line);
  write("\n");
}

void OutputFile::flush() {
  if (!write_all(descriptor_, buffer_)) fail(ErrorCode::output, "write", path());
  buffer_.clear();
}

void OutputFile::complete() {
  flush();
  if (::fsync(descriptor_) != 0) fail(ErrorCode::output, "write", path());
  if (::close(std::exchange(descriptor_, -1)) != 0) fail(ErrorCode::output, "close", path());
}

void OutputFile::commit() {
  if (::rename(temporary_.c_str(), path().c_str()) != 0) fail(ErrorCode::output, "create", path());
  temporary_.clear();
}

ScratchFile::ScratchFile(const std::string& folder) : folder_(folder) {
  descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ <
      0) {  // Not every file system knows O_TMPFILE: make a name and take it away again.
    std::string name = folder + "/.wirecopy-XXXXXX";
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) fail(ErrorCode::output, "create a scratch file in", folder);
    ::unlink(name.c_str());
  }
}

ScratchFile::~ScratchFile() { ::close(descriptor_); }

std::uint64_t ScratchFile::append(std::string_view bytes) {
  const std::scoped_lock lock(mutex_);
  if (!write_all(descriptor_, bytes)) fail(ErrorCode::output, "write scratch data in", folder_);
  return std::exchange(size_, size_ + bytes.size());
}

void ScratchFile::read_at(std::uint64_t offset, std::span<char> into) const {
  const ssize_t count = read_all_at(descriptor_, offset, into);
  if (count != static_cast<ssize_t>(into.size())) {
    fail(ErrorCode::output, "read back scratch data in", folder_);
  }
}

MappedScratch::MappedScratch(const ScratchFile& file) {
  if (file.size() == 0) return;
  void* address = ::mmap(nullptr, file.size(), PROT_READ, MAP_SHARED, file.descriptor_, 0);
  if (address == MAP_FAILED) fail(ErrorCode::output, "map scratch data in", file.folder_);
  bytes_ = {static_cast<char*>(address), file.size()};
}

MappedScratch::~MappedScratch() {
  if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

void append_to_file(const std::string& path, std::string_view bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(ErrorCode::output, "open", path);
  const bool written = write_all(descriptor, bytes);
  const int reason = errno;
  const bool closed = ::close(descriptor) == 0;
  if (!written) errno = reason;
  if (!written || !closed) fail(ErrorCode::output, "write", path);
}

std::string read_file(const std::string& path) {
  InputFile file(path);
  std::string contents;
  std::array<char, 1U << 16U> piece{};
  while (const std::size_t count = file.read(piece)) contents.append(piece.data(), count);
  return contents;
}

}  // namespace wirecopy::base

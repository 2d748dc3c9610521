#include "base/folders.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

[[noreturn]] void fail(ErrorCode code, std::string_view doing, const std::string& path,
                       int reason = errno) {
  throw Error(code, fmt::format("cannot {} {}: {}", doing, path, std::strerror(reason)));
}

// Closes what it holds.
struct Descriptor {
  explicit Descriptor(int opened) : value(opened) {}
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int value;
};

std::string holder() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format("process {} on {} since {:%Y-%m-%dT%H:%M:%SZ}", ::getpid(), host.data(),
                     fmt::gmtime(now));
}

// What the holder wrote; it may just be doing so.
std::string read_holder(int descriptor) {
  std::array<char, 512> text{};
  const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
  std::string said(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  said.erase(std::min(said.find('\n'), said.size()));
  return said.empty() ? "another process" : said;
}

}  // namespace

void sync_path(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value < 0 || ::fsync(file.value) != 0) fail(ErrorCode::output, "bring to disk", path);
}

void make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) != 0) fail(ErrorCode::output, "make folder", path);
}

void copy_file(const std::string& from, const std::string& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.value < 0) fail(ErrorCode::input, "open", from);
  const Descriptor target(
      ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (target.value < 0) fail(ErrorCode::output, "create", to);
  std::vector<char> piece(std::size_t{1} << 18U);
  for (;;) {
    const ssize_t count = ::read(source.value, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(ErrorCode::input, "read", from);
    if (count == 0) return;
    for (std::size_t done = 0; done < static_cast<std::size_t>(count);) {
      const ssize_t written =
          ::write(target.value, piece.data() + done, static_cast<std::size_t>(count) - done);
      if (written < 0 && errno != EINTR) fail(ErrorCode::output, "write", to);
      if (written > 0) done += static_cast<std::size_t>(written);
    }
  }
}

void link_or_copy(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) == 0) return;
  if (errno == ENOENT) fail(ErrorCode::input, "open", from);
  const bool no_links = errno == EPERM || errno == EXDEV || errno == EOPNOTSUPP || errno == EMLINK;
  if (!no_links) fail(ErrorCode::output, "link", to);
  copy_file(from, to);
}

std::vector<FolderEntry> entries_of(const std::string& folder) {
  std::vector<FolderEntry> entries;
  std::error_code error;
  std::filesystem::directory_iterator next(folder, error);
  for (; !error && next != std::filesystem::directory_iterator(); next.increment(error)) {
    const std::string path = next->path().string();
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) fail(ErrorCode::input, "examine", path);
    entries.push_back({next->path().filename().string(), static_cast<std::uint64_t>(status.st_size),
                       status.st_dev, status.st_ino, S_ISREG(status.st_mode)});
  }
  if (error) fail(ErrorCode::input, "read folder", folder, error.value());
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

Hash128 hash_file(const std::string& path) {
  InputFile file(path);
  Hash128Stream hash;
  std::vector<char> piece(std::size_t{1} << 18U);
  while (const std::size_t count = file.read(piece)) hash.add({piece.data(), count});
  return hash.value();
}

Hash128 hash_end(const std::string& path, std::size_t bytes) {
  const InputFile file(path);
  std::string end(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, file.size())), '\0');
  file.read_at(file.size() - end.size(), end);
  return hash128(end);
}

void move_path(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail(ErrorCode::output, "create", to);
}

void remove_path(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (error) fail(ErrorCode::output, "remove", path, error.value());
}

void fill_random(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::getrandom(bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(ErrorCode::output, "draw", "random bytes from the system");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

LockFile::LockFile(const std::string& path, const std::string& what) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (file.value < 0) fail(ErrorCode::output, "open", path);
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (::fcntl(file.value, F_OFD_SETLK, &whole) != 0) {
    if (errno != EAGAIN && errno != EACCES) fail(ErrorCode::output, "lock", path);
    throw Error(ErrorCode::locked, fmt::format("{} is being written by {}; try again later", what,
                                               read_holder(file.value)));
  }
  const std::string said = holder() + "\n";
  if (::ftruncate(file.value, 0) != 0 ||
      ::pwrite(file.value, said.data(), said.size(), 0) != static_cast<ssize_t>(said.size())) {
    fail(ErrorCode::output, "write", path);
  }
  descriptor_ = std::exchange(file.value, -1);
}

LockFile::~LockFile() {
  if (descriptor_ < 0) return;
  // Nobody is to be named who does not hold it; if that fails, the next holder writes over it.
  [[maybe_unused]] const int ignored = ::ftruncate(descriptor_, 0);
  ::close(descriptor_);
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace wirecopy::base

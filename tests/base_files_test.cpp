#include "base/files.h"
#include "base/lines.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/compression_block.h"
#include "base/row_store.h"
#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using test::contents_of;
using test::TemporaryFolder;

namespace {

ErrorCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("nothing was thrown");
  return ErrorCode::usage;
}

// Makes writes past a size fail, as a full disk would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::size_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("an output appears under its name only when it is committed") {
  const TemporaryFolder folder;
  base::OutputFile file(folder.path(), "pairs.jsonl");
  file.write_line("one");
  REQUIRE(contents_of(folder.path("pairs.jsonl")).empty());
  file.complete();
  REQUIRE(contents_of(folder.path("pairs.jsonl")).empty());
  file.commit();
  REQUIRE(contents_of(folder.path("pairs.jsonl")) == "one\n");
}

TEST_CASE("an output that is given up leaves nothing behind") {
  const TemporaryFolder folder;
  {
    base::OutputFile file(folder.path(), "pairs.jsonl");
    file.write(std::string(std::size_t{1} << 20U, 'x'));
  }
  REQUIRE(folder.empty());
}

TEST_CASE("a former output stays as it was until the new one is committed") {
  const TemporaryFolder folder;
  const std::string path = folder.file("pairs.jsonl", "old");
  base::OutputFile file = base::OutputFile::at(path, true);
  file.write("new");
  file.complete();
  REQUIRE(contents_of(path) == "old");
  file.commit();
  REQUIRE(contents_of(path) == "new");
}

TEST_CASE("an output does not replace a file unless told to") {
  const TemporaryFolder folder;
  const std::string path = folder.file("rows.jsonl", "precious");
  REQUIRE(code_of([&] { (void)base::OutputFile::at(path, false); }) == ErrorCode::output);
  REQUIRE(contents_of(path) == "precious");
}

TEST_CASE("a write that the system refuses is an error that names the file") {
  const TemporaryFolder folder;
  base::OutputFile file(folder.path(), "big");
  const FileSizeLimit limit(std::size_t{1} << 16U);
  try {
    file.write(std::string(std::size_t{1} << 20U, 'x'));
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    REQUIRE(error.code() == ErrorCode::output);
    REQUIRE(std::string(error.what()).find("big") != std::string::npos);
  }
}

TEST_CASE("a folder that does not exist cannot be written to") {
  REQUIRE(code_of([] { base::OutputFile("/nowhere/at/all", "x"); }) == ErrorCode::output);
  REQUIRE(code_of([] { base::ScratchFile("/nowhere/at/all"); }) == ErrorCode::output);
}

TEST_CASE("a missing file, a folder and a file that shrank are input errors") {
  const TemporaryFolder folder;
  REQUIRE(code_of([&] { base::InputFile(folder.path("missing")); }) == ErrorCode::input);
  REQUIRE(code_of([&] { base::InputFile(folder.path()); }) == ErrorCode::input);
  const base::InputFile file(folder.file("short", "12345"));
  std::string bytes(6, '\0');
  REQUIRE(code_of([&] { file.read_at(0, bytes); }) == ErrorCode::input);
}

TEST_CASE("a scratch file has no name and gives back what was put in") {
  const TemporaryFolder folder;
  base::ScratchFile scratch(folder.path());
  REQUIRE(scratch.append("hello ") == 0);
  REQUIRE(scratch.append("world") == 6);
  REQUIRE(folder.empty());
  std::string bytes(5, '\0');
  scratch.read_at(6, bytes);
  REQUIRE(bytes == "world");
  const base::MappedScratch mapped(scratch);
  REQUIRE(std::string(mapped.bytes().begin(), mapped.bytes().end()) == "hello world");
}

TEST_CASE("waiting on a silent pipe ends when the run is stopped") {
  const TemporaryFolder folder;
  const std::string path = folder.path("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const int writer = ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // keeps the pipe open and silent
  base::InputFile file(path);
  std::atomic<bool> stop{false};
  file.watch(&stop);
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop = true;
  });
  std::string bytes(10, '\0');
  REQUIRE(code_of([&] { (void)file.read(bytes); }) == ErrorCode::interrupted);
  stopper.join();
  ::close(writer);
}

TEST_CASE("a compressed block comes back whole or not at all") {
  const std::string bytes = std::string(1000, 'a') + "tail";
  const std::string frame = base::compress_block(bytes);
  std::string back(bytes.size(), '\0');
  base::decompress_block(frame, back);
  REQUIRE(back == bytes);
  std::string too_long(bytes.size() + 1, '\0');
  REQUIRE(code_of([&] { base::decompress_block(frame, too_long); }) == ErrorCode::damaged);
  REQUIRE(code_of([&] { base::decompress_block("not a frame", back); }) == ErrorCode::damaged);
}

TEST_CASE("blocks of gzip and zstd one behind the other are one file") {
  const TemporaryFolder folder;
  const std::string many(300'000, 'b');
  const auto text_of = [&](const std::string& packed) {
    base::LineReader lines(folder.file("packed", packed));
    std::string text;
    while (const auto line = lines.next()) text += std::string(*line) + "\n";
    return text;
  };
  for (const auto pack : {base::gzip_block, base::compress_block}) {
    REQUIRE(text_of(pack("a\n") + pack("") + pack(many + "\n") + pack("c\n")) ==
            "a\n" + many + "\nc\n");
    REQUIRE(pack(many) == pack(many));
    REQUIRE(pack(many).size() < 2000);
  }
}

TEST_CASE("a row store gives rows back from files and from the spool, on any thread", "[threads]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("rows.jsonl", "first\nsecond\n");
  base::RowStore store({path, ""}, folder.path());
  std::vector<base::RowPlace> places = {{0, 5, 0, base::RowPlace::kInFile},
                                        {6, 6, 0, base::RowPlace::kInFile}};
  std::vector<std::string> rows = {"first", "second"};
  for (std::uint32_t block = 0; block < 20; ++block) {
    const std::string spooled = "block" + std::to_string(block) + "|more";
    const std::size_t bar = spooled.find('|');
    const std::uint32_t number = store.append(base::RowStore::compress(spooled), spooled.size());
    places.push_back({0, static_cast<std::uint32_t>(bar), 1, number});
    rows.push_back(spooled.substr(0, bar));
    places.push_back({bar + 1, 4, 1, number});
    rows.emplace_back("more");
  }
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int t = 0; t < 4; ++t) {
    readers.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        for (std::size_t i = 0; i < places.size(); ++i) wrong += store.row(places[i]) != rows[i];
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
  REQUIRE(wrong == 0);
}

TEST_CASE("a row store notices that a file changed after the run began") {
  const TemporaryFolder folder;
  const std::string path = folder.file("rows.jsonl", "first\n");
  const base::RowStore store({path}, folder.path());
  store.check_unchanged();
  (void)folder.file("rows.jsonl", "other, longer\n");
  REQUIRE(code_of([&] { store.check_unchanged(); }) == ErrorCode::input);
  REQUIRE(code_of([&] {
            (void)store.row({0, 5, 0, base::RowPlace::kInFile});
          }) == ErrorCode::input);
}

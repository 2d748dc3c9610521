// Writers that die, disks that are full and calls that fail: the last night stands, always.
#include <sys/mount.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/folders.h"
#include "catch.h"
#include "index/generations.h"
#include "index/sealed.h"
#include "index_nights.h"
#include "index_writer.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using index::Generation;
using index::Generations;
using test::rows_after;
using test::rows_in;
using test::TemporaryFolder;

namespace {

// All that must hold of an index that was left alone in whatever state: the number of the current
// generation.
std::uint32_t check_index(const std::string& index) {
  const std::uint32_t done = test::acknowledged(index);
  if (!std::filesystem::exists(index + "/index.json")) {
    CHECK(done == 0);
    return 0;
  }
  (void)index::unseal(index);
  const Generations generations(index);
  const std::optional<Generation> current = generations.current();
  const std::uint32_t number = current ? current->number : 0;
  INFO("acknowledged " << done << ", current " << number);
  CHECK((number == done || number == done + 1));
  for (const Generation& each : generations.all()) {
    index::check_files(each);
    CHECK(rows_in(each.folder) == rows_after(each.number));
  }
  if (number > 0)
    CHECK(index::contents_of(*current).counts.at("rows") == rows_after(number).size());

  const index::WriterLock lock(index);  // the dead do not hold it
  CHECK(generations.begin() == index + "/work");
  for (const base::FolderEntry& entry : base::entries_of(index)) {
    const bool known = entry.name == "CURRENT" || entry.name == "LOCK" || entry.name == "key" ||
                       entry.name == "generations" || entry.name == "index.json";
    INFO(entry.name << " was left");
    CHECK(known);
  }
  CHECK(base::entries_of(index + "/generations").size() == generations.all().size());
  return number;
}

// The nights go on from where they stand.
void acknowledge(const std::string& index, std::uint32_t number) {
  std::ofstream(test::acknowledgments(index)) << number << "\n";
}

// How long a writer takes from its start to the end of its first night here and now.
unsigned int microseconds_of_a_night() {
  const TemporaryFolder folder;
  const auto began = std::chrono::steady_clock::now();
  REQUIRE(test::wait_for(test::start_writer(folder.path("index"), 1)) == 0);
  const auto took = std::chrono::steady_clock::now() - began;
  return static_cast<unsigned int>(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

}  // namespace

TEST_CASE("writes nights for other tests to disturb", "[.writer]") { test::be_the_writer(); }

TEST_CASE("a writer killed at any instant leaves the last night, its lock free") {
  test::prefer_memory();
  std::mt19937 random(7);
  const std::uint32_t kills = test::times("WIRECOPY_KILLS", 200);
  const unsigned int usual = microseconds_of_a_night();
  std::uint32_t founded = 0;
  std::uint32_t between = 0;
  std::uint32_t nights = 0;
  std::optional<TemporaryFolder> folder;
  for (std::uint32_t kill = 0; kill < kills; ++kill) {
    if (kill % 20 == 0) folder.emplace();
    const std::string index = folder->path("index");
    const pid_t writer = test::start_writer(index, 1'000);
    // Short waits meet founding and the first night, long ones many nights.
    const unsigned int longest = kill % 20 < 2 ? usual / 2 : 3 * usual;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % longest));
    ::kill(writer, SIGKILL);
    REQUIRE(test::wait_for(writer) == 128 + SIGKILL);
    founded += std::filesystem::exists(index + "/index.json") ? 0U : 1U;
    between += std::filesystem::exists(index + "/work") ? 1U : 0U;
    const std::uint32_t number = check_index(index);
    nights = std::max(nights, number);
    acknowledge(index, number);
  }
  WARN(kills << " kills: " << founded << " before there was an index, " << between
             << " amid a night; up to " << nights << " nights");
  CHECK(between > 0);
  CHECK(nights > 0);
}

TEST_CASE("readers see whole generations, never an error, while nights are made and forgotten") {
  test::prefer_memory();
  const TemporaryFolder folder;
  const std::string index = folder.path("index");
  REQUIRE(test::wait_for(test::start_writer(index, 1)) == 0);
  std::atomic<bool> stop{false};
  std::atomic<std::uint32_t> wrong{0};
  std::atomic<std::uint32_t> read{0};
  std::atomic<std::uint32_t> again{0};
  const auto read_on = [&] {
    std::uint32_t last = 0;
    while (!stop) {
      std::uint32_t tries = 0;
      const auto open = [&](const Generation& now) {
        ++tries;
        const bool right = rows_in(now.folder) == rows_after(now.number) && now.number >= last;
        wrong += right ? 0U : 1U;
        last = now.number;
      };
      try {
        (void)Generations(index).open_current(open);
      } catch (const Error&) {
        ++wrong;
      }
      again += tries > 1 ? 1U : 0U;
      ++read;
    }
  };
  std::vector<std::thread> readers;
  for (std::uint32_t i = test::times("WIRECOPY_READERS", 8); i > 0; --i) {
    readers.emplace_back(read_on);
  }
  const int status =
      test::wait_for(test::start_writer(index, test::times("WIRECOPY_READ_NIGHTS", 30)));
  stop = true;
  for (std::thread& reader : readers) reader.join();
  WARN(read << " times read by " << readers.size() << " readers, " << again << " opened again");
  CHECK(status == 0);
  CHECK(wrong == 0);
  CHECK(read > 0);
}

TEST_CASE("a call that fails is an error and no night, whichever call it is") {
  if (std::system("strace -V > /dev/null 2>&1") != 0) {
    WARN("skipped: there is no strace");
    return;
  }
  test::prefer_memory();
  const std::string fault =
      GENERATE(std::string("fsync:error=EIO"), std::string("rename:error=EIO"),
               std::string("link:error=EIO"), std::string("pwrite64:error=ENOSPC"),
               std::string("write:error=ENOSPC"), std::string("unlink:error=EIO"));
  const std::uint32_t most = test::times("WIRECOPY_FAULTS", 12);
  const TemporaryFolder folder;
  const std::string index = folder.path("index");
  REQUIRE(test::wait_for(test::start_writer(index, 2)) == 0);
  std::uint32_t failed = 0;
  for (std::uint32_t k = 1; k <= most; ++k) {
    const std::string when = "inject=" + fault + ":when=" + std::to_string(k);
    const int status = test::wait_for(
        test::start_writer(index, 1,
                           {"strace", "-f", "-o", "/dev/null", "-e",
                            "trace=fsync,rename,link,unlink,pwrite64,write", "-e", when}));
    INFO(when << " ended with " << status);
    CHECK(status < 128);  // no crash
    failed += status == 0 ? 0U : 1U;
    const std::uint32_t before = test::acknowledged(index);
    CHECK(check_index(index) == before);  // what failed is not there, what is there was told of
  }
  WARN(fault << ": " << failed << " of " << most << " nights failed");
}

TEST_CASE("a full disk is an error that names it, and the old generation answers") {
  const TemporaryFolder folder;
  const std::string disk = folder.path("disk");
  std::filesystem::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    WARN("skipped: no small disk can be mounted");
    return;
  }
  const std::string index = disk + "/index";
  const Generations generations(index);
  generations.found();
  index::seal(index, {Recipe::of(Preset::news), MatchRule::of(Preset::news)});
  const auto night = [&](std::uint32_t number) {
    std::mt19937 random(number);
    const std::string work = generations.begin();
    const auto current = generations.current();
    base::StoreWriter writer(work, current ? current->folder : "", test::night_families());
    for (int row = 0; row < 20; ++row) {
      std::string value(10'000, '\0');
      for (char& byte : value) byte = static_cast<char>(random());
      writer.put(0, std::to_string(1'000 * (number + 100) + static_cast<unsigned>(row)), value);
    }
    writer.finish();
    return generations.commit({}).number;
  };
  std::uint32_t made = 0;
  std::optional<ErrorCode> failed;
  std::string said;
  while (!failed && made < 20) {
    try {
      made = night(made + 1);
    } catch (const Error& error) {
      failed = error.code();
      said = error.what();
    }
  }
  INFO(said);
  CHECK(failed == ErrorCode::output);
  CHECK(said.find("No space left on device") != std::string::npos);
  CHECK(said.find(index) != std::string::npos);
  CHECK(made > 0);
  REQUIRE(generations.current());
  CHECK(generations.current()->number == made);
  index::check_files(*generations.current());
  CHECK(rows_in(generations.current()->folder).size() == 20 * made);

  REQUIRE(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=16m") == 0);
  CHECK(night(made + 1) == made + 1);
  CHECK(rows_in(generations.current()->folder).size() == 20 * (made + 1));
  ::umount(disk.c_str());
}

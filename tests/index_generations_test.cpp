#include "index/generations.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/folders.h"
#include "catch.h"
#include "index/sealed.h"
#include "index_nights.h"
#include "temporary_folder.h"
#include "thrown.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using index::Generation;
using index::Generations;
using index::WriterLock;
using test::code_of;
using test::contents_of;
using test::make_night;
using test::rows_after;
using test::rows_in;
using test::TemporaryFolder;

namespace {

// The folder of an index with so many nights.
class Nights {
 public:
  explicit Nights(std::uint32_t count = 0) {
    Generations(path()).found();
    index::seal(path(), {Recipe::of(Preset::news), MatchRule::of(Preset::news)});
    for (std::uint32_t i = 0; i < count; ++i) (void)make_night(path());
  }
  [[nodiscard]] std::string path(std::string_view name = "") const {
    return name.empty() ? folder_.path("index") : folder_.path("index/" + std::string(name));
  }
  [[nodiscard]] Generations generations() const { return Generations(path()); }
  [[nodiscard]] std::vector<std::uint32_t> numbers() const {
    std::vector<std::uint32_t> numbers;
    for (const Generation& each : generations().all()) numbers.push_back(each.number);
    return numbers;
  }
  void write(const std::string& name, const std::string& text) const {
    (void)folder_.file("index/" + name, text);
  }

 private:
  TemporaryFolder folder_;
};

using Numbers = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a new index has no generation") {
  const Nights nights;
  CHECK_FALSE(nights.generations().current());
  CHECK(nights.generations().current_number() == 0);
  CHECK(nights.generations().next_number() == 1);
  CHECK(nights.numbers().empty());
}

TEST_CASE("each night is a generation of its own, the last ones stay") {
  const Nights nights;
  for (std::uint32_t night = 1; night <= 7; ++night) {
    const Generation made = make_night(nights.path());
    CHECK(made.number == night);
    const auto current = nights.generations().current();
    REQUIRE(current);
    CHECK(current->number == night);
    CHECK(current->folder == made.folder);
    CHECK(rows_in(current->folder) == rows_after(night));
    CHECK(index::contents_of(*current) ==
          index::Contents{{{"rows", rows_after(night).size()}}, "a model"});
    index::check_files(*current);
  }
  CHECK(nights.numbers() == Numbers{4, 5, 6, 7});
  for (const Generation& each : nights.generations().all()) {
    CHECK(rows_in(each.folder) == rows_after(each.number));
  }
}

TEST_CASE("going back makes an earlier night current, and numbers are not used again") {
  const Nights nights(5);
  nights.generations().go_back(3);
  CHECK(rows_in(nights.generations().current()->folder) == rows_after(3));
  CHECK(nights.numbers() == Numbers{2, 3, 4, 5});
  nights.generations().go_back(5);  // after all
  CHECK(nights.generations().current_number() == 5);
  nights.generations().go_back(2);

  const WriterLock lock(nights.path());
  const std::string work = nights.generations().begin();
  CHECK(nights.numbers() == Numbers{2, 3, 4, 5});  // they were current once
  CHECK(nights.generations().next_number() == 6);
  base::StoreWriter writer(work, nights.generations().current()->folder, test::night_families());
  writer.put(0, "again", "yes");
  writer.finish();
  CHECK(nights.generations().commit({}).number == 6);
  CHECK(nights.numbers() == Numbers{2, 4, 5, 6});  // the one it was made from stays
  test::Rows expected = rows_after(2);
  expected["texts/again"] = "yes";
  CHECK(rows_in(nights.generations().current()->folder) == expected);
}

TEST_CASE("there is no going back to what is not there") {
  const Nights nights(5);
  CHECK(code_of([&] { nights.generations().go_back(1); }, "2, 3, 4, 5") == ErrorCode::usage);
  CHECK(code_of([&] { nights.generations().go_back(6); }, "2, 3, 4, 5") == ErrorCode::usage);
  CHECK(code_of([&] { nights.generations().go_back(0); }, "2, 3, 4, 5") == ErrorCode::usage);
}

TEST_CASE("forgetting the others leaves the current one alone") {
  const Nights nights(4);
  nights.write("work/half", "made");
  nights.generations().go_back(3);
  nights.generations().forget_others();
  CHECK(nights.numbers() == Numbers{3});
  CHECK(rows_in(nights.generations().current()->folder) == rows_after(3));
  CHECK_FALSE(std::filesystem::exists(nights.path("work")));
  CHECK(make_night(nights.path()).number == 5);
}

TEST_CASE("what a dead writer left goes when the next one begins") {
  const Nights nights(2);
  nights.write("work/000009.sst", "half");
  nights.write("generations/3/manifest.json", "never current");
  nights.write("gone-1/000009.sst", "on its way out");
  nights.write(".CURRENT.tmp-123", "3");
  CHECK(nights.numbers() == Numbers{1, 2});
  CHECK(nights.generations().current_number() == 2);
  CHECK(nights.generations().begin() == nights.path("work"));
  std::vector<std::string> left;
  for (const auto& entry : base::entries_of(nights.path())) left.push_back(entry.name);
  CHECK(left == std::vector<std::string>{"CURRENT", "LOCK", "generations", "index.json", "key"});
  CHECK(base::entries_of(nights.path("generations")).size() == 2);
  CHECK(make_night(nights.path()).number == 3);
}

TEST_CASE("a night rests on the files of the one before and reads only new ones") {
  const Nights nights(2);
  const auto files_of = [&](const std::string& number) {
    return base::entries_of(nights.path("generations/" + number));
  };
  const auto one = files_of("1");
  const auto two = files_of("2");
  const auto shared = std::count_if(two.begin(), two.end(), [&](const base::FolderEntry& entry) {
    return std::any_of(one.begin(), one.end(), [&](const base::FolderEntry& old) {
      return old.node == entry.node && old.name == entry.name;
    });
  });
  CHECK(shared == 2);
}

TEST_CASE("the second writer fails at once and is told of the first") {
  const Nights nights(1);
  std::optional<WriterLock> first(nights.path());
  CHECK(code_of([&] { const WriterLock second(nights.path()); }, "process ") == ErrorCode::locked);
  CHECK(code_of([&] { const WriterLock second(nights.path()); }, "since 20") == ErrorCode::locked);
  CHECK(code_of([&] { const WriterLock second(nights.path()); }, nights.path()) ==
        ErrorCode::locked);
  // Reading the file, as anybody may, does not give the lock back.
  CHECK_FALSE(contents_of(nights.path("LOCK")).empty());
  CHECK(code_of([&] { const WriterLock second(nights.path()); }, "process ") == ErrorCode::locked);
  first.reset();
  CHECK(contents_of(nights.path("LOCK")).empty());
  WriterLock again(nights.path());
  WriterLock moved(std::move(again));
  CHECK(code_of([&] { const WriterLock second(nights.path()); }, "process ") == ErrorCode::locked);
}

TEST_CASE("where there is no index, nothing is found") {
  const TemporaryFolder folder;
  CHECK(code_of([&] { (void)Generations(folder.path()).current(); }, folder.path()) ==
        ErrorCode::input);
  CHECK(code_of([&] { (void)Generations(folder.path("no")).current(); }, "no") == ErrorCode::input);
}

TEST_CASE("an index is founded once, in an empty folder or over a founding that died") {
  const Nights nights(1);
  CHECK(code_of([&] { nights.generations().found(); }, "already") == ErrorCode::output);
  const TemporaryFolder folder;
  (void)folder.file("photograph.jpg", "dear");
  CHECK(code_of([&] { Generations(folder.path()).found(); }, "photograph.jpg") ==
        ErrorCode::output);
  CHECK(contents_of(folder.path("photograph.jpg")) == "dear");
  const TemporaryFolder died;
  std::filesystem::create_directory(died.path("generations"));
  (void)died.file("key", "half");
  (void)died.file(".CURRENT.tmp-12", "0 0");
  Generations(died.path()).found();
  CHECK_FALSE(Generations(died.path()).current());
  CHECK(Generations(died.path()).all().empty());
}

TEST_CASE("generations that lost their index.json are not founded over") {
  const Nights nights(1);
  std::filesystem::remove(nights.path("index.json"));
  CHECK(code_of([&] { nights.generations().found(); }, "generations is not empty") ==
        ErrorCode::output);
  CHECK(rows_in(nights.path("generations/1")) == rows_after(1));
}

TEST_CASE("a lost CURRENT is damage, never an empty index, and going back mends it") {
  const Nights nights(3);
  const std::string line = contents_of(nights.path("CURRENT"));
  for (std::size_t length = 0; length < line.size(); ++length) {
    nights.write("CURRENT", line.substr(0, length));
    REQUIRE(code_of([&] { (void)nights.generations().current(); }, "CURRENT") ==
            ErrorCode::damaged);
  }
  for (std::size_t bit = 0; bit < 8 * line.size(); ++bit) {
    std::string changed = line;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    nights.write("CURRENT", changed);
    REQUIRE(code_of([&] { (void)nights.generations().current(); }, "CURRENT") ==
            ErrorCode::damaged);
  }
  std::filesystem::remove(nights.path("CURRENT"));
  CHECK(code_of([&] { (void)nights.generations().current(); }, "CURRENT") == ErrorCode::damaged);
  CHECK(code_of([&] { (void)nights.generations().begin(); }, "CURRENT") == ErrorCode::damaged);
  nights.generations().go_back(3);
  CHECK(contents_of(nights.path("CURRENT")) == line);
  CHECK(make_night(nights.path()).number == 4);
}

TEST_CASE("a generation that took another's place is refused at once") {
  const Nights nights(3);
  const auto exchange = [](const std::string& a, const std::string& b) {
    std::filesystem::rename(a, a + "-away");
    std::filesystem::rename(b, a);
    std::filesystem::rename(a + "-away", b);
  };
  exchange(nights.path("generations/2"), nights.path("generations/3"));
  CHECK(code_of([&] { (void)nights.generations().current(); }, "is that of generation 2") ==
        ErrorCode::damaged);
  CHECK(code_of([&] { nights.generations().go_back(2); }, "is that of generation 3") ==
        ErrorCode::damaged);
  exchange(nights.path("generations/2"), nights.path("generations/3"));
  CHECK(nights.generations().current()->number == 3);

  const Nights others(3);
  exchange(nights.path("generations/3"), others.path("generations/3"));
  CHECK(code_of([&] { (void)nights.generations().current(); }, "another index") ==
        ErrorCode::damaged);
  exchange(nights.path("generations/3"), others.path("generations/3"));
  exchange(nights.path("index.json"), others.path("index.json"));
  CHECK(code_of([&] { (void)nights.generations().current(); }, "index.json") == ErrorCode::damaged);
  exchange(nights.path("index.json"), others.path("index.json"));
  exchange(nights.path("CURRENT"), others.path("CURRENT"));
  CHECK(code_of([&] { (void)nights.generations().current(); }, "is not the one") ==
        ErrorCode::damaged);
}

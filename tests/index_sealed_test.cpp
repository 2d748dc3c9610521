#include "index/sealed.h"

#include <sys/stat.h>

#include <limits>
#include <random>
#include <string>

#include "base/hash.h"
#include "catch.h"
#include "index/sealed_fields.h"
#include "temporary_folder.h"
#include "thrown.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using index::Sealed;
using test::code_of;
using test::contents_of;
using test::TemporaryFolder;

namespace {

// Puts a random value into each field that is visited.
class Randomly {
 public:
  explicit Randomly(std::uint64_t seed) : random_(seed) {}

  template <typename Value>
  void operator()(std::string_view /*name*/, Value& value) {
    set(value);
  }

 private:
  void set(std::string& text) { text = "\"text\n\xc3\xa9 " + std::to_string(random_()); }
  void set(bool& value) { value = random_() % 2 == 0; }
  void set(Millionths& value) { value = Millionths(static_cast<std::uint32_t>(random_())); }
  void set(Banding& banding) {
    const auto bands = static_cast<std::uint32_t>(1 + random_() % 16);
    banding = Banding(Bands{bands}, Rows{static_cast<std::uint32_t>(1 + random_() % 8)});
  }
  template <typename Value>
  void set(Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      value = static_cast<Value>(random_() % index::kNames<Value>.size());
    } else if constexpr (std::is_integral_v<Value>) {
      const bool edge = random_() % 4 == 0;
      value = edge ? std::numeric_limits<Value>::min() : static_cast<Value>(random_());
    } else if constexpr (requires { value.has_value(); }) {
      value.reset();
      if (random_() % 2 == 0) set(value.emplace());
    } else if constexpr (requires { value.emplace_back(); }) {
      value.clear();
      for (auto left = random_() % 4; left > 0; --left) set(value.emplace_back());
    } else {
      index::fields(*this, value);
    }
  }

  std::mt19937_64 random_;
};

// Compares each field that is visited with the same one of another object, by what is told of it.
class Telling {
 public:
  template <typename Value>
  void operator()(std::string_view name, Value& value) {
    said += std::string(name) + "=";
    tell(value);
    said += ";";
  }
  std::string said;

 private:
  void tell(std::string& text) { said += text; }
  void tell(Millionths& value) { said += std::to_string(value.value()); }
  void tell(Banding& banding) {
    said += std::to_string(banding.bands()) + "x" + std::to_string(banding.rows());
  }
  template <typename Value>
  void tell(Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      said += std::to_string(static_cast<int>(value));
    } else if constexpr (std::is_integral_v<Value>) {
      said += std::to_string(value);
    } else if constexpr (requires { value.has_value(); }) {
      said += "(";
      if (value) tell(*value);
      said += ")";
    } else if constexpr (requires { value.emplace_back(); }) {
      for (auto& each : value) tell(each), said += ",";
    } else {
      index::fields(*this, value);
    }
  }
};

std::string told(Sealed sealed) {
  Telling telling;
  telling("recipe", sealed.recipe);
  telling("rule", sealed.rule);
  return telling.said;
}

Sealed news() { return {Recipe::of(Preset::news, index::draw_key()), MatchRule::of(Preset::news)}; }

// A sealed index whose index.json says `to` instead of `from`, checksum and all.
void reseal(const TemporaryFolder& folder, const std::string& from, const std::string& to) {
  std::string text = contents_of(folder.path("index.json"));
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const std::size_t end = text.rfind(",\n  \"checksum\": \"");
  REQUIRE(end != std::string::npos);
  text.resize(end);
  text += ",\n  \"checksum\": \"" + base::hex(base::hash128(text)) + "\"\n}\n";
  (void)folder.file("index.json", text);
}

}  // namespace

TEST_CASE("what is sealed comes back, whatever it is") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const TemporaryFolder folder;
    Sealed sealed = news();
    Randomly randomly(seed);
    randomly("recipe", sealed.recipe);
    randomly("rule", sealed.rule);
    index::seal(folder.path(), sealed);
    const Sealed back = index::unseal(folder.path());
    REQUIRE(told(back) == told(sealed));
    REQUIRE(back.recipe.shingling.key == sealed.recipe.shingling.key);
    if (back.recipe.winnowing) {
      REQUIRE(back.recipe.winnowing->key == sealed.recipe.shingling.key);
    }
  }
}

TEST_CASE("every preset can be sealed") {
  const Preset preset =
      GENERATE(Preset::corpus, Preset::fast, Preset::news, Preset::broad, Preset::ocr);
  const TemporaryFolder folder;
  const Sealed sealed{Recipe::of(preset, index::draw_key()), MatchRule::of(preset)};
  index::seal(folder.path(), sealed);
  CHECK(told(index::unseal(folder.path())) == told(sealed));
  CHECK(contents_of(folder.path("index.json"))
            .find("\"preset\": \"" + std::string(name_of(preset)) + "\"") != std::string::npos);
}

TEST_CASE("names of values are those that settings have") {
  for (std::size_t i = 0; i < index::kNames<Preset>.size(); ++i) {
    CHECK(index::kNames<Preset>.at(i) == name_of(static_cast<Preset>(i)));
  }
}

TEST_CASE("the key lies in a file of its own that only its owner reads, and nowhere else") {
  const TemporaryFolder folder;
  const Sealed sealed = news();
  index::seal(folder.path(), sealed);
  struct stat status {};
  REQUIRE(::stat(folder.path("key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  const auto words = sealed.recipe.shingling.key.words();
  const std::string digits = base::hex({words[0], words[1]});
  CHECK(contents_of(folder.path("key")) == digits + "\n");
  CHECK(contents_of(folder.path("index.json")).find(digits.substr(0, 8)) == std::string::npos);
}

TEST_CASE("drawn keys differ") {
  CHECK(index::draw_key() != index::draw_key());
  CHECK(index::draw_key() != Key());
}

TEST_CASE("a wrong key is refused by name and not printed, a right one elsewhere is taken") {
  const TemporaryFolder folder;
  index::seal(folder.path(), news());
  const std::string right = contents_of(folder.path("key"));
  const std::string other = "00112233445566778899aabbccddeeff\n";
  const std::string wrong_file = folder.file("elsewhere/wrong", other);
  const std::string right_file = folder.file("elsewhere/right", right);
  try {
    (void)index::unseal(folder.path(), wrong_file);
    FAIL("a wrong key was taken");
  } catch (const Error& error) {
    const std::string said = error.what();
    CHECK(error.code() == ErrorCode::damaged);
    CHECK(said.find(wrong_file) != std::string::npos);
    CHECK(said.find("0011") == std::string::npos);
    CHECK(said.find(right.substr(0, 4)) == std::string::npos);
  }
  CHECK_NOTHROW(index::unseal(folder.path(), right_file));
  (void)folder.file("key", other);
  CHECK(code_of([&] { (void)index::unseal(folder.path()); }, folder.path("key")) ==
        ErrorCode::damaged);
  CHECK_NOTHROW(index::unseal(folder.path(), right_file));
  (void)folder.file("key", "no key");
  CHECK(code_of([&] { (void)index::unseal(folder.path()); }, folder.path("key")) ==
        ErrorCode::damaged);
}

TEST_CASE("files that are missing are named") {
  const TemporaryFolder folder;
  CHECK(code_of([&] { (void)index::unseal(folder.path("nowhere")); }, "nowhere") ==
        ErrorCode::input);
  CHECK(code_of([&] { (void)index::unseal(folder.path()); }, "index.json") == ErrorCode::damaged);
  index::seal(folder.path(), news());
  std::filesystem::remove(folder.path("key"));
  CHECK(code_of([&] { (void)index::unseal(folder.path()); }, folder.path("key")) ==
        ErrorCode::damaged);
}

TEST_CASE("an index is sealed once") {
  const TemporaryFolder folder;
  index::seal(folder.path(), news());
  const std::string before = contents_of(folder.path("key"));
  CHECK(code_of([&] { index::seal(folder.path(), news()); }, "already") == ErrorCode::output);
  CHECK(contents_of(folder.path("key")) == before);
}

TEST_CASE("every changed bit and every length of index.json is refused") {
  const TemporaryFolder folder;
  index::seal(folder.path(), news());
  const std::string whole = contents_of(folder.path("index.json"));
  std::size_t refused = 0;
  const auto refuses = [&](const std::string& text) {
    (void)folder.file("index.json", text);
    if (code_of([&] { (void)index::unseal(folder.path()); }, "index.json") == ErrorCode::damaged) {
      ++refused;
    }
  };
  std::mt19937 random(3);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
    refuses(changed);
    refuses(whole.substr(0, at));
  }
  refuses(whole + "\n");
  refuses(whole + whole);
  CHECK(refused == 2 * whole.size() + 2);
}

TEST_CASE("what another version says is refused in plain words") {
  const TemporaryFolder folder;
  index::seal(folder.path(), news());
  const auto refused = [&](const std::string& from, const std::string& to,
                           const std::string& naming) {
    const std::string before = contents_of(folder.path("index.json"));
    reseal(folder, from, to);
    INFO(to);
    CHECK(code_of([&] { (void)index::unseal(folder.path()); }, naming) == ErrorCode::damaged);
    CHECK(code_of([&] { (void)index::unseal(folder.path()); }, "index.json") == ErrorCode::damaged);
    (void)folder.file("index.json", before);
  };
  refused("\"format\": 1", "\"format\": 2", "has format 2, this wirecopy reads format 1");
  refused("\"normalization\": 1", "\"normalization\": 7", "normalization 7");
  refused("\"near_percent\"", "\"far_percent\"", "near_percent");
  refused("\"near_percent\"", "\"farther\": 1, \"near_percent\"", "'farther'");
  refused("\"max_lost\"", "\"max_lost\": 1, \"max_lost\"", "twice");
  refused("\"average_link\"", "\"magic\"", "magic");
  refused("\"preset\": \"news\"", "\"preset\": 3", "preset");
  refused("\"passage_letters\": 90", "\"passage_letters\": 4294967296", "4294967296");
  refused("\"passage_letters\": 90", "\"passage_letters\": -1", "passage_letters");
  refused("\"bands\": 13", "\"bands\": 1300", "banding");
  refused("\"identical\": true", "\"identical\": 1", "identical");
  CHECK_NOTHROW(index::unseal(folder.path()));
}

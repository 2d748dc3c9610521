// Compressed inputs: whole, in pieces, damaged, too large.
#include <random>
#include <string>
#include <vector>

#include "archives.h"
#include "base/compression.h"
#include "catch.h"
#include "reading.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using test::gzip;
using test::read_all;
using test::read_paths;
using test::read_text;
using test::Reading;
using test::skippable;
using test::TemporaryFolder;
using test::zstd;

std::string row(int i) { return R"({"text":"row )" + std::to_string(i) + "\"}\n"; }

std::string rows(int first, int end) {
  std::string all;
  for (int i = first; i < end; ++i) all += row(i);
  return all;
}

// Decodes bytes that come in pieces of random size.
std::string decode(const std::string& packed, std::uint32_t seed,
                   std::optional<base::ArchiveDamage>* damage = nullptr) {
  std::mt19937 random(seed);
  std::size_t given = 0;
  base::DecodedStream stream(
      [&](std::span<char> into) {
        const std::size_t count =
            std::min({into.size(), packed.size() - given, std::size_t{1} + random() % 700});
        packed.copy(into.data(), count, given);
        given += count;
        return count;
      },
      200);
  std::string bytes;
  for (;;) {
    std::string piece(1 + random() % 5000, '\0');
    const std::size_t count = stream.read(piece);
    bytes += piece.substr(0, count);
    if (count < piece.size()) break;
  }
  if (damage != nullptr) *damage = stream.damage();
  return bytes;
}

TEST_CASE("a compression is told by its first bytes") {
  using base::Compression;
  CHECK(base::compression_of(gzip("")) == Compression::gzip);
  CHECK(base::compression_of(zstd("x")) == Compression::zstd);
  CHECK(base::compression_of(skippable("x")) == Compression::zstd);
  CHECK(base::compression_of("BZh91AY&SY") == Compression::bzip2);
  CHECK(base::compression_of({"\xFD"
                              "7zXZ\0\0\0\0\0",
                              10}) == Compression::xz);
  CHECK(base::compression_of("") == Compression::none);
  CHECK(base::compression_of("{\"text\":") == Compression::none);
  CHECK(base::compression_of("BZh is a word") == Compression::none);
}

TEST_CASE("bytes in pieces decode as bytes at once") {
  std::mt19937 random(3);
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>('a' + random() % 7);
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    CHECK(decode(bytes, seed) == bytes);
    CHECK(decode(gzip(bytes), seed) == bytes);
    CHECK(decode(zstd(bytes), seed) == bytes);
    CHECK(decode(gzip(bytes.substr(0, 1000)) + gzip("") + gzip(bytes.substr(1000)), seed) == bytes);
    CHECK(decode(skippable("note") + zstd(bytes.substr(0, 1000)) + skippable("") +
                     zstd(bytes.substr(1000)),
                 seed) == bytes);
  }
}

TEST_CASE("a gzip file of three members reads as one stream, padded with zeros or not") {
  const std::string packed =
      gzip(rows(0, 100) + "{\"text\":") + gzip("\"row 100\"}\n") + gzip(rows(101, 200));
  for (const std::string& padding : {std::string(), std::string(512, '\0')}) {
    const Reading reading = read_text(packed + padding, "rows.jsonl.gz");
    CHECK(reading.documents.size() == 200);
    CHECK(reading.documents[100].text == "row 100");
    CHECK_FALSE(reading.damaged);
    CHECK_FALSE(reading.inputs[0].seekable_rows);
  }
}

TEST_CASE("compression is never told by the name") {
  CHECK(read_text(gzip(rows(0, 3)), "rows.jsonl").documents.size() == 3);
  CHECK(read_text(zstd(rows(0, 3)), "rows.jsonl.gz").documents.size() == 3);
  CHECK(read_text(rows(0, 3), "rows.jsonl.zst").documents.size() == 3);
  CHECK(read_text(gzip("text\na\n"), "rows.csv").texts() == std::vector<std::string>{"a"});
  CHECK(read_text(zstd("a story"), "story.txt.zst").documents[0].id == "story.txt.zst");
}

TEST_CASE("damage costs what comes after it, and is told with file and byte") {
  const std::string good = gzip(rows(0, 1000));
  std::string bad_sum = good;
  bad_sum[bad_sum.size() - 8] ^= 1;
  std::string bad_zstd = zstd(rows(0, 1000));
  bad_zstd.back() ^= 1;
  for (const auto& [packed, what, documents] :
       std::vector<std::tuple<std::string, std::string, std::size_t>>{
           {good.substr(0, good.size() - 6), "ends inside a gzip member", 1000},
           {bad_sum, "incorrect data check", 1000},
           {good + "garbage", "no gzip member", 1000},
           {good + std::string(512, '\0') + "garbage", "no gzip member", 1000},
           {good + good.substr(0, 4), "ends inside a gzip member", 1000},
           {zstd(rows(0, 1000)).substr(0, 20), "ends inside a zstd frame", 0},
           {bad_zstd, "checksum", 1000},
           {zstd(rows(0, 1000)) + "garbage", "zstd data is damaged", 1000},
           {zstd(rows(0, 1000)) + zstd("x").substr(0, 6), "ends inside a zstd frame", 1000}}) {
    CAPTURE(what);
    const Reading reading = read_text(packed, "rows.jsonl.gz");
    CHECK(reading.damaged);
    CHECK(reading.documents.size() == documents);
    CHECK(reading.rows == documents);
    CHECK(reading.conserved());
    REQUIRE(reading.rejected.size() == 1);
    CHECK(reading.rejected[0].reason == RejectReason::archive_damaged);
    CHECK(reading.rejected[0].row.empty());
    CHECK_THAT(reading.rejected[0].detail, Catch::Contains(what));
    CHECK_THAT(reading.rejected[0].detail, Catch::Contains("rows.jsonl.gz near byte "));
  }
}

TEST_CASE("an unfinished row before the damage is left out and told") {
  std::string noise;
  std::mt19937 random(5);
  for (int i = 0; i < 20'000; ++i) noise += static_cast<char>('a' + random() % 26);
  const std::string packed = gzip(rows(0, 10) + "{\"text\":\"" + noise + "\"}\n");
  const Reading reading = read_text(packed.substr(0, packed.size() / 2), "rows.jsonl.gz");
  CHECK(reading.documents.size() == 10);
  REQUIRE(reading.rejected.size() == 1);
  CHECK_THAT(reading.rejected[0].detail, Catch::Contains("bytes of an unfinished row"));
}

TEST_CASE("the last row counts without its newline if nothing of it can be missing") {
  CHECK(read_text(gzip("{\"text\":\"a\"}") + "garbage").texts() == std::vector<std::string>{"a"});
  CHECK(read_text(gzip("text\na\n\"b\nb\"") + "garbage", "rows.csv").texts() ==
        std::vector<std::string>{"a", "b\nb"});
  CHECK(read_text(gzip("a story") + "garbage", "story.txt").texts() ==
        std::vector<std::string>{"a story"});
  const std::string cut = gzip("text\na\nb");
  CHECK(read_text(cut.substr(0, cut.size() - 4), "rows.csv").texts() ==
        std::vector<std::string>{"a"});
  const std::string story = gzip("a story");
  const Reading none = read_text(story.substr(0, story.size() - 4), "story.txt");
  CHECK(none.documents.empty());
  CHECK(none.rows == 0);
  CHECK(none.damaged);
}

TEST_CASE("after a damaged archive the next input is read") {
  const TemporaryFolder folder;
  const std::string packed = gzip(rows(0, 10));
  const Reading reading = read_paths(
      {folder.file("a.jsonl.gz", packed.substr(0, 30)), folder.file("b.jsonl", rows(0, 5))});
  CHECK(reading.damaged);
  CHECK(reading.documents.size() >= 5);
  CHECK(reading.blocks.back().input == 1);
}

TEST_CASE("cut off or changed anywhere, an archive gives a prefix of its rows") {
  std::mt19937 random(19);
  const std::string contents = rows(0, 300);
  for (const std::string& packed :
       {gzip(contents), zstd(contents), gzip(rows(0, 150)) + gzip(rows(150, 300))}) {
    for (int i = 0; i < 400; ++i) {
      std::string bad = packed;
      if (i % 2 == 0) {
        bad.resize(random() % bad.size());
      } else {
        bad[2 + random() % (bad.size() - 2)] ^= static_cast<char>(1U << (random() % 8));
      }
      std::optional<base::ArchiveDamage> damage;
      const std::string bytes = decode(bad, static_cast<std::uint32_t>(i), &damage);
      if (i % 2 == 0) REQUIRE(contents.substr(0, bytes.size()) == bytes);
      if (damage) REQUIRE(damage->offset <= bad.size());
    }
  }
}

TEST_CASE("an archive that grows past the ratio is a bomb, after a grace of 16 MiB") {
  const std::string zeros(std::size_t{64} << 20U, '\0');
  for (const std::string& packed : {gzip(zeros), zstd(zeros)}) {
    const Reading bomb = read_text(packed, "rows.jsonl.gz");
    CHECK(bomb.damaged);
    CHECK(bomb.rows == 0);
    REQUIRE(bomb.rejected.size() == 1);
    CHECK_THAT(bomb.rejected[0].detail, Catch::Contains("--max-ratio"));
  }
  const Reading small = read_text(gzip(rows(0, 2) + std::string(std::size_t{8} << 20U, ' ')));
  CHECK(small.documents.size() == 2);
  CHECK_FALSE(small.damaged);

  ReadOptions options;
  options.max_ratio = 0;
  const std::string blank(std::size_t{20} << 20U, ' ');
  const Reading free = read_text(gzip(blank + "\n" + rows(0, 1)), "rows.jsonl", options);
  CHECK_FALSE(free.damaged);
  CHECK(free.documents.size() == 1);
}

TEST_CASE("a zstd window over 128 MiB is refused") {
  const Reading wide = read_text(zstd(rows(0, 9), 28), "rows.jsonl.zst");
  CHECK(wide.damaged);
  REQUIRE(wide.rejected.size() == 1);
  CHECK_THAT(wide.rejected[0].detail, Catch::Contains("128 MiB"));
  CHECK(read_text(zstd(rows(0, 9), 20), "rows.jsonl.zst").documents.size() == 9);
}

TEST_CASE("an archive in an archive is not unpacked twice") {
  const Reading reading = read_text(gzip(gzip(rows(0, 9))), "rows.jsonl.gz.gz");
  CHECK(reading.documents.empty());
  CHECK(reading.conserved());
  CHECK_FALSE(reading.damaged);
}

TEST_CASE("thousands of empty members and frames are stepped over") {
  std::string members;
  std::string frames;
  for (int i = 0; i < 20'000; ++i) {
    members += gzip("");
    frames += skippable("");
  }
  CHECK(read_text(members + gzip(rows(0, 1))).documents.size() == 1);
  CHECK(read_text(frames + zstd(rows(0, 1))).documents.size() == 1);
  CHECK_FALSE(read_text(frames).damaged);
}

TEST_CASE("bzip2 and xz are refused with advice") {
  for (const std::string& head : {std::string("BZh91AY&SY rest"), std::string("\xFD"
                                                                              "7zXZ\0\0\4 rest",
                                                                              13)}) {
    CHECK_THROWS_WITH(read_text(head), Catch::Contains("decompress it first"));
  }
}

}  // namespace
}  // namespace wirecopy

#include "base/byte_set.h"

#include <bit>
#include <string>

#include "catch.h"
#include "oracle.h"

using namespace wirecopy;
using base::ByteSet;
using base::Members;
using oracle::below;

namespace {

void check_members(const std::string& text, const ByteSet& set, const Members& members) {
  const auto in = [&](std::size_t at) {
    return set.contains(static_cast<unsigned char>(text[at]));
  };
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::size_t next = at;
    while (next < text.size() && !in(next)) ++next;
    std::size_t next_other = at;
    while (next_other < text.size() && in(next_other)) ++next_other;
    std::size_t before = at;
    while (before > 0 && !in(before - 1)) --before;
    std::size_t other_before = at;
    while (other_before > 0 && in(other_before - 1)) --other_before;
    REQUIRE(members.next(at) == next);
    REQUIRE(members.next_other(at) == next_other);
    REQUIRE(members.before(at) == before);
    REQUIRE(members.other_before(at) == other_before);
    if (at < text.size()) REQUIRE(members.has(at) == in(at));
  }
}

}  // namespace

TEST_CASE("the members of a set are found as byte by byte", "[byte_set]") {
  oracle::Random random(1);
  Members members;  // used again
  for (int trial = 0; trial < 200; ++trial) {
    ByteSet set;
    for (std::size_t i = below(random, 6); i-- > 0;) {
      set.insert(static_cast<unsigned char>('a' + below(random, 8)));
    }
    if (trial % 3 == 0) set.insert(0xe2);
    std::string text(below(random, 300), ' ');
    for (char& byte : text) {
      byte = static_cast<char>(below(random, 9) == 0 ? 0x80 + below(random, 128)
                                                     : 'a' + below(random, 10));
    }
    members.find(text, set);
    check_members(text, set, members);
    members.find_portable(text, set);
    check_members(text, set, members);
  }
}

TEST_CASE("bits of members can be cut out anywhere", "[byte_set]") {
  oracle::Random random(2);
  for (int trial = 0; trial < 100; ++trial) {
    std::string text(1 + below(random, 200), ' ');
    for (char& byte : text) byte = below(random, 20) < 15 ? 'x' : ' ';
    Members members;
    members.find(text, base::kAsciiLetters);
    for (std::size_t begin = 0; begin <= text.size(); ++begin) {
      const std::size_t count = below(random, 64);
      std::uint64_t bits = 0;
      for (std::size_t i = 0; i < count && begin + i < text.size(); ++i) {
        if (text[begin + i] == 'x') bits |= std::uint64_t{1} << i;
      }
      REQUIRE(members.bits(begin, count) == bits);
      REQUIRE(base::count_bits(bits) == static_cast<unsigned>(std::popcount(bits)));
    }
  }
}

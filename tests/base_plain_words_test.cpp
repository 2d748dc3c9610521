#include "base/plain_words.h"

#include <string>

#include "catch.h"

using namespace wirecopy::base;

TEST_CASE("long foreign text is cut between characters") {
  std::string letters;
  for (int i = 0; i < 5; ++i) letters += "é";
  CHECK(printable(letters, 5) == letters);
  CHECK(printable(letters, 3) == "ééé…");
  CHECK(printable("caf\xe9!") == "caf\ufffd!");
  CHECK(printable("") == "");
}

TEST_CASE("numbers and sizes read well") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(123456) == "123,456");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(counted(1, "row", "rows") == "1 row");
  CHECK(counted(0, "row", "rows") == "0 rows");
  CHECK(file_size_text(1) == "1 byte");
  CHECK(file_size_text(999) == "999 bytes");
  CHECK(file_size_text(1234) == "1.2 kB");
  CHECK(file_size_text(1'230'000'000) == "1.2 GB");
}

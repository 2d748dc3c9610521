#include "wirecopy/repeats.h"

#include "catch.h"
#include "wirecopy/error.h"

using namespace wirecopy;

TEST_CASE("kinds of repeats are read by name and written in the order of the contract") {
  const RepeatKinds kinds = RepeatKinds::parse("block,trailer,caption_near");
  CHECK(kinds == RepeatKinds{RepeatKind::caption_near, RepeatKind::block, RepeatKind::trailer});
  CHECK(kinds.names() == "caption_near,block,trailer");
  CHECK_FALSE(kinds.has(RepeatKind::phrase));
  CHECK(RepeatKinds::parse("none").empty());
  CHECK(RepeatKinds().names() == "none");
}

TEST_CASE("an unknown kind of repeats is refused with the names of the known ones") {
  CHECK_THROWS_WITH(RepeatKinds::parse("block,captions"),
                    Catch::Contains("'captions'") && Catch::Contains("caption_exact"));
  CHECK_THROWS_AS(RepeatKinds::parse(""), Error);
}

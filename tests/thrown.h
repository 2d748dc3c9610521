// What an action throws.
#pragma once

#include <functional>
#include <string>

#include "catch.h"
#include "wirecopy/error.h"

namespace wirecopy::test {

// The code of the Error that is thrown; its message must have `naming` in it.
inline ErrorCode code_of(const std::function<void()>& action, const std::string& naming = "") {
  try {
    action();
  } catch (const Error& error) {
    INFO(error.what());
    INFO(naming);
    CHECK(std::string(error.what()).find(naming) != std::string::npos);
    return error.code();
  }
  FAIL("nothing was thrown; expected " << naming);
  return {};
}

}  // namespace wirecopy::test

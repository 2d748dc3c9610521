/// Phrases with slots.
#pragma once

#include <string>
#include <string_view>

#include "generate/outlets.h"
#include "generate/random.h"

namespace wirecopy::generation {

/// Fills by chance {firm} and {town} (each the same throughout), {other firm}, {other town},
/// {person}, {month} and {LOW-HIGH} (a whole number, thousands set off by commas); from `outlet`,
/// if there is one, {outlet}, {domain} and {town}.
[[nodiscard]] std::string fill(std::string_view phrase, Random& random,
                               const Outlet* outlet = nullptr);

[[nodiscard]] std::string person(Random& random);

}  // namespace wirecopy::generation

/// The outlets that print articles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generate/article.h"
#include "generate/random.h"

namespace wirecopy::generation {

struct Outlet {
  std::string name;    ///< "Harlow Bay Courier"
  std::string town;    ///< "Harlow Bay"
  std::string domain;  ///< "harlowbaycourier.example"; the source of its articles.
  std::string header;
  std::vector<std::string> trailers;  ///< It uses one or the other.
  std::vector<std::string> staff;
  Layout layout;
  std::int32_t zone_hours = 0;
};

/// Different papers, at most 500, then the agencies of these names, or three if there are none.
inline constexpr std::uint32_t kMaxOutlets = 500;
[[nodiscard]] std::vector<Outlet> make_outlets(std::uint32_t papers,
                                               std::vector<std::string> agencies,
                                               std::uint64_t seed);

/// A name of an agency as a host: "meridianpress.example".
[[nodiscard]] std::string domain_of(std::string_view name);

}  // namespace wirecopy::generation

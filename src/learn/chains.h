/// Which groups that show a block are one story sent again and again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wirecopy::learn {

using Day = std::optional<std::int32_t>;

/// A group of equal texts that shows a block.
struct Showing {
  std::uint32_t group = 0;
  std::uint8_t percent = 0;  ///< Of the text.
  bool fits = false;
  Day day;  ///< The earliest.
};

/// The blocks that link groups of an outlet.
class Links {
 public:
  /// A group shows a block.
  struct Link {
    std::uint64_t outlet = 0;
    std::uint32_t group = 0;
    std::uint8_t percent = 0;
    std::uint64_t key = 0;
  };

  /// Cost: one parallel sort. Of equal outlet, group and key there is one.
  explicit Links(std::vector<Link> links);

  /// Whether two groups share at least `percent` of the letters of the shorter text in blocks other
  /// than `key`. Equal blocks are a larger part of the shorter text, so no lengths are needed.
  [[nodiscard]] static bool related(std::span<const Link> a, std::span<const Link> b,
                                    std::uint64_t key, std::uint32_t percent) noexcept;

  [[nodiscard]] std::span<const Link> of(std::uint64_t outlet, std::uint32_t group) const noexcept;

 private:
  std::vector<Link> links_;
};

/// The earliest day of each chain of showings: those that are related, directly or through others.
/// Cost: quadratic in their number.
[[nodiscard]] std::vector<Day> chain_days(const Links& links, std::uint64_t outlet,
                                          std::uint64_t key, std::span<const Showing> showings,
                                          std::uint32_t percent);

/// The earlier of two days; one that is known is earlier than none.
[[nodiscard]] Day earlier(Day a, Day b) noexcept;

}  // namespace wirecopy::learn

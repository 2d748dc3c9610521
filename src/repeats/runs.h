/// Runs of words that stand in a text twice.
///
/// Every few words the window that begins there is put into a table; at every word the window is
/// looked up. A run is as long as a window and a step, less one, so it is never overlooked. What is
/// found is compared word by word.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "repeats/article.h"

namespace wirecopy::repeats {

/// `count` words that stand at `first` and again at `again`, not overlapping.
struct Run {
  std::uint32_t first = 0;
  std::uint32_t again = 0;
  std::uint32_t count = 0;
};

/// Reads a text from left to right. Where the next words, worth at least so many, stood before, the
/// longest run that stood before is found (of equally long ones the earliest), and reading goes on
/// behind it. Of one window only the first kMostPlaces that were put into the table are looked at,
/// so that a text that says one thing all the time costs linear time.
class RunFinder {
 public:
  static constexpr std::uint32_t kMostPlaces = 8;

  /// `least`: what the words of a run are worth.
  void begin(const Words& words, std::string_view letters, std::uint32_t least);
  /// Words that are in no run. To be called after begin; for words behind the last run also later.
  void leave_out(std::uint32_t first, std::uint32_t count);
  [[nodiscard]] bool any_left_out(std::uint32_t first, std::uint32_t count) const noexcept;
  /// The next run; nothing at the end.
  [[nodiscard]] std::optional<Run> next();
  /// Reading goes on at this word, if it is not behind it already.
  void skip_to(std::uint32_t word);

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t place = 0;  // number of the window put in, from 1; 0: free
  };
  [[nodiscard]] std::uint64_t key_at(std::uint32_t word) const noexcept;
  [[nodiscard]] Slot& slot_of(std::uint64_t key) noexcept;
  void put(std::uint32_t word, Slot& slot, std::uint64_t key);
  // Puts in the windows before a word that are not to be looked up.
  void put_up_to(std::uint32_t word);
  void extend(std::uint32_t first, std::uint32_t again, Run& best) const;
  // Improves `best` by the runs through the window at a word.
  void look_up(std::uint32_t word, Run& best);
  [[nodiscard]] bool same(std::uint32_t a, std::uint32_t b) const noexcept;

  const Words* words_ = nullptr;
  std::string_view letters_;
  std::uint32_t least_ = 0;
  std::uint32_t window_ = 0;
  std::uint32_t step_ = 0;
  std::uint32_t from_ = 0;  // behind the last run
  std::uint32_t at_ = 0;    // windows before this one were looked up
  std::uint32_t windows_ = 0;
  unsigned shift_ = 0;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> later_;  // by place: the next place with the same key
  std::vector<std::uint8_t> out_;     // by word
};

}  // namespace wirecopy::repeats

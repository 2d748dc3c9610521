/// Quotation marks → what stands between them.
#pragma once

#include <cstdint>
#include <vector>

#include "wirecopy/normalize.h"

namespace wirecopy::judging {

/// Takes the marks of one text in order. A mark is told to open or close by its kind and by what
/// stands beside it: “ ” „ " « » ‹ › 「 」 『 』 〝 〞 anywhere, ‘ ’ ‚ ' only where they cannot be
/// apostrophes. A quotation that is never closed ends with its block, and begins anew where the
/// next paragraph opens again; in single marks it is none then. Lines that > stands before, as in
/// mail, are quoted too.
class Quotations {
 public:
  /// Appends to `into` the ranges found, in no special order.
  explicit Quotations(std::vector<LetterRange>& into) : into_(into) {}

  /// Any character: true if it opened a quotation. `before` and `after` are its neighbors, 0 at the
  /// ends of the text; `letters` bytes of letters stand before it.
  bool take(char32_t mark, char32_t before, char32_t after, std::uint32_t letters);
  /// A line that is quoted as a whole begins, or any line ends.
  void begin_line(std::uint32_t letters) { line_ = {U'>', letters}; }
  void end_line(std::uint32_t letters) { close(line_, letters); }
  /// A block ended after so many bytes of letters.
  void end_block(std::uint32_t letters);

 private:
  struct Open {
    char32_t mark = 0;  // 0 = none
    std::uint32_t begin = 0;
  };
  void close(Open& open, std::uint32_t end);

  std::vector<LetterRange>& into_;
  Open double_;
  Open single_;
  Open line_;
};

}  // namespace wirecopy::judging

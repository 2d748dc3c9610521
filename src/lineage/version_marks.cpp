#include <algorithm>
#include <array>

#include "lineage/phrases.h"
#include "wirecopy/lineage.h"

namespace wirecopy {
namespace lineage {

extern const std::string_view kVersions;  // versions.tsv

namespace {

constexpr std::size_t kMostMarks = 4;

VersionKind kind_named(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {"update", "correction", "refile", "wrapup",
                                                      "lead",   "urgent",     "repeat"};
  return static_cast<VersionKind>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

PhraseIndex read_words() {
  PhraseIndex words;
  for_each_row(kVersions, [&](const std::vector<std::string_view>& cells) {
    words.add(cells.at(2), cells.at(1) == "any",
              static_cast<std::uint32_t>(kind_named(cells.at(0))));
  });
  return words;
}

class Marks {
 public:
  explicit Marks(std::string_view title) : title_(title) {}

  MarkedTitle read() {
    MarkedTitle marked;
    skip_spaces();
    while (marked.marks.size() < kMostMarks) {
      const std::size_t begin = at_;
      const std::optional<VersionMark> mark = read_mark();
      if (!mark) {
        at_ = begin;
        break;
      }
      marked.marks.push_back(*mark);
    }
    marked.headline = at_;
    return marked;
  }

 private:
  // [bracket] [number] words [number] separator
  std::optional<VersionMark> read_mark() {
    static const PhraseIndex kWords = read_words();
    const bool bracket = skip("(") || skip("[");
    VersionMark mark;
    mark.number = read_number();
    if (mark.number > 0) skip_ordinal();
    if (at_ == title_.size()) return {};
    const PhraseIndex::Match match = kWords.at(title_, at_);
    if (match.length == 0) return {};
    at_ += match.length;
    mark.kind = static_cast<VersionKind>(match.value);
    skip_spaces();
    if (mark.number == 0) mark.number = read_number();
    skip_spaces();
    const bool closed = bracket ? skip(")") || skip("]") : false;
    bool separated = closed;
    for (const std::string_view sign : {"-", "–", "—", ":", "：", "|", "/"}) {
      while (skip(sign)) separated = true;
      skip_spaces();
    }
    if (!separated || at_ == title_.size()) return {};
    const bool compound = title_[at_ - 1] == '-' && title_[at_] >= 'a' && title_[at_] <= 'z';
    if (compound) return {};  // "Lead-free"
    return mark;
  }

  bool skip(std::string_view sign) {
    if (title_.substr(at_, sign.size()) != sign) return false;
    at_ += sign.size();
    return true;
  }

  void skip_spaces() {
    while (at_ < title_.size() && title_[at_] == ' ') ++at_;
  }

  std::uint32_t read_number() {
    constexpr std::uint32_t kMost = 9999;
    std::uint32_t number = 0;
    while (at_ < title_.size() && title_[at_] >= '0' && title_[at_] <= '9' && number <= kMost) {
      number = number * 10 + static_cast<std::uint32_t>(title_[at_++] - '0');
    }
    return number;
  }

  // "1st", "2ND", "3.", "2e", "1ª"
  void skip_ordinal() {
    for (const std::string_view sign :
         {"st", "nd", "rd", "th", "ST", "ND", "RD", "TH", ".", "er", "e", "ª", "º", "-"}) {
      if (skip(sign)) break;
    }
    skip_spaces();
  }

  std::string_view title_;
  std::size_t at_ = 0;
};

}  // namespace
}  // namespace lineage

MarkedTitle version_marks(std::string_view title) { return lineage::Marks(title).read(); }

}  // namespace wirecopy

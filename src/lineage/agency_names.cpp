#include "lineage/agency_names.h"

#include <algorithm>

namespace wirecopy::lineage {

extern const std::string_view kAgencies;  // agencies.tsv
extern const std::string_view kCues;      // cues.tsv

namespace {

constexpr std::array<std::string_view, 4> kNamings = {"any", "exact", "credit", "photo"};
constexpr std::array<std::string_view, kCueCount> kCueNames = {
    "after", "before", "copyright", "by", "role", "photo", "agency", "reporting", "editing"};

template <typename Names>
std::size_t place_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

struct CueTable {
  std::array<PhraseIndex, kCueCount> kinds;
  PhraseIndex naming;

  CueTable() {
    for_each_row(kCues, [&](const std::vector<std::string_view>& cells) {
      const std::size_t kind = place_in(kCueNames, cells.at(0));
      kinds.at(kind).add(cells.at(1), true, 0);
      if (kind <= static_cast<std::size_t>(Cue::copyright)) naming.add(cells.at(1), true, 0);
    });
  }
  static const CueTable& all() {
    static const CueTable kTable;
    return kTable;
  }
};

}  // namespace

std::string initials_of(std::string_view name) {
  std::string initials;
  bool inside = false;
  for (const char byte : name) {
    const bool separates = byte == ' ' || byte == '-';
    if (!separates && !inside) initials += byte;
    inside = !separates;
  }
  return initials.size() > 1 ? initials : std::string();
}

AgencyNames::AgencyNames() {
  for_each_row(kAgencies, [&](const std::vector<std::string_view>& cells) {
    const auto naming = static_cast<Naming>(place_in(kNamings, cells.at(1)));
    const bool any_case = naming == Naming::any || naming == Naming::photo;
    index_.add(cells.at(2), any_case, static_cast<std::uint32_t>(names_.size()));
    names_.push_back({cells.at(0), naming});
  });
}

const AgencyNames& AgencyNames::all() {
  static const AgencyNames kNames;
  return kNames;
}

bool AgencyNames::in_address(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  if (begin > 0 && text[begin - 1] == '@') return true;
  if (end + 1 >= text.size() || (text[end] != '.' && text[end] != '@')) return false;
  const char next = text[end + 1];
  return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
}

const PhraseIndex& cue(Cue kind) {
  return CueTable::all().kinds.at(static_cast<std::size_t>(kind));
}

const PhraseIndex& naming_cues() { return CueTable::all().naming; }

}  // namespace wirecopy::lineage

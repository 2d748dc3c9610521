#include "clean/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "wirecopy/error.h"

namespace wirecopy::clean {
namespace {

using Action = LedgerLine::Action;

constexpr std::array<std::string_view, 4> kActions{"drop", "repeated", "repair", "cut"};

std::optional<Action> action_named(std::string_view name) {
  const auto place = std::find(kActions.begin(), kActions.end(), name);
  if (place == kActions.end()) return std::nullopt;
  return static_cast<Action>(place - kActions.begin());
}

}  // namespace

std::optional<std::string_view> next_line(base::LineReader& lines) {
  const std::optional<std::string_view> line = lines.next();
  if (line && !lines.complete()) {
    throw Error(ErrorCode::damaged,
                fmt::format("{}:{}: the line is cut short (no newline at the end of the file); "
                            "restore the file or make the run again",
                            lines.path(), lines.number()));
  }
  return line;
}

Ledger::Ledger(const std::string& path) : lines_(path) { advance(); }

Fate Ledger::take(std::uint64_t position) {
  Fate fate;
  while (next_ && next_->position == position) {
    std::optional<LedgerLine>& place = next_->missing()                  ? fate.missing
                                       : next_->action == Action::repair ? fate.repair
                                                                         : fate.cut;
    if (place) fail("a second line for the same position");
    place = std::move(next_);
    if (fate.missing && fate.cut) fail("a row that was left out cannot be cut");
    advance();
  }
  return fate;
}

void Ledger::fail(std::string_view what, std::uint64_t line) const {
  throw Error(ErrorCode::damaged,
              fmt::format("{}:{}: {}; restore the file or make the run again", lines_.path(),
                          line == 0 ? lines_.number() : line, what));
}

void Ledger::advance() {
  next_.reset();
  const std::optional<std::string_view> text = next_line(lines_);
  if (!text) return;
  LedgerLine line = parse(*text);
  if (line.position < last_position_ || line.position == 0) {
    fail(fmt::format("position {} after position {}, expected rising positions from 1",
                     line.position, last_position_));
  }
  last_position_ = line.position;
  next_ = std::move(line);
}

LedgerLine Ledger::parse(std::string_view text) {
  if (!json_.parse(text)) fail("expected a row of JSON");
  const auto name = json_.string("action");
  const auto position = json_.unsigned_integer("position");
  if (!name || !position) fail("expected action and position");
  const std::optional<Action> action = action_named(*name);
  if (!action) {
    fail(fmt::format("expected the action drop, repeated, repair or cut, not '{}'", *name));
  }
  LedgerLine line;
  line.number = lines_.number();
  line.position = *position;
  line.action = *action;
  line.action_name = *name;
  line.id = json_.string("id").value_or("");
  line.why = json_.string("why").value_or("");
  if (*action == Action::cut) {
    line.cuts = cuts();
  } else {
    line.row = original_row();
  }
  return line;
}

std::string Ledger::original_row() const {
  const auto row = json_.string("row");
  const auto encoding = json_.string("encoding");
  if (!row || !encoding) fail("expected row and encoding");
  if (*encoding == "utf-8") return std::string(*row);
  std::optional<std::string> bytes;
  if (*encoding == "base64") bytes = base::from_base64(*row);
  if (!bytes) fail("expected the row as utf-8 or in base64");
  return *std::move(bytes);
}

std::vector<LedgerCut> Ledger::cuts() const {
  std::vector<LedgerCut> cuts;
  json_.for_each_object("spans", [&](const base::JsonObject& span) {
    const auto kind = span.string("kind");
    const auto at = span.unsigned_integer("at");
    const auto removed = span.string("removed");
    if (!kind || !at || !removed || removed->empty()) {
      fail("expected kind, at and removed in each of its spans");
    }
    cuts.push_back({std::string(*kind), {*at, std::string(*removed)}});
  });
  if (cuts.empty()) fail("expected the spans of a cut");
  return cuts;
}

}  // namespace wirecopy::clean

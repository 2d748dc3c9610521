#include "app/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/lines.h"
#include "wirecopy/error.h"
#include "wirecopy/normalize.h"
#include "wirecopy/repeats.h"

namespace wirecopy::app {
namespace {

constexpr std::string_view kHeader = "source\tkind\tarticles\tfirst_seen\tlast_seen\ttext";
constexpr std::size_t kCells = 6;

// A cell must not hold what separates cells and lines.
std::string cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    const bool is_space = c == '\t' || c == '\n' || c == '\r' || c == ' ';
    if (!is_space) {
      cell += c;
    } else if (!cell.empty() && cell.back() != ' ') {
      cell += ' ';
    }
  }
  while (!cell.empty() && cell.back() == ' ') cell.pop_back();
  return cell;
}

std::array<std::string_view, kCells> cells_of(std::string_view line, std::string_view place) {
  std::array<std::string_view, kCells> cells;
  for (std::size_t i = 0; i + 1 < kCells; ++i) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) {
      throw Error(ErrorCode::input, fmt::format("{}: expected {} cells with tabs between them ({})",
                                                place, kCells, kHeader));
    }
    cells[i] = line.substr(0, tab);
    line.remove_prefix(tab + 1);
  }
  cells[kCells - 1] = line;
  return cells;
}

StockText rule_of(std::string_view line, std::string_view place) {
  const auto [source, kind, articles, first_seen, last_seen, text] = cells_of(line, place);
  if (kind != name_of(RepeatKind::boilerplate) && kind != name_of(RepeatKind::stock_caption)) {
    throw Error(
        ErrorCode::input,
        fmt::format("{}: the kind is '{}', expected boilerplate or stock_caption", place, kind));
  }
  if (normalize(text).letters().empty()) {
    throw Error(ErrorCode::input, fmt::format("{}: the text has no letters", place));
  }
  return {std::string(source), std::string(text)};
}

}  // namespace

void RulesWriter::add(const StockRow& row) {
  lines_.push_back(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", cell(row.source), name_of(row.kind),
                               row.articles, cell(row.first_seen), cell(row.last_seen),
                               cell(row.text)));
}

void RulesWriter::finish() {
  const auto key = [](std::string_view line) {
    return std::pair(line.substr(0, line.find('\t')), line.substr(line.rfind('\t')));
  };
  std::sort(lines_.begin(), lines_.end(), [&](const std::string& left, const std::string& right) {
    return key(left) < key(right);
  });
  base::OutputFile file = base::OutputFile::at(path_, replace_);
  file.write_line(kHeader);
  for (const std::string& line : lines_) file.write(line);
  file.complete();
  file.commit();
}

std::vector<StockText> read_rules(const std::string& path) {
  base::LineReader lines(path);
  std::vector<StockText> rules;
  bool first = true;
  while (const std::optional<std::string_view> line = lines.next()) {
    const std::string place = fmt::format("{}:{}", path, lines.number());
    if (line->empty() || line->front() == '#') continue;
    if (std::exchange(first, false)) {
      if (*line == kHeader) continue;
      throw Error(ErrorCode::input, fmt::format("{}: expected the header '{}'", place, kHeader));
    }
    rules.push_back(rule_of(*line, place));
  }
  return rules;
}

}  // namespace wirecopy::app

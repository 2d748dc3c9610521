#include "read/csv_records.h"

#include <algorithm>

#include "base/json_grammar.h"

namespace wirecopy::read {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

CsvRecord ended_at(std::string_view bytes, std::size_t newline) {
  const bool carriage_return = newline > 0 && bytes[newline - 1] == '\r';
  return {carriage_return ? newline - 1 : newline, newline + 1, true, false};
}

// The bytes hold no line end for the record.
CsvRecord unfinished(std::string_view bytes, bool open_quote) {
  const bool carriage_return = !open_quote && bytes.ends_with('\r');
  return {bytes.size() - (carriage_return ? 1 : 0), bytes.size(), false, open_quote};
}

struct QuotedCell {
  std::size_t end = kNone;  // just behind the closing quote
  bool open = false;        // certainly not closed; else more bytes must tell
};

// The cell whose opening quote is at `begin`.
QuotedCell measure_quoted(std::string_view bytes, std::size_t begin, char delimiter, bool last) {
  for (std::size_t at = begin + 1;;) {
    const std::size_t quote = bytes.find('"', at);
    if (quote == kNone) return {kNone, true};
    const std::string_view behind = bytes.substr(quote + 1, 2);
    const bool can_end = last || behind.size() == 2;
    if (behind.empty()) return last ? QuotedCell{quote + 1, false} : QuotedCell{};
    if (behind[0] == delimiter || behind[0] == '\n') return {quote + 1, false};
    if (behind[0] == '\r' && !can_end) return {};
    if (behind == "\r\n" || behind == "\r") return {quote + 1, false};
    at = quote + (behind[0] == '"' ? 2 : 1);
  }
}

void add_record(std::string_view bytes, std::size_t begin, const CsvRecord& record,
                std::vector<RecordPlace>& records) {
  if (!base::is_blank(bytes.substr(begin, record.length))) {
    records.push_back({begin, record.length, {}});
  }
}

}  // namespace

CsvRecord measure_record(std::string_view bytes, char delimiter, bool last) noexcept {
  std::size_t newline = bytes.find('\n');
  std::size_t at = 0;
  for (;;) {
    // Up to the line end, only a quote where a cell begins is of interest.
    const std::size_t line_end = std::min(newline, bytes.size());
    const std::size_t quote = at < line_end ? bytes.substr(0, line_end).find('"', at) : kNone;
    if (quote == kNone) {
      return newline == kNone ? unfinished(bytes, false) : ended_at(bytes, newline);
    }
    at = quote + 1;
    if (quote != 0 && bytes[quote - 1] != delimiter) continue;
    const QuotedCell cell = measure_quoted(bytes, quote, delimiter, last);
    if (cell.end == kNone) return unfinished(bytes, cell.open);
    at = cell.end;
    if (newline != kNone && newline < at) newline = bytes.find('\n', at);
  }
}

std::size_t cut_records(std::string_view bytes, char delimiter, bool last,
                        std::vector<RecordPlace>& records) {
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const CsvRecord record = measure_record(bytes.substr(begin), delimiter, last);
    if (!record.complete && !last) break;
    if (record.open_quote) {
      std::vector<RecordPlace> lines;
      cut_lines(bytes.substr(begin), true, lines);
      for (const RecordPlace& line : lines)
        records.push_back({begin + line.begin, line.length, {}});
      return bytes.size();
    }
    add_record(bytes, begin, record, records);
    begin += record.next;
  }
  return begin;
}

std::size_t cut_lines(std::string_view bytes, bool last, std::vector<RecordPlace>& records) {
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const std::size_t newline = bytes.find('\n', begin);
    if (newline == kNone && !last) break;
    const std::string_view rest = bytes.substr(begin);
    const CsvRecord line =
        newline == kNone ? unfinished(rest, false) : ended_at(rest, newline - begin);
    add_record(bytes, begin, line, records);
    begin += line.next;
  }
  return begin;
}

}  // namespace wirecopy::read

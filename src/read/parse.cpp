#include "read/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/json_grammar.h"
#include "read/csv_records.h"
#include "read/make_row.h"
#include "read/row_source.h"

namespace wirecopy {
namespace {

constexpr std::array<std::string_view, 8> kReasonNames{
    "not_json", "not_object", "not_csv", "duplicate_key",
    "no_text",  "too_long",   "no_id",   "archive_damaged"};

}  // namespace

std::string_view name_of(RejectReason reason) noexcept {
  return kReasonNames[static_cast<std::size_t>(reason)];
}

namespace read {
namespace {

using Kind = base::JsonFound::Kind;

// Calls visit(line) for each line that is not blank, until it returns false.
template <typename Visit>
void for_each_line(std::string_view bytes, Visit&& visit) {
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, end - begin);
    begin = end + 1;
    if (!base::is_blank(line) && !visit(line)) return;
  }
}

// The JSON row of a record; nothing if it is no proper record.
std::optional<std::string_view> row_of_record(const RecordPlace& record, BlockMemory& block,
                                              std::string& detail) {
  const std::string_view bytes = block.bytes.bytes().substr(record.begin, record.length);
  if (block.format == Format::txt) return row_of_text(record.name, bytes, block.arena);
  const char delimiter = delimiter_of(block.format);
  if (measure_record(bytes, delimiter, true).open_quote) {
    detail = "a quote is not closed";
    return std::nullopt;
  }
  const auto& cells = block.csv.split(bytes, delimiter);
  if (cells.size() != block.columns->size()) {
    detail =
        fmt::format("it has {} cells where the header has {}", cells.size(), block.columns->size());
    return std::nullopt;
  }
  return row_of_cells(*block.columns, cells, block.arena);
}

class RowParser {
 public:
  RowParser(std::uint32_t input, BlockMemory& block, const RowRules& rules, ParsedBlock& parsed)
      : input_(input), block_(block), plan_(*block.plan), rules_(rules), parsed_(parsed) {
    block_.found.resize(plan_.paths.size());
  }

  void parse_rows() {
    if (block_.format == Format::jsonl) {
      const char* const begin = block_.bytes.bytes().data();
      for_each_line(block_.bytes.bytes(), [&](std::string_view line) {
        parse_line(line, block_.offset + static_cast<std::uint64_t>(line.data() - begin));
        return true;
      });
    } else {
      for (const RecordPlace& record : block_.records) parse_record(record);
    }
    for (Rejected& rejected : block_.rejected) {
      if (rejected.reason != RejectReason::archive_damaged) ++parsed_.rows;
      rejected.input = input_;
      rejected.row_number = parsed_.rows;
      parsed_.rejected.push_back(std::move(rejected));
    }
  }

  // A row that was within the limit once may be longer as JSON.
  void parse_single(std::string_view row) {
    ++parsed_.rows;
    parse_row(row, 0);
  }

 private:
  void parse_line(std::string_view row, std::uint64_t offset) {
    ++parsed_.rows;
    if (row.size() > rules_.max_row_bytes) return reject_long(row, offset);
    parse_row(row, offset);
  }

  void parse_record(const RecordPlace& record) {
    ++parsed_.rows;
    const bool text = block_.format == Format::txt;
    const std::uint64_t offset = text ? 0 : block_.offset + record.begin;
    const std::string_view bytes = block_.bytes.bytes().substr(record.begin, record.length);
    if (!text && bytes.size() > rules_.max_row_bytes) return reject_long(bytes, offset);
    std::string detail;
    const std::optional<std::string_view> row = row_of_record(record, block_, detail);
    if (!row) return reject(RejectReason::not_csv, bytes, offset, std::move(detail));
    parse_row(*row, offset);
  }

  void parse_row(std::string_view original, std::uint64_t offset) {
    std::string_view row = original;
    base::RowFault fault = walk(row);
    if (fault == base::RowFault::needs_repair) {
      row = block_.arena.copy_row(base::repair_row(original));
      fault = walk(row);
    }
    switch (fault) {
      case base::RowFault::none:
        return accept(row, original, offset);
      case base::RowFault::not_object:
        return reject(RejectReason::not_object, original, offset, block_.walker.detail());
      case base::RowFault::duplicate_key:
        return reject(RejectReason::duplicate_key, original, offset, block_.walker.detail());
      case base::RowFault::not_json:
      case base::RowFault::needs_repair:
        return reject(RejectReason::not_json, original, offset, block_.walker.detail());
    }
  }

  base::RowFault walk(std::string_view row) {
    return block_.walker.walk(row, plan_.paths, block_.arena, block_.found);
  }

  void accept(std::string_view row, std::string_view original, std::uint64_t offset) {
    const base::JsonFound text = find(Field::text, {Kind::string}, true);
    if (text.kind != Kind::string) {
      return reject(RejectReason::no_text, original, offset, missing_text());
    }
    if (text.text.size() > rules_.max_text_bytes) {
      return reject(RejectReason::too_long, original, offset,
                    fmt::format("its text is longer than {} bytes", rules_.max_text_bytes));
    }
    Document& document = parsed_.documents.emplace_back();
    document.text = text.text;
    document.text_json = text.source;
    document.id = find(Field::id, {Kind::string, Kind::number}).text;
    document.title = find(Field::title, {Kind::string}).text;
    document.url = find(Field::url, {Kind::string}).text;
    document.canonical_url = find(Field::canonical_url, {Kind::string}).text;
    document.byline = find(Field::byline, {Kind::string, Kind::strings}).text;
    document.source =
        rules_.outlets->name(find(Field::source, {Kind::string}).text, document.url, block_.arena);
    document.published_text = find(Field::published, {Kind::string, Kind::number}).text;
    if (!document.published_text.empty()) {
      document.published = parse_published(document.published_text);
      document.published_unreadable = !document.published.has_value();
      if (document.published_unreadable) ++parsed_.published_unreadable;
    }
    document.row_in_block = parsed_.rows - 1;
    document.offset = offset;
    document.row = row;
    document.original = original;
  }

  // The first place of a field with a value of one of these kinds that is not empty, unless
  // `maybe_empty`.
  [[nodiscard]] base::JsonFound find(Field field, std::initializer_list<Kind> kinds,
                                     bool maybe_empty = false) const {
    for (const std::size_t place : plan_.places[static_cast<std::size_t>(field)]) {
      const base::JsonFound& found = block_.found[place];
      const bool usable = std::find(kinds.begin(), kinds.end(), found.kind) != kinds.end();
      if (usable && (maybe_empty || !found.text.empty())) return found;
    }
    return {};
  }

  [[nodiscard]] std::string missing_text() const {
    return fmt::format(
        "there is no string at {}; if the text has another name, use --field text=NAME",
        fmt::join(plan_.fields.paths[static_cast<std::size_t>(Field::text)], " or "));
  }

  void reject_long(std::string_view row, std::uint64_t offset) {
    reject(RejectReason::too_long, row.substr(0, kShownBytes), offset,
           fmt::format("the row is longer than {} bytes", rules_.max_row_bytes));
  }

  void reject(RejectReason reason, std::string_view row, std::uint64_t offset, std::string detail) {
    parsed_.rejected.push_back(
        {input_, parsed_.rows, offset, reason, std::string(row), std::move(detail)});
  }

  std::uint32_t input_;
  BlockMemory& block_;
  const FieldPlan& plan_;
  const RowRules& rules_;
  ParsedBlock& parsed_;
};

}  // namespace

ParsedBlock parse_block(std::uint32_t input, std::shared_ptr<BlockMemory> block,
                        const RowRules& rules) {
  ParsedBlock parsed;
  parsed.input = input;
  RowParser(input, *block, rules, parsed).parse_rows();
  parsed.memory = std::move(block);
  return parsed;
}

ParsedBlock parse_single(std::uint32_t input, std::string_view row,
                         std::shared_ptr<BlockMemory> block, const RowRules& rules) {
  ParsedBlock parsed;
  parsed.input = input;
  block->bytes.append(row);
  block->bytes.seal();
  RowParser(input, *block, rules, parsed).parse_single(block->bytes.bytes());
  parsed.memory = std::move(block);
  return parsed;
}

std::vector<std::string_view> first_rows(BlockMemory& block, std::size_t count) {
  std::vector<std::string_view> rows;
  if (block.format == Format::jsonl) {
    for_each_line(block.bytes.bytes(), [&](std::string_view line) {
      rows.push_back(line);
      return rows.size() < count;
    });
  } else {
    std::string detail;
    for (const RecordPlace& record : block.records) {
      if (rows.size() == count) break;
      if (const auto row = row_of_record(record, block, detail)) rows.push_back(*row);
    }
  }
  return rows;
}

}  // namespace read
}  // namespace wirecopy

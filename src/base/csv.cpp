#include "base/csv.h"

#include <csv.h>

#include <new>

namespace wirecopy::base {
namespace {

// libcsv grows a cell by so many bytes at a time; its default of 128 makes long cells slow.
constexpr std::size_t kGrowth = std::size_t{64} << 10U;

int never(unsigned char /*byte*/) { return 0; }

}  // namespace

struct CsvSplitter::State {
  State() {
    if (csv_init(&parser, 0) != 0) throw std::bad_alloc();
    csv_set_blk_size(&parser, kGrowth);
    csv_set_space_func(&parser, never);
    csv_set_term_func(&parser, never);
  }
  ~State() { csv_free(&parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static void on_cell(void* bytes, std::size_t size, void* self) {
    State& state = *static_cast<State*>(self);
    state.text.append(static_cast<const char*>(bytes), size);
    state.ends.push_back(state.text.size());
  }
  static void on_record(int /*terminator*/, void* /*self*/) {}

  csv_parser parser{};
  std::string text;               // of all cells
  std::vector<std::size_t> ends;  // of each cell in `text`
  std::vector<std::string_view> cells;
};

CsvSplitter::CsvSplitter() : state_(std::make_unique<State>()) {}
CsvSplitter::~CsvSplitter() = default;

const std::vector<std::string_view>& CsvSplitter::split(std::string_view record, char delimiter) {
  State& state = *state_;
  state.text.clear();
  state.text.reserve(record.size());
  state.ends.clear();
  csv_set_delim(&state.parser, static_cast<unsigned char>(delimiter));
  if (csv_parse(&state.parser, record.data(), record.size(), State::on_cell, State::on_record,
                &state) != record.size() ||
      csv_fini(&state.parser, State::on_cell, State::on_record, &state) != 0) {
    throw std::bad_alloc();
  }
  state.cells.clear();
  std::size_t begin = 0;
  for (const std::size_t end : state.ends) {
    state.cells.emplace_back(state.text.data() + begin, end - begin);
    begin = end;
  }
  return state.cells;
}

std::string csv_cell(std::string_view text) {
  std::string cell(2 * text.size() + 2, '"');  // if every character is a quote
  cell.resize(csv_write(cell.data(), cell.size(), text.data(), text.size()));
  return cell;
}

}  // namespace wirecopy::base

#include <fmt/format.h>

#include <atomic>
#include <utility>

#include "read/parse.h"
#include "read/row_source.h"
#include "wirecopy/error.h"
#include "wirecopy/read.h"

namespace wirecopy {
namespace {

using read::FieldPlan;

// A preset is recognised from so many rows.
constexpr std::size_t kSampledRows = 10;
// Rows are addressed by 32-bit lengths, and simdjson takes up to 4 GiB.
constexpr std::uint64_t kMostRowBytes = std::uint64_t{1} << 30U;

ReadOptions checked(ReadOptions options) {
  for (const auto& [name, bytes] :
       {std::pair("row", options.max_row_bytes), std::pair("text", options.max_text_bytes)}) {
    if (bytes == 0 || bytes > kMostRowBytes) {
      throw Error(ErrorCode::usage, fmt::format("the longest {} must be from 1 to {} bytes, not {}",
                                                name, kMostRowBytes, bytes));
    }
  }
  return options;
}

}  // namespace

struct Reader::State {
  explicit State(ReadOptions given) : options(checked(std::move(given))), outlets(options.aliases) {
    const std::string preset = options.preset.empty() ? "wirecopy" : options.preset;
    plan = std::make_shared<FieldPlan>(read::with_overrides(field_preset(preset), options.fields));
    read::ExpandedInputs expanded = read::expand_inputs(options);
    inputs = std::move(expanded.inputs);
    messages = std::move(expanded.messages);
    bool sized = true;
    for (const read::Input& input : inputs) {
      infos.push_back(input.info);
      bytes_total += input.bytes;
      sized = sized && input.sized;
    }
    if (!sized) bytes_total = 0;
    plans.assign(inputs.size(), plan);
  }

  void tell(std::string message) {
    if (listener) {
      listener(message);
    } else {
      messages.push_back(std::move(message));
    }
  }

  void settle_fields(BlockMemory& block);
  [[nodiscard]] std::shared_ptr<const FieldPlan> recognize(BlockMemory& block);
  void close_input();

  [[nodiscard]] read::CutLimits limits() const {
    return {options.max_text_bytes, options.max_row_bytes, options.max_ratio, options.stop};
  }
  [[nodiscard]] read::RowRules rules() const {
    return {options.max_text_bytes, options.max_row_bytes, &outlets};
  }

  ReadOptions options;
  read::Outlets outlets;
  std::vector<read::Input> inputs;
  std::vector<InputInfo> infos;
  std::uint64_t bytes_total = 0;
  std::vector<std::string> messages;  // that nobody has heard yet
  std::function<void(const std::string&)> listener;
  std::shared_ptr<read::BlockPool> pool = std::make_shared<read::BlockPool>();

  std::vector<std::shared_ptr<const FieldPlan>> plans;  // by input
  std::shared_ptr<const FieldPlan> plan;                // the last one made
  std::string told;                                     // about the fields, last

  std::size_t current = 0;
  std::unique_ptr<read::RowSource> source;  // of the current input, if it is open
  bool settled = false;                     // the fields of the current input are known
  std::uint64_t bytes_before = 0;           // of the inputs before
  std::atomic<std::uint64_t> bytes_read = 0;
  std::atomic<bool> damaged = false;
};

// Decides where the fields of the current input are, by its first rows.
void Reader::State::settle_fields(BlockMemory& block) {
  if (!settled && options.preset.empty()) {
    if (auto found = recognize(block)) {
      plans[current] = std::move(found);
      settled = true;
    }
  }
  block.plan = plans[current];
}

std::shared_ptr<const FieldPlan> Reader::State::recognize(BlockMemory& block) {
  read::PresetFinder finder;
  bool any = false;
  for (const std::string_view row : read::first_rows(block, kSampledRows)) {
    any = finder.look_at(row, block.walker, block.arena) || any;
  }
  block.arena.clear();
  if (!any) return nullptr;
  FieldPaths fields = read::with_overrides(field_preset(finder.preset()), options.fields);
  std::string seen = fmt::format("fields as in {} ({})", fields.preset, finder.describe(fields));
  if (seen != std::exchange(told, seen)) tell(fmt::format("{}: {}", infos[current].path, seen));
  // Thousands of inputs usually share one plan.
  if (plan->fields.preset != fields.preset || plan->fields.paths != fields.paths) {
    plan = std::make_shared<FieldPlan>(std::move(fields));
  }
  return plan;
}

void Reader::State::close_input() {
  bytes_before += source->consumed();
  source.reset();
  settled = false;
  ++current;
}

Reader::Reader(ReadOptions options) {
  if (options.inputs.empty()) {
    throw Error(ErrorCode::usage,
                "name at least one file or folder to read, or - for standard input");
  }
  state_ = std::make_unique<State>(std::move(options));
}
Reader::Reader(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Reader Reader::of_nothing() { return Reader(std::make_unique<State>(ReadOptions())); }
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

void Reader::on_message(std::function<void(const std::string&)> listener) {
  state_->listener = std::move(listener);
  if (!state_->listener) return;
  for (const std::string& message : std::exchange(state_->messages, {})) state_->listener(message);
}

std::optional<RowBlock> Reader::next() {
  State& state = *state_;
  for (; state.current < state.inputs.size(); state.close_input()) {
    if (state.options.stop != nullptr && *state.options.stop) {
      throw Error(ErrorCode::interrupted, "interrupted while reading");
    }
    if (!state.source) {
      state.source = read::open_input(state.inputs[state.current], state.limits());
    }
    std::shared_ptr<BlockMemory> block = state.pool->take();
    const bool filled = state.source->fill(*block);
    state.bytes_read = state.bytes_before + state.source->consumed();
    if (!filled) continue;
    for (const Rejected& rejected : block->rejected) {
      if (rejected.reason == RejectReason::archive_damaged) state.damaged = true;
    }
    state.settle_fields(*block);
    return RowBlock{static_cast<std::uint32_t>(state.current), std::move(block)};
  }
  return std::nullopt;
}

ParsedBlock Reader::parse(RowBlock block) const {
  return read::parse_block(block.input, std::move(block.memory), state_->rules());
}

ParsedBlock Reader::parse_row(std::uint32_t input, std::string_view row) const {
  std::shared_ptr<BlockMemory> block = state_->pool->take();
  block->plan = state_->plans[input];
  return read::parse_single(input, row, std::move(block), state_->rules());
}

const std::vector<InputInfo>& Reader::inputs() const noexcept { return state_->infos; }

const FieldPaths& Reader::fields(std::uint32_t input) const noexcept {
  return state_->plans[input]->fields;
}

bool Reader::archive_damaged() const noexcept { return state_->damaged; }

std::uint64_t Reader::bytes_read() const noexcept { return state_->bytes_read; }

std::uint64_t Reader::bytes_total() const noexcept { return state_->bytes_total; }

}  // namespace wirecopy

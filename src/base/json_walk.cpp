#include "base/json_walk.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include "base/json_grammar.h"
#include "base/json_keys.h"

namespace wirecopy::base {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(kRowPadding >= simdjson::SIMDJSON_PADDING);

// A parser takes about 6 bytes a byte of its longest row; after a longer one it starts anew.
constexpr std::size_t kOrdinaryRow = std::size_t{1} << 20U;
constexpr std::size_t kShownKey = 100;

// Whether nothing follows the value just walked.
bool at_end(ondemand::document& document) noexcept {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

// What stands between the quotes of a string; `token` may have white space behind it.
std::string_view contents_of(std::string_view token) noexcept {
  const std::size_t end = token.rfind('"');
  return token.substr(1, end - 1);
}

const char* explain(simdjson::error_code error) noexcept {
  switch (error) {
    case simdjson::UNCLOSED_STRING:
      return "a string is not closed";
    case simdjson::UNESCAPED_CHARS:
      return "a string holds a control character that is not escaped";
    default:
      return "a comma, colon, key, value or bracket is missing or out of place";
  }
}

}  // namespace

struct RowWalker::State {
  using Node = JsonPaths::Node;

  ondemand::parser parser;
  std::size_t capacity = 0;
  KeyList keys;  // of the top level
  std::string detail;

  // Of the row being walked.
  std::string_view row;
  TextArena* arena = nullptr;
  std::span<JsonFound> found;
  bool lone_surrogate = false;

  // All of these return false, with the detail set, if the row is not JSON.
  bool fail(const char* what, const char* at) {
    const bool inside = at != nullptr && at >= row.data() && at <= row.data() + row.size();
    detail = inside ? fmt::format("{} near byte {} of the row", what, at - row.data()) : what;
    return false;
  }
  bool start(ondemand::document& document, RowFault& fault);
  bool walk_members(ondemand::object& object, const Node* node, std::size_t level);
  bool walk_elements(ondemand::array& array, const Node* node, std::size_t level,
                     std::size_t* count);
  bool walk_value(ondemand::value& value, const Node* node, std::size_t level);
  bool read_key(const char* begin, std::string_view& key);
  bool read_string(std::string_view raw, bool wanted, std::string_view& text);
  bool check_scalar(std::string_view token, const Node* node);
  RowFault walk_other();

  void put(const Node* node, JsonFound::Kind kind, std::string_view text = {},
           std::string_view source = {}) {
    if (node == nullptr || node->result == Node::kNoResult) return;
    JsonFound& place = found[node->result];
    if (place.kind <= JsonFound::Kind::other) place = {kind, text, source};
  }
};

// Indexes the row.
bool RowWalker::State::start(ondemand::document& document, RowFault& fault) {
  if (capacity > kOrdinaryRow && row.size() <= kOrdinaryRow) {
    parser = ondemand::parser();
    capacity = 0;
  }
  if (row.size() > capacity) {
    capacity = std::max(row.size(), std::min(2 * capacity, kOrdinaryRow));
    if (parser.allocate(capacity) != simdjson::SUCCESS) throw std::bad_alloc();
  }
  const simdjson::error_code error =
      parser.iterate(row.data(), row.size(), row.size() + kRowPadding).get(document);
  fault = error == simdjson::UTF8_ERROR ? RowFault::needs_repair : RowFault::not_json;
  return error == simdjson::SUCCESS || fail(explain(error), nullptr);
}

bool RowWalker::State::read_string(std::string_view raw, bool wanted, std::string_view& text) {
  text = raw;
  const std::size_t escape = raw.find('\\');
  if (escape == std::string_view::npos) return true;
  if (wanted) {
    char* const target = arena->room(raw.size());
    auto* end = reinterpret_cast<std::uint8_t*>(target);
    if (parser
            .unescape(ondemand::raw_json_string(reinterpret_cast<const std::uint8_t*>(raw.data())),
                      end)
            .error() == simdjson::SUCCESS) {
      text = arena->keep(static_cast<std::size_t>(reinterpret_cast<char*>(end) - target));
      return true;
    }
  }
  const EscapeCheck check = check_escapes(raw, escape);
  if (check.invalid != nullptr || (wanted && !check.lone_surrogate)) {
    return fail("an escape is not valid", check.invalid);
  }
  lone_surrogate = lone_surrogate || check.lone_surrogate;
  return true;
}

bool RowWalker::State::read_key(const char* begin, std::string_view& key) {
  const char* end = begin;
  bool escaped = false;
  for (; *end != '"'; ++end) {
    if (*end == '\\') {
      escaped = true;
      ++end;
    }
  }
  key = {begin, static_cast<std::size_t>(end - begin)};
  return !escaped || read_string(key, true, key);
}

bool RowWalker::State::walk_members(ondemand::object& object, const Node* node, std::size_t level) {
  for (auto member : object) {
    ondemand::field field;
    if (const auto error = std::move(member).get(field); error != simdjson::SUCCESS) {
      return fail(explain(error), nullptr);
    }
    std::string_view key;
    if (!read_key(field.key().raw(), key)) return false;
    const std::uint64_t signature = key_signature(key);
    if (level == 1) keys.add(key, signature);
    const Node* child = node != nullptr ? node->child(key, signature) : nullptr;
    if (!walk_value(field.value(), child, level)) return false;
  }
  return true;
}

bool RowWalker::State::walk_elements(ondemand::array& array, const Node* node, std::size_t level,
                                     std::size_t* count) {
  const bool wanted = node != nullptr && node->result != Node::kNoResult;
  bool only_strings = wanted;
  std::string joined;
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = element.get(value); error != simdjson::SUCCESS) {
      return fail(explain(error), nullptr);
    }
    if (count != nullptr) ++*count;
    const std::string_view token = value.raw_json_token();
    only_strings = only_strings && token.starts_with('"');
    if (!walk_value(value, nullptr, level)) return false;
    if (!only_strings) continue;
    std::string_view text;
    if (!read_string(contents_of(token), true, text)) return false;
    if (!joined.empty()) joined += ", ";
    joined += text;
  }
  if (only_strings && !joined.empty()) {
    put(node, JsonFound::Kind::strings, arena->copy(joined));
  } else {
    put(node, JsonFound::Kind::other);
  }
  return true;
}

bool RowWalker::State::walk_value(ondemand::value& value, const Node* node, std::size_t level) {
  const std::string_view token = value.raw_json_token();
  if (token.empty()) return fail("it ends where a value should stand", nullptr);
  switch (token.front()) {
    case '{': {
      ondemand::object object;
      if (level == kMaxJsonDepth) return fail("it is nested too deeply", token.data());
      put(node, JsonFound::Kind::other);
      if (const auto error = value.get_object().get(object); error != simdjson::SUCCESS) {
        return fail(explain(error), token.data());
      }
      return walk_members(object, node, level + 1);
    }
    case '[': {
      ondemand::array array;
      if (level == kMaxJsonDepth) return fail("it is nested too deeply", token.data());
      if (const auto error = value.get_array().get(array); error != simdjson::SUCCESS) {
        return fail(explain(error), token.data());
      }
      return walk_elements(array, node, level + 1, nullptr);
    }
    case '"': {
      // Taken before it is looked at: a value that was not taken is stepped over without checks.
      ondemand::raw_json_string taken;
      if (const auto error = value.get_raw_json_string().get(taken); error != simdjson::SUCCESS) {
        return fail(explain(error), token.data());
      }
      std::string_view text;
      const std::string_view source = contents_of(token);
      const bool wanted = node != nullptr && node->result != Node::kNoResult;
      if (!read_string(source, wanted, text)) return false;
      put(node, JsonFound::Kind::string, text, source);
      return true;
    }
    default:
      return check_scalar(token, node);
  }
}

bool RowWalker::State::check_scalar(std::string_view token, const Node* node) {
  while (!token.empty() && is_json_space(token.back())) token.remove_suffix(1);
  if (is_json_number(token)) {
    put(node, JsonFound::Kind::number, token);
    return true;
  }
  put(node, JsonFound::Kind::other);
  return is_json_word(token) || fail("what stands there is no value", token.data());
}

// A row that is no object is JSON exactly if it is the only element of the array [row].
RowFault RowWalker::State::walk_other() {
  char* const wrapped = arena->room(row.size() + 2);
  wrapped[0] = '[';
  std::copy(row.begin(), row.end(), wrapped + 1);
  wrapped[row.size() + 1] = ']';
  row = arena->keep_row(row.size() + 2);
  ondemand::document document;
  RowFault fault = RowFault::none;
  if (!start(document, fault)) return fault;
  ondemand::array array;
  std::size_t count = 0;
  if (const auto error = document.get_array().get(array); error != simdjson::SUCCESS) {
    fail(explain(error), nullptr);
    return RowFault::not_json;
  }
  if (!walk_elements(array, nullptr, 0, &count)) return RowFault::not_json;
  if (!at_end(document) || count != 1) {
    fail("it is more than one value", nullptr);
    return RowFault::not_json;
  }
  detail = "it is a JSON value, but no object";
  return RowFault::not_object;
}

RowWalker::RowWalker() : state_(std::make_unique<State>()) {}
RowWalker::~RowWalker() = default;
RowWalker::RowWalker(RowWalker&&) noexcept = default;
RowWalker& RowWalker::operator=(RowWalker&&) noexcept = default;

const std::string& RowWalker::detail() const noexcept { return state_->detail; }

RowFault RowWalker::walk(std::string_view row, const JsonPaths& paths, TextArena& arena,
                         std::span<JsonFound> found) {
  State& state = *state_;
  state.row = row;
  state.arena = &arena;
  state.found = found;
  state.lone_surrogate = false;
  state.keys.clear();
  std::fill(found.begin(), found.end(), JsonFound());

  const auto first = std::find_if_not(row.begin(), row.end(), is_json_space);
  if (first == row.end() || *first != '{') return state.walk_other();
  ondemand::document document;
  RowFault fault = RowFault::none;
  if (!state.start(document, fault)) return fault;
  ondemand::object object;
  if (const auto error = document.get_object().get(object); error != simdjson::SUCCESS) {
    state.fail(explain(error), nullptr);
    return RowFault::not_json;
  }
  if (!state.walk_members(object, &paths.root(), 1)) return RowFault::not_json;
  if (!at_end(document)) {
    state.fail("something follows the object", nullptr);
    return RowFault::not_json;
  }
  if (state.lone_surrogate) return RowFault::needs_repair;
  const std::optional<std::string_view> twin = state.keys.find_twin();
  if (!twin) return RowFault::none;
  state.detail = fmt::format("the key \"{}\" is there twice", twin->substr(0, kShownKey));
  return RowFault::duplicate_key;
}

}  // namespace wirecopy::base

#include "base/json.h"

#include <fmt/format.h>
// RAPIDJSON_SSE2 stays off: it doubles the speed on long rows, but in RapidJSON 1.1.0 it leaves the
// control characters 0x1A to 0x1F, ESC among them, unescaped.
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <variant>

#include "base/utf8.h"

namespace wirecopy::base {
namespace {

using LineWriter = rapidjson::Writer<rapidjson::StringBuffer>;
using IndentedWriter = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

// Rounds once, then prints whole numbers: no shortest-form printing that could differ between
// libraries.
std::string share_text(double value) {
  constexpr std::int64_t kScale = 1'000'000;
  const std::int64_t scaled = std::llround(value * static_cast<double>(kScale));
  const std::int64_t magnitude = scaled < 0 ? -scaled : scaled;
  std::string text =
      fmt::format("{}{}.{:06}", scaled < 0 ? "-" : "", magnitude / kScale, magnitude % kScale);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

struct JsonWriter::State {
  explicit State(Layout layout) {
    if (layout == Layout::indented) {
      writer.emplace<IndentedWriter>(buffer).SetIndent(' ', 2);
    } else {
      writer.emplace<LineWriter>(buffer);
    }
  }

  template <typename Action>
  void write(Action&& action) {
    std::visit(
        [&](auto& target) {
          if constexpr (!std::is_same_v<decltype(target), std::monostate&>) action(target);
        },
        writer);
  }

  rapidjson::StringBuffer buffer;
  std::variant<std::monostate, LineWriter, IndentedWriter> writer;
};

JsonWriter::JsonWriter(Layout layout) : state_(std::make_unique<State>(layout)) {}
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::begin_object() {
  state_->write([](auto& writer) { writer.StartObject(); });
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  state_->write([](auto& writer) { writer.EndObject(); });
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  state_->write([](auto& writer) { writer.StartArray(); });
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  state_->write([](auto& writer) { writer.EndArray(); });
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  state_->write([&](auto& writer) { writer.Key(name.data(), size_of(name)); });
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view utf8) {
  if (!valid_utf8(utf8)) return string(repair_utf8(utf8));
  // RapidJSON asks for a pointer even to nothing.
  const char* bytes = utf8.empty() ? "" : utf8.data();
  state_->write([&](auto& writer) { writer.String(bytes, size_of(utf8)); });
  return *this;
}

JsonWriter& JsonWriter::string_or_null(std::string_view utf8) {
  return utf8.empty() ? null() : string(utf8);
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  state_->write([&](auto& writer) { writer.Int64(value); });
  return *this;
}

JsonWriter& JsonWriter::integer(std::uint64_t value) {
  state_->write([&](auto& writer) { writer.Uint64(value); });
  return *this;
}

JsonWriter& JsonWriter::share(double value) { return raw(share_text(value)); }

JsonWriter& JsonWriter::boolean(bool value) {
  state_->write([&](auto& writer) { writer.Bool(value); });
  return *this;
}

JsonWriter& JsonWriter::null() {
  state_->write([](auto& writer) { writer.Null(); });
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  // The type only tells RapidJSON whether the value may be a key; it never is.
  state_->write(
      [&](auto& writer) { writer.RawValue(json.data(), json.size(), rapidjson::kNullType); });
  return *this;
}

std::string_view JsonWriter::text() const noexcept {
  return {state_->buffer.GetString(), state_->buffer.GetSize()};
}

void JsonWriter::clear() {
  state_->buffer.Clear();
  state_->write([this](auto& writer) { writer.Reset(state_->buffer); });
}

struct JsonObject::Access {
  using Object = simdjson::dom::object;

  static JsonObject wrap(Object object) {
    JsonObject wrapped;
    wrapped.element_ = std::bit_cast<std::array<std::uint64_t, 2>>(object);
    return wrapped;
  }

  static Object unwrap(const JsonObject& wrapped) {
    return std::bit_cast<Object>(wrapped.element_);
  }

  template <typename Value>
  static std::optional<Value> get(const JsonObject& object, std::string_view key) {
    Value value{};
    if (unwrap(object).at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
  }

  static bool is_null(const JsonObject& object, std::string_view key) {
    simdjson::dom::element element;
    return unwrap(object).at_key(key).get(element) == simdjson::SUCCESS && element.is_null();
  }

  // The values of one type in an array, others left out.
  template <typename Value>
  static std::vector<Value> values(const JsonObject& object, std::string_view key) {
    std::vector<Value> values;
    const auto array = get<simdjson::dom::array>(object, key);
    if (!array) return values;
    for (const simdjson::dom::element element : *array) {
      Value value{};
      if (element.get(value) == simdjson::SUCCESS) values.push_back(value);
    }
    return values;
  }
};

std::optional<std::string_view> JsonObject::string(std::string_view key) const {
  return Access::get<std::string_view>(*this, key);
}

std::optional<std::uint64_t> JsonObject::unsigned_integer(std::string_view key) const {
  return Access::get<std::uint64_t>(*this, key);
}

std::optional<std::int64_t> JsonObject::integer(std::string_view key) const {
  return Access::get<std::int64_t>(*this, key);
}

std::optional<double> JsonObject::number(std::string_view key) const {
  return Access::get<double>(*this, key);
}

std::optional<bool> JsonObject::boolean(std::string_view key) const {
  return Access::get<bool>(*this, key);
}

bool JsonObject::is_null(std::string_view key) const { return Access::is_null(*this, key); }

std::optional<JsonObject> JsonObject::object(std::string_view key) const {
  const auto found = Access::get<Access::Object>(*this, key);
  if (!found) return std::nullopt;
  return Access::wrap(*found);
}

std::vector<std::string_view> JsonObject::strings(std::string_view key) const {
  return Access::values<std::string_view>(*this, key);
}

std::vector<std::uint64_t> JsonObject::unsigned_integers(std::string_view key) const {
  return Access::values<std::uint64_t>(*this, key);
}

void JsonObject::for_each_object(std::string_view key,
                                 const std::function<void(const JsonObject&)>& visit) const {
  const auto array = Access::get<simdjson::dom::array>(*this, key);
  if (!array) return;
  for (const simdjson::dom::element element : *array) {
    Access::Object object;
    if (element.get(object) == simdjson::SUCCESS) visit(Access::wrap(object));
  }
}

std::vector<std::string_view> JsonObject::keys() const {
  std::vector<std::string_view> names;
  for (const auto field : Access::unwrap(*this)) names.push_back(field.key);
  return names;
}

struct JsonRowReader::State {
  simdjson::dom::parser parser;
  std::string padded;  // the line with the free space behind it that simdjson may read
};

JsonRowReader::JsonRowReader() : state_(std::make_unique<State>()) {}
JsonRowReader::~JsonRowReader() = default;

bool JsonRowReader::parse(std::string_view line) {
  std::string& padded = state_->padded;
  padded.assign(line);
  padded.append(simdjson::SIMDJSON_PADDING, ' ');
  Access::Object object;
  constexpr bool kCopyAgain = false;
  const auto error = state_->parser.parse(padded.data(), line.size(), kCopyAgain).get(object);
  if (error != simdjson::SUCCESS) return false;
  static_cast<JsonObject&>(*this) = Access::wrap(object);
  return true;
}

}  // namespace wirecopy::base

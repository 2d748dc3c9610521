#include "base/json.h"

#include <simdjson.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/json_text.h"
#include "base/utf8.h"

namespace wirecopy::base {
namespace {

// Rounds once, then prints whole numbers: no shortest-form printing that could differ between
// libraries.
class ShareText {
 public:
  explicit ShareText(double value) {
    constexpr std::int64_t kScale = 1'000'000;
    const std::int64_t scaled = std::llround(value * static_cast<double>(kScale));
    const std::int64_t magnitude = scaled < 0 ? -scaled : scaled;
    if (scaled < 0) text_[size_++] = '-';
    char* const begin = text_.data() + size_;
    char* const point = std::to_chars(begin, text_.data() + text_.size(), magnitude / kScale).ptr;
    // A one before the digits keeps their leading zeros, and becomes the point.
    const std::int64_t digits = kScale + magnitude % kScale;
    char* end = std::to_chars(point, text_.data() + text_.size(), digits).ptr;
    *point = '.';
    while (end[-1] == '0') --end;
    if (end - 1 == point) --end;
    size_ = static_cast<std::size_t>(end - text_.data());
  }
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

 private:
  std::array<char, 32> text_;
  std::size_t size_ = 0;
};

}  // namespace

struct JsonWriter::State {
  template <typename Integer>
  void integer(Integer value) {
    std::array<char, 24> digits;
    char* const begin = digits.data();
    const char* const end = std::to_chars(begin, begin + digits.size(), value).ptr;
    json.value({begin, static_cast<std::size_t>(end - begin)});
  }

  JsonText json;
};

JsonWriter::JsonWriter(Layout layout)
    : state_(std::make_unique<State>(State{JsonText(layout == Layout::indented)})) {}
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::begin_object() {
  state_->json.open('{');
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  state_->json.close('}');
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  state_->json.open('[');
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  state_->json.close(']');
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  state_->json.key(name);
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view utf8) {
  valid_utf8(utf8) ? state_->json.string(utf8) : state_->json.string(repair_utf8(utf8));
  return *this;
}

JsonWriter& JsonWriter::string_or_null(std::string_view utf8) {
  return utf8.empty() ? null() : string(utf8);
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  state_->integer(value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::uint64_t value) {
  state_->integer(value);
  return *this;
}

JsonWriter& JsonWriter::share(double value) { return raw(ShareText(value).text()); }

JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  state_->json.value(json);
  return *this;
}

std::string_view JsonWriter::text() const noexcept { return state_->json.text(); }

void JsonWriter::clear() { state_->json.clear(); }

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

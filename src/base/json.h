/// JSON out, and small JSON rows in (over simdjson).
///
/// The read stage walks article rows with json_walk.h; this header is for rows that wirecopy itself
/// wrote or that are small: ledgers, truth files, pairs.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::base {

/// Writes one JSON value, keys in the order given. Numbers are written so that equal values are
/// equal bytes on every machine.
class JsonWriter {
 public:
  enum class Layout : std::uint8_t {
    line,      ///< No white space at all.
    indented,  ///< For people: two spaces a level.
  };
  explicit JsonWriter(Layout layout = Layout::line);
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  /// Any bytes, NUL included. Paths and ids may hold bytes that are no UTF-8: these are written
  /// repaired (repair_utf8), so that the output is JSON whatever the input was called.
  JsonWriter& string(std::string_view utf8);
  /// null for an empty string.
  JsonWriter& string_or_null(std::string_view utf8);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& integer(std::uint64_t value);
  JsonWriter& integer(std::uint32_t value) { return integer(std::uint64_t{value}); }
  /// A share or ratio of magnitude below 10^12, rounded to 6 decimals (half away from zero),
  /// without trailing zeros ("0.669355", "1", "0.5").
  JsonWriter& share(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  /// The text written so far; valid until the next call.
  [[nodiscard]] std::string_view text() const noexcept;
  /// Ready for the next value; the memory is used again.
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// An object inside a row of a JsonRowReader; valid until its next parse. Of equal keys the first
/// counts. Every look-up walks the object once.
class JsonObject {
 public:
  /// Nothing if the key is missing or its value is of another type (null included).
  [[nodiscard]] std::optional<std::string_view> string(std::string_view key) const;
  [[nodiscard]] std::optional<std::uint64_t> unsigned_integer(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  [[nodiscard]] std::optional<bool> boolean(std::string_view key) const;
  [[nodiscard]] bool is_null(std::string_view key) const;  ///< It is there, and null.
  [[nodiscard]] std::optional<JsonObject> object(std::string_view key) const;
  /// The strings in the array under `key`, other values left out; empty if there is no such array.
  [[nodiscard]] std::vector<std::string_view> strings(std::string_view key) const;
  /// The whole numbers in the array under `key`, other values left out.
  [[nodiscard]] std::vector<std::uint64_t> unsigned_integers(std::string_view key) const;
  /// Calls `visit` for every object in the array under `key`; not at all if there is no such array.
  void for_each_object(std::string_view key,
                       const std::function<void(const JsonObject&)>& visit) const;
  /// All keys, in the order of the text.
  [[nodiscard]] std::vector<std::string_view> keys() const;

 private:
  friend class JsonRowReader;
  JsonObject() = default;

  struct Access;                            // sees simdjson's types
  std::array<std::uint64_t, 2> element_{};  // simdjson's reference into the parsed row
};

/// Reads rows of JSON objects one after the other, with memory used again. The getters speak of the
/// last row parsed. Not for several threads at once.
class JsonRowReader : public JsonObject {
 public:
  JsonRowReader();
  ~JsonRowReader();
  JsonRowReader(const JsonRowReader&) = delete;
  JsonRowReader& operator=(const JsonRowReader&) = delete;

  /// False if the line is not one valid JSON object; then the getters must not be called. Cost:
  /// about 1 ns a byte, and one copy of the line.
  [[nodiscard]] bool parse(std::string_view line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// RFC 4648 base64 with padding, and back (nothing if it is not base64).
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace wirecopy::base

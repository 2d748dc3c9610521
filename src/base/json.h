/// JSON out (over RapidJSON's writer) and small JSON rows in (over simdjson).
///
/// The read stage walks article rows with json_walk.h; this header is for rows that wirecopy itself
/// wrote or that are small: ledgers, truth files, pairs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// Writes one JSON value, keys in the order given. Strings must be well-formed UTF-8. Numbers are
/// written so that equal values are equal bytes on every machine.
class JsonWriter {
 public:
  JsonWriter();
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view utf8);
  /// null for an empty string.
  JsonWriter& string_or_null(std::string_view utf8);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& integer(std::uint64_t value);
  JsonWriter& integer(std::uint32_t value) { return integer(std::uint64_t{value}); }
  /// A share or ratio, rounded to 6 decimals, without trailing zeros ("0.669355", "1", "0.5").
  JsonWriter& share(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  /// The text written so far; valid until the next call.
  [[nodiscard]] std::string_view text() const noexcept;
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads rows of JSON objects one after the other, with memory used again. Not for several threads
/// at once.
class JsonRowReader {
 public:
  JsonRowReader();
  ~JsonRowReader();
  JsonRowReader(const JsonRowReader&) = delete;
  JsonRowReader& operator=(const JsonRowReader&) = delete;

  /// False if the line is not one valid JSON object. The getters speak of the last row parsed.
  [[nodiscard]] bool parse(std::string_view line);
  /// Nothing if the key is missing or of another type. Views stay valid until the next parse.
  [[nodiscard]] std::optional<std::string_view> string(std::string_view key) const;
  [[nodiscard]] std::optional<std::uint64_t> unsigned_integer(std::string_view key) const;
  [[nodiscard]] std::optional<double> number(std::string_view key) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// RFC 4648 base64 with padding, and back (nothing if it is not base64).
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace wirecopy::base

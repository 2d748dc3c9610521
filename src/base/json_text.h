/// JSON as it is being written: JsonWriter without its promises about what the bytes are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// Puts commas, colons and, if `indented`, white space (two spaces a level) between what it is
/// given.
class JsonText {
 public:
  explicit JsonText(bool indented) : indented_(indented) {}

  void open(char bracket);
  void close(char bracket);
  void key(std::string_view name);
  /// Valid UTF-8.
  void string(std::string_view utf8);
  /// A number, a word, or a value that is JSON already.
  void value(std::string_view json);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  void clear();

 private:
  void begin_value();
  void new_line();
  void quote(std::string_view utf8);
  void escape(char byte);

  bool indented_;
  std::uint32_t level_ = 0;
  bool empty_ = true;       // nothing stands at this level yet
  bool after_key_ = false;  // what comes belongs to the key before it
  std::string text_;
};

}  // namespace wirecopy::base

/// One table of settings, from which every edge makes its own form: command-line options, HTTP
/// fields, Python keywords.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::app {

/// How a value is written and checked.
enum class SettingKind : std::uint8_t {
  flag,   ///< Present or not.
  count,  ///< A whole number in [min, max].
  share,  ///< A number in [min, max], at most 1.
  size,   ///< Bytes: a whole number, optionally with K, M, G or T (powers of 1,024).
  text,   ///< Any text, checked where it is used.
  list,   ///< Any text, may be given several times.
};

/// One setting.
struct Setting {
  std::string_view name;  ///< "threshold"; on the command line "--threshold".
  SettingKind kind = SettingKind::text;
  std::string_view value;     ///< What stands for the value in help: "J", "FILE".
  std::string_view fallback;  ///< Value when not given, as text; empty = none.
  double min = 0;
  double max = 0;
  std::string_view verbs;  ///< Verbs that take it, separated by spaces.
  std::string_view help;

  [[nodiscard]] bool belongs_to(std::string_view verb) const noexcept;
  /// What it means to this verb. In `help` a line "clean undo: …" speaks to these verbs alone, the
  /// last line to all others.
  [[nodiscard]] std::string_view help_for(std::string_view verb) const noexcept;
};

/// All settings, in the order in which help lists them.
[[nodiscard]] std::span<const Setting> all_settings() noexcept;

/// "a,b" → a and b. What is empty between commas is a part, behind the last one it is none.
[[nodiscard]] std::vector<std::string> split_at_commas(const std::string& list);

/// Values of the settings of one call.
class Settings {
 public:
  /// Throws Error(usage), naming the setting and what was expected, if the text is not a value of
  /// its kind and range.
  void set(std::string_view name, std::string_view text);

  [[nodiscard]] bool given(std::string_view name) const noexcept;
  [[nodiscard]] bool flag(std::string_view name) const noexcept { return given(name); }
  /// The value given, else the fallback of the table. The name must be one of the table and of that
  /// kind.
  [[nodiscard]] std::uint64_t count(std::string_view name) const;
  [[nodiscard]] double share(std::string_view name) const;
  [[nodiscard]] std::uint64_t size(std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace wirecopy::app

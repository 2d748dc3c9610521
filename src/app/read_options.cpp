#include "app/read_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

std::optional<Format> format_named(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (name == "jsonl") return Format::jsonl;
  if (name == "csv") return Format::csv;
  if (name == "tsv") return Format::tsv;
  if (name == "txt") return Format::txt;
  throw Error(ErrorCode::usage,
              fmt::format("--format is '{}', expected jsonl, csv, tsv or txt", name));
}

std::pair<Field, std::string> field_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::optional<Field> field = field_named(text.substr(0, equals));
  if (equals == std::string::npos || !field) {
    throw Error(ErrorCode::usage,
                fmt::format("--field is '{}', expected NAME=PATH with NAME one of id, text, title, "
                            "source, url, canonical_url, published, byline",
                            text));
  }
  return {*field, text.substr(equals + 1)};
}

std::vector<std::pair<std::string, std::string>> read_aliases(const std::string& path) {
  std::vector<std::pair<std::string, std::string>> aliases;
  if (path.empty()) return aliases;
  const std::string contents = base::read_file(path);
  std::size_t line_number = 0;
  for (std::size_t begin = 0; begin < contents.size();) {
    const std::size_t end = std::min(contents.find('\n', begin), contents.size());
    const std::string line = contents.substr(begin, end - begin);
    begin = end + 1;
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) {
      throw Error(ErrorCode::input,
                  fmt::format("{}:{}: expected 'name<TAB>name to use'", path, line_number));
    }
    aliases.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return aliases;
}

ReadOptions read_options(const std::vector<std::string>& inputs, const Settings& settings,
                         const std::atomic<bool>* stop) {
  ReadOptions options;
  options.inputs = inputs;
  options.format = format_named(settings.text("format"));
  options.preset = settings.text("fields");
  for (const std::string& field : settings.list("field")) {
    options.fields.push_back(field_override(field));
  }
  options.aliases = read_aliases(settings.text("aliases"));
  options.max_ratio = settings.count("max-ratio");
  options.stop = stop;
  return options;
}

}  // namespace

Reader open_inputs(const std::vector<std::string>& inputs, const Settings& settings,
                   const Hooks& hooks) {
  Reader reader(read_options(inputs, settings, hooks.stop));
  if (hooks.on_message) reader.on_message(hooks.on_message);
  return reader;
}

}  // namespace wirecopy::app

#include "report/cuts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/compression_block.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "wirecopy/error.h"

namespace wirecopy::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;

std::string escaped(std::string_view text) {
  if (!base::valid_utf8(text)) return escaped(base::repair_utf8(text));
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    constexpr std::string_view kSigns = "\t\n\r\\";
    const std::size_t place = kSigns.find(c);
    if (place == std::string_view::npos) {
      line += c;
    } else {
      line += {'\\', "tnr\\"[place]};
    }
  }
  return line;
}

void write_span(base::JsonWriter& json, std::uint64_t begin, std::uint64_t end) {
  json.begin_array().integer(begin).integer(end).raw("1.0").end_array();
}

std::string attribute_name(std::string_view name, std::string_view kind) {
  return fmt::format("{}__wirecopy__{}", name, kind);
}

// Also of a compressed file; a damaged or unreadable one is nobody's.
bool has_in_a_line(const std::string& path, std::string_view words) {
  try {
    base::LineReader lines(path);
    while (const auto line = lines.next()) {
      if (line->find(words) != std::string_view::npos) return true;
    }
  } catch (const Error&) {
  }
  return false;
}

std::string checked_name(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  if (!name.empty() && std::all_of(name.begin(), name.end(), plain) && name.front() != '.' &&
      name.find("__") == std::string_view::npos && name.back() != '_') {
    return std::string(name);
  }
  throw Error(ErrorCode::usage,
              fmt::format("'{}' cannot name attributes, expected letters, digits, '-', '.' and "
                          "single '_', as in wirecopy-2026",
                          name));
}

void refuse_twins(const std::vector<InputInfo>& inputs) {
  std::set<std::string_view> names;
  for (const InputInfo& input : inputs) {
    if (names.insert(input.name).second) continue;
    throw Error(ErrorCode::usage,
                fmt::format("two inputs are called {}, and so would be their attributes: make two "
                            "runs of them",
                            input.name));
  }
}

void refuse_input(const InputInfo& input, const fs::path& path) {
  std::error_code ignored;  // standard input, or nothing there yet
  if (!fs::equivalent(input.path, path, ignored)) return;
  throw Error(ErrorCode::output,
              fmt::format("the input {} is itself where its attributes are to be written; choose "
                          "another folder for the results",
                          input.path));
}

}  // namespace

std::string_view cuts_header() noexcept {
  return "id\tkind\tbegin\tend\tfirst_begin\tfirst_end\ttext\n";
}

std::string to_tsv(const CutsRow& row) {
  std::string lines;
  for (std::size_t i = 0; i < row.cuts.size(); ++i) {
    const Cut& cut = row.cuts[i];
    const std::string first =
        cut.first ? fmt::format("{}\t{}", cut.first->begin, cut.first->end) : "\t";
    lines += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", escaped(row.id), name_of(cut.kind),
                         cut.span.begin, cut.span.end, first, escaped(row.cut_texts[i]));
  }
  return lines;
}

void write_attributes(base::JsonWriter& json, const CutsRow& row, std::string_view name) {
  json.begin_object();
  json.key("id").string(row.given_id.empty() ? row.id : row.given_id);
  json.key("attributes").begin_object();
  if (row.dropped) {
    json.key(attribute_name(name, "drop")).begin_array();
    write_span(json, 0, *row.dropped);
    json.end_array();
  } else {
    for (std::size_t i = 0; i < kRepeatKindCount; ++i) {
      const auto kind = static_cast<RepeatKind>(i);
      const auto of_kind = [kind](const Cut& cut) { return cut.kind == kind; };
      if (std::none_of(row.cuts.begin(), row.cuts.end(), of_kind)) continue;
      json.key(attribute_name(name, name_of(kind))).begin_array();
      for (const Cut& cut : row.cuts) {
        if (of_kind(cut)) write_span(json, cut.span.begin, cut.span.end);
      }
      json.end_array();
    }
  }
  json.end_object();
  json.end_object();
}

AttributeFiles::Folder::Folder(const fs::path& path) {
  for (fs::path each = path; !each.empty() && !fs::exists(each); each = each.parent_path()) {
    made_.push_back(each);
  }
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    throw Error(ErrorCode::output,
                fmt::format("cannot create the folder {}: {}", path.string(), error.message()));
  }
}

AttributeFiles::Folder::~Folder() {
  std::error_code ignored;  // it has files
  for (const fs::path& path : made_) fs::remove(path, ignored);
}

AttributeFiles::AttributeFiles(const fs::path& run, std::string_view name, bool replace,
                               const std::vector<InputInfo>& inputs)
    : name_(checked_name(name)), folder_(run / "attributes" / name) {
  const fs::path folder = run / "attributes" / name;
  refuse_twins(inputs);
  for (const InputInfo& input : inputs) {
    const fs::path path = folder / input.name;
    refuse_input(input, path);
    const Packing packing = input.name.ends_with(".gz")    ? Packing::gzip
                            : input.name.ends_with(".zst") ? Packing::zstd
                                                           : Packing::none;
    files_.push_back({base::OutputFile::at(path.string(), replace), packing});
  }
}

void AttributeFiles::add(const CutsRow& row) {
  File& file = files_.at(row.input);
  json_.clear();
  write_attributes(json_, row, name_);
  file.waiting += json_.text();
  file.waiting += '\n';
  if (file.waiting.size() >= kBlockBytes) flush(file);
}

// Members of gzip and frames of zstd one behind the other are one file.
void AttributeFiles::flush(File& file) {
  switch (file.packing) {
    case Packing::none:
      file.file.write(file.waiting);
      break;
    case Packing::gzip:
      file.file.write(base::gzip_block(file.waiting));
      break;
    case Packing::zstd:
      file.file.write(base::compress_block(file.waiting));
      break;
  }
  file.waiting.clear();
}

void AttributeFiles::complete() {
  for (File& file : files_) {
    flush(file);
    file.file.complete();
  }
}

void AttributeFiles::commit() {
  for (File& file : files_) file.file.commit();
}

std::vector<std::string> AttributeFiles::paths() const {
  std::vector<std::string> paths;
  for (const File& file : files_) paths.push_back(file.file.path());
  return paths;
}

std::vector<fs::path> former_attributes(const fs::path& run) {
  std::vector<fs::path> former;
  std::error_code ignored;  // there are none
  for (const auto& name : fs::directory_iterator(run / "attributes", ignored)) {
    if (!name.is_directory(ignored) || name.is_symlink(ignored)) continue;
    const std::string ours = "\"" + attribute_name(name.path().filename().string(), "");
    for (const auto& file : fs::directory_iterator(name.path(), ignored)) {
      if (!file.is_regular_file(ignored) || file.is_symlink(ignored)) continue;
      if (has_in_a_line(file.path().string(), ours)) former.push_back(file.path());
    }
  }
  std::sort(former.begin(), former.end());
  return former;
}

}  // namespace wirecopy::report

#include "read/inputs.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/compression.h"
#include "base/files.h"
#include "read/text_cursor.h"
#include "wirecopy/error.h"

namespace wirecopy::read {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStandardInput = "-";
constexpr std::string_view kKnownFiles =
    ".jsonl .ndjson .json .csv .tsv .txt, each also with .gz or .zst behind it";

// The format that a file's name stands for; nothing if it stands for none.
std::optional<Format> format_by_name(fs::path path) {
  const auto extension_of = [](const fs::path& name) {
    std::string extension = name.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), lower);
    return extension;
  };
  std::string extension = extension_of(path);
  if (extension == ".gz" || extension == ".zst") {
    extension = extension_of(path.replace_extension());
  }
  if (extension == ".jsonl" || extension == ".ndjson" || extension == ".json") return Format::jsonl;
  if (extension == ".csv") return Format::csv;
  if (extension == ".tsv") return Format::tsv;
  if (extension == ".txt") return Format::txt;
  return std::nullopt;
}

[[noreturn]] void refuse(const std::string& path, std::string_view compression,
                         std::string_view tool) {
  throw Error(ErrorCode::input,
              fmt::format("{} is compressed with {}, which wirecopy does not read: decompress it "
                          "first ({} -dk {}), or pipe it in",
                          path, compression, tool, path));
}

base::Compression check_head(const std::string& path, base::InputFile& file) {
  std::array<char, base::kMagicBytes> head{};
  std::size_t size = 0;
  while (size < head.size()) {
    const std::size_t count = file.read(std::span(head).subspan(size));
    if (count == 0) break;
    size += count;
  }
  const base::Compression compression = base::compression_of({head.data(), size});
  if (compression == base::Compression::bzip2) refuse(path, "bzip2", "bzip2");
  if (compression == base::Compression::xz) refuse(path, "xz", "xz");
  return compression;
}

class Expansion {
 public:
  explicit Expansion(const ReadOptions& options) : options_(options) {}

  void add_argument(const std::string& argument) {
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (argument == kStandardInput) {
      add_file(argument, "stdin");
    } else if (fs::is_directory(status)) {
      add_folder(argument);
    } else if (fs::exists(status)) {
      add_file(argument, fs::path(argument).filename().string());
    } else if (error && status.type() != fs::file_type::not_found) {
      throw Error(ErrorCode::input, fmt::format("cannot open {}: {}", argument, error.message()));
    } else {
      add_pattern(argument);
    }
  }

  ExpandedInputs take() { return std::move(expanded_); }

 private:
  [[nodiscard]] Format format_of(const std::string& path) const {
    if (options_.format) return *options_.format;
    return format_by_name(path).value_or(Format::jsonl);
  }

  void add_file(const std::string& path, const std::string& name) {
    Input input;
    input.info.path = path;
    input.info.name = name;
    input.format = format_of(path);
    const base::Compression compression = measure(path, input, true);
    input.info.seekable_rows =
        input.format == Format::jsonl && input.sized && compression == base::Compression::none;
    if (input.format == Format::txt) input.texts.push_back({path, name});
    expanded_.inputs.push_back(std::move(input));
  }

  // Opens a file to see that this works, adds its size and looks at its first bytes.
  static base::Compression measure(const std::string& path, Input& input, bool first) {
    if (path == kStandardInput) return base::Compression::none;
    // Opening a pipe would take it from its writer: that is done once, when it is read.
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
      input.sized = false;
      return base::Compression::none;
    }
    base::InputFile file(path);
    input.bytes += file.size();
    input.sized = first || input.sized;
    return check_head(path, file);
  }

  void add_pattern(const std::string& pattern) {
    glob_t found{};
    const int result = pattern.find_first_of("*?[") == std::string::npos
                           ? GLOB_NOMATCH
                           : ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
    std::vector<std::string> paths;
    if (result == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
    if (paths.empty()) {
      throw Error(ErrorCode::input, fmt::format("there is no file, folder or match for {}: check "
                                                "the name and the current folder",
                                                pattern));
    }
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths) add_argument(path);
  }

  void add_folder(const std::string& folder) {
    std::size_t ignored = 0;
    const std::vector<std::string> names = list(folder, ignored);
    if (names.empty()) {
      throw Error(ErrorCode::input,
                  fmt::format("{} holds no file that wirecopy reads ({})", folder, kKnownFiles));
    }
    if (ignored > 0) {
      expanded_.messages.push_back(fmt::format("{}: {} {} of other kinds left out", folder, ignored,
                                               ignored == 1 ? "file" : "files"));
    }
    add_texts(folder, names);
    for (const std::string& name : names) {
      const std::string path = (fs::path(folder) / name).string();
      if (format_of(path) != Format::txt) add_file(path, fs::path(name).filename().string());
    }
  }

  // All .txt files of a folder are the rows of one input.
  void add_texts(const std::string& folder, const std::vector<std::string>& names) {
    Input input;
    input.info.path = folder;
    input.info.name = fs::weakly_canonical(folder).filename().string();
    input.format = Format::txt;
    for (const std::string& name : names) {
      const std::string path = (fs::path(folder) / name).string();
      if (format_of(path) != Format::txt) continue;
      measure(path, input, input.texts.empty());
      input.texts.push_back({path, name});
    }
    if (!input.texts.empty()) expanded_.inputs.push_back(std::move(input));
  }

  // Relative names of the files to read, sorted. Hidden files and folders are left out, as a shell
  // does.
  static std::vector<std::string> list(const std::string& folder, std::size_t& ignored) {
    std::vector<std::string> names;
    try {
      for (auto entry = fs::recursive_directory_iterator(folder);
           entry != fs::recursive_directory_iterator(); ++entry) {
        const bool hidden = entry->path().filename().string().starts_with('.');
        if (entry->is_directory()) {
          if (hidden) entry.disable_recursion_pending();
        } else if (!hidden && entry->is_regular_file() && format_by_name(entry->path())) {
          names.push_back(entry->path().lexically_relative(folder).generic_string());
        } else {
          ++ignored;
        }
      }
    } catch (const fs::filesystem_error& error) {
      throw Error(ErrorCode::input,
                  fmt::format("cannot list {}: {}", folder, error.code().message()));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  const ReadOptions& options_;
  ExpandedInputs expanded_;
};

}  // namespace

ExpandedInputs expand_inputs(const ReadOptions& options) {
  if (std::count(options.inputs.begin(), options.inputs.end(), kStandardInput) > 1) {
    throw Error(ErrorCode::usage, "standard input (-) can be read only once");
  }
  Expansion expansion(options);
  for (const std::string& argument : options.inputs) expansion.add_argument(argument);
  return expansion.take();
}

}  // namespace wirecopy::read

/// Cuts for other tools: lines of cuts.tsv, and Dolma attributes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "wirecopy/report.h"

namespace wirecopy::report {

/// The names of the columns of cuts.tsv.
[[nodiscard]] std::string_view cuts_header() noexcept;

/// One line of cuts.tsv for each cut of a row, each ended by a newline. In id and text a tab is \t,
/// a newline \n, a carriage return \r and a backslash \\.
[[nodiscard]] std::string to_tsv(const CutsRow& row);

/// One line of Dolma attributes: {"id", "attributes": {"NAME__wirecopy__KIND": [[begin, end, 1.0],
/// …], …}}. A row that was left out has "NAME__wirecopy__drop" over all of its text, and nothing
/// else. Dolma takes an attribute's name apart into experiment, tagger and kind.
void write_attributes(base::JsonWriter& json, const CutsRow& row, std::string_view name);

/// The files of attributes/NAME in the folder of a run: one for each input, of the same name, so
/// that the mixer finds them beside `documents`, and compressed as that name says (.gz, .zst). The
/// mixer reads both line by line and compares ids: it wants an input of which no row is rejected.
class AttributeFiles {
 public:
  /// Creates the folder, which goes again if nothing is committed. Throws Error(usage) if `name`
  /// cannot be the name of an attribute or two inputs would share a file, Error(output) if a file
  /// cannot be written, is an input, or is there already and `replace` is not set.
  AttributeFiles(const std::filesystem::path& run, std::string_view name, bool replace,
                 const std::vector<InputInfo>& inputs);
  void add(const CutsRow& row);
  void complete();  ///< As OutputFile.
  void commit();
  [[nodiscard]] std::vector<std::string> paths() const;

 private:
  enum class Packing : std::uint8_t { none, gzip, zstd };
  struct File {
    base::OutputFile file;
    Packing packing = Packing::none;
    std::string waiting = {};  // lines to come
  };
  // Goes away again with what is empty of it.
  class Folder {
   public:
    explicit Folder(const std::filesystem::path& path);
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

   private:
    std::vector<std::filesystem::path> made_;  // deepest first
  };
  static void flush(File& file);

  std::string name_;
  Folder folder_;
  std::vector<File> files_;  // one for each input
  base::JsonWriter json_;
};

/// The files of attributes in the folder of a run that a run wrote there: those of attributes/NAME
/// in which a line has an attribute of NAME as write_attributes calls it. What has none, or is
/// somebody else's, is not among them. Sorted. Cost: reads each file up to that line.
[[nodiscard]] std::vector<std::filesystem::path> former_attributes(
    const std::filesystem::path& run);

}  // namespace wirecopy::report

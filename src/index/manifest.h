/// What a generation says of itself: manifest.json in its folder.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/hash.h"
#include "index/generations.h"

namespace wirecopy::index {

/// Sorted rows have a checksum in each block, but none in what a file ends with (footer,
/// properties: how to read the blocks), and RocksDB trusts it. So that is looked at whenever a
/// generation is opened.
inline constexpr std::size_t kEndBytes = std::size_t{64} << 10U;

inline constexpr char kManifestName[] = "manifest.json";

struct Manifest {
  struct File {
    std::string name;
    std::uint64_t bytes = 0;
    base::Hash128 hash;
    base::Hash128 end;  ///< Of the last kEndBytes.
    friend bool operator==(const File&, const File&) = default;
  };
  std::uint32_t number = 0;
  base::Hash128 index;  ///< Hash of index.json, so that no other index's generation is taken.
  Contents contents;
  std::vector<File> files;  ///< By name; all but the manifest.
};

/// Lists and hashes the files of `folder`. A file that is the same one (by its node) as one of
/// `before`, which may be empty, is not read: its hash is taken from there. Throws Error(output) if
/// there is anything but plain files.
[[nodiscard]] std::vector<Manifest::File> list_files(const std::string& folder,
                                                     const std::string& before);

/// Writes it, on the disk when this returns; its hash. Throws Error(output).
base::Hash128 write_manifest(const Manifest& manifest, const std::string& folder);

/// Throws Error(damaged) if it is missing, changed or of another format.
[[nodiscard]] Manifest read_manifest(const std::string& folder);

/// How closely files are looked at.
enum class Look : std::uint8_t {
  ends,   ///< Names, lengths and ends of all, all bytes of small ones: milliseconds.
  bytes,  ///< Every byte.
};

/// Throws Error(damaged) that names the first file which is missing, added, or not what the
/// manifest says.
void check_folder(const std::string& folder, const Manifest& manifest, Look look);

}  // namespace wirecopy::index

#include "index/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "base/files.h"
#include "base/folders.h"
#include "base/json.h"
#include "index/checked_json.h"
#include "index/sealed.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

// Smaller files are read whenever a generation is opened.
constexpr std::uint64_t kSmall = std::uint64_t{1} << 20U;

[[noreturn]] void damaged(const std::string& path, std::string_view what) {
  throw Error(ErrorCode::damaged, fmt::format("{} {}; go back to an earlier generation, or restore "
                                              "the index from a copy",
                                              path, what));
}

// As base::hex writes it.
std::optional<base::Hash128> parse_hash(std::string_view digits) {
  constexpr std::size_t kWord = 16;
  base::Hash128 hash;
  if (digits.size() != 2 * kWord) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + kWord, hash.high, 16);
  std::from_chars(digits.data() + kWord, digits.data() + 2 * kWord, hash.low, 16);
  if (base::hex(hash) != digits) return std::nullopt;
  return hash;
}

// The fields of a manifest, none of which may be missing.
class Fields {
 public:
  Fields(const base::JsonObject& object, std::string path)
      : object_(object), path_(std::move(path)) {}

  std::uint64_t number(std::string_view key) const {
    return take(object_.unsigned_integer(key), key);
  }
  std::string_view string(std::string_view key) const { return take(object_.string(key), key); }
  base::Hash128 hash(std::string_view key) const { return take(parse_hash(string(key)), key); }
  base::JsonObject object(std::string_view key) const { return take(object_.object(key), key); }

 private:
  template <typename Value>
  Value take(std::optional<Value> value, std::string_view key) const {
    if (!value) damaged(path_, fmt::format("does not say '{}'", key));
    return *value;
  }

  const base::JsonObject& object_;
  std::string path_;
};

std::string file_line(const std::string& folder, const std::string& name) {
  return folder + "/" + name;
}

void check_file(const std::string& folder, const Manifest::File& file,
                const base::FolderEntry& entry, Look look) {
  const std::string path = file_line(folder, file.name);
  if (!entry.plain) damaged(path, "is no plain file");
  if (entry.bytes != file.bytes) {
    damaged(path, fmt::format("has {} bytes where its manifest says {}", entry.bytes, file.bytes));
  }
  const bool whole = look == Look::bytes || file.bytes <= kSmall;
  base::Hash128 hash;
  try {
    hash = whole ? base::hash_file(path) : base::hash_end(path, kEndBytes);
  } catch (const Error& error) {
    damaged(path, fmt::format("cannot be read: {}", error.what()));
  }
  if (hash != (whole ? file.hash : file.end))
    damaged(path, "changed: its bytes are not those that were written");
}

std::vector<base::FolderEntry> entries_but_manifest(const std::string& folder) {
  std::vector<base::FolderEntry> entries = base::entries_of(folder);
  std::erase_if(entries,
                [](const base::FolderEntry& entry) { return entry.name == kManifestName; });
  return entries;
}

}  // namespace

std::vector<Manifest::File> list_files(const std::string& folder, const std::string& before) {
  std::vector<base::FolderEntry> old;
  std::vector<Manifest::File> known;
  if (!before.empty()) {
    old = base::entries_of(before);
    known = read_manifest(before).files;
  }
  std::vector<Manifest::File> files;
  for (const base::FolderEntry& entry : base::entries_of(folder)) {
    const std::string path = file_line(folder, entry.name);
    if (!entry.plain) {
      throw Error(ErrorCode::output, fmt::format("{} is in the way: it is no plain file", path));
    }
    const bool linked = std::any_of(old.begin(), old.end(), [&](const base::FolderEntry& other) {
      return other.name == entry.name && other.node == entry.node && other.device == entry.device;
    });
    const auto same = std::find_if(known.begin(), known.end(), [&](const Manifest::File& file) {
      return file.name == entry.name && file.bytes == entry.bytes;
    });
    const bool taken = linked && same != known.end();
    files.push_back({entry.name, entry.bytes, taken ? same->hash : base::hash_file(path),
                     taken ? same->end : base::hash_end(path, kEndBytes)});
  }
  return files;
}

base::Hash128 write_manifest(const Manifest& manifest, const std::string& folder) {
  base::JsonWriter json(base::JsonWriter::Layout::indented);
  json.begin_object();
  json.key("format").integer(kFormatVersion);
  json.key("index").string(base::hex(manifest.index));
  json.key("generation").integer(manifest.number);
  json.key("model").string(manifest.contents.model);
  json.key("counts").begin_object();
  for (const auto& [name, count] : manifest.contents.counts) json.key(name).integer(count);
  json.end_object();
  json.key("files").begin_array();
  for (const Manifest::File& file : manifest.files) {
    json.begin_object();
    json.key("name").string(file.name);
    json.key("bytes").integer(file.bytes);
    json.key("hash").string(base::hex(file.hash));
    json.key("end").string(base::hex(file.end));
    json.end_object();
  }
  json.end_array();
  const std::string text = with_checksum(json);
  base::OutputFile file(folder, kManifestName);
  file.write(text);
  file.complete();
  file.commit();
  return base::hash128(text);
}

Manifest read_manifest(const std::string& folder) {
  const std::string path = file_line(folder, kManifestName);
  base::JsonRowReader row;
  read_checked(path, row);
  const Fields fields(row, path);
  if (const std::uint64_t format = fields.number("format"); format != kFormatVersion) {
    damaged(path,
            fmt::format("has format {}, this wirecopy reads format {}", format, kFormatVersion));
  }
  Manifest manifest;
  const std::uint64_t number = fields.number("generation");
  if (number > std::numeric_limits<std::uint32_t>::max()) damaged(path, "has no such number");
  manifest.number = static_cast<std::uint32_t>(number);
  manifest.index = fields.hash("index");
  manifest.contents.model = fields.string("model");
  const base::JsonObject counts = fields.object("counts");
  for (const std::string_view name : counts.keys()) {
    manifest.contents.counts[std::string(name)] = Fields(counts, path).number(name);
  }
  row.for_each_object("files", [&](const base::JsonObject& object) {
    const Fields file(object, path);
    manifest.files.push_back({std::string(file.string("name")), file.number("bytes"),
                              file.hash("hash"), file.hash("end")});
  });
  return manifest;
}

void check_folder(const std::string& folder, const Manifest& manifest, Look look) {
  const std::vector<base::FolderEntry> entries = entries_but_manifest(folder);
  auto entry = entries.begin();
  for (const Manifest::File& file : manifest.files) {
    if (entry != entries.end() && entry->name < file.name) break;  // an added one
    if (entry == entries.end() || entry->name != file.name) {
      damaged(file_line(folder, file.name), "is missing");
    }
    check_file(folder, file, *entry++, look);
  }
  if (entry != entries.end()) {
    damaged(file_line(folder, entry->name), "does not belong there: no manifest names it");
  }
}

}  // namespace wirecopy::index

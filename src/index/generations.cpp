#include "index/generations.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/files.h"
#include "base/hash.h"
#include "index/manifest.h"
#include "index/sealed.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

constexpr std::string_view kWork = "work";
constexpr std::string_view kCurrent = "CURRENT";
constexpr std::string_view kLock = "LOCK";
constexpr std::string_view kGone = "gone-";

std::string at(const std::string& folder, std::string_view name) {
  return fmt::format("{}/{}", folder, name);
}

std::string home(const std::string& index) { return at(index, "generations"); }

Generation generation(const std::string& index, std::uint32_t number) {
  return {number, fmt::format("{}/{}", home(index), number)};
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// What CURRENT says.
struct Pointer {
  std::uint32_t number = 0;   // 0: there is none yet
  std::uint32_t highest = 0;  // that ever was current
  std::string manifest = base::hex({});

  [[nodiscard]] std::string body() const {
    return fmt::format("{} {} {} ", number, highest, manifest);
  }
  [[nodiscard]] std::string line() const {
    return fmt::format("{}{}\n", body(), base::hex(base::hash128(body())));
  }
};

// Nothing unless `line` is, byte for byte, what a Pointer would write.
std::optional<Pointer> parse_pointer(const std::string& line) {
  Pointer pointer;
  const char* const end = line.data() + line.size();
  const auto number = std::from_chars(line.data(), end, pointer.number);
  if (number.ec != std::errc() || number.ptr == end) return std::nullopt;
  const auto highest = std::from_chars(number.ptr + 1, end, pointer.highest);
  if (highest.ec != std::errc() || highest.ptr == end) return std::nullopt;
  const std::string_view rest(highest.ptr + 1, static_cast<std::size_t>(end - highest.ptr - 1));
  pointer.manifest = rest.substr(0, rest.find(' '));
  if (pointer.line() != line) return std::nullopt;
  return pointer;
}

Pointer read_pointer(const std::string& index) {
  if (!is_there(home(index))) {
    throw Error(ErrorCode::input, fmt::format("there is no index in {}", index));
  }
  const std::string path = at(index, kCurrent);
  if (!is_there(path)) throw Error(ErrorCode::damaged, fmt::format("{} is missing", path));
  const auto pointer = parse_pointer(base::read_file(path));
  if (!pointer) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is damaged; name the generation to go back to", path));
  }
  return *pointer;
}

void write_pointer(const std::string& index, const Pointer& pointer) {
  base::OutputFile file(index, std::string(kCurrent));
  file.write(pointer.line());
  file.complete();
  file.commit();
  base::sync_path(index);
}

// Two indexes differ in their index.json.
base::Hash128 identity_of(const std::string& index) {
  const std::string path = at(index, kSealedName);
  return is_there(path) ? base::hash_file(path) : base::Hash128{};
}

Manifest checked_manifest(const std::string& index, const Generation& generation) {
  Manifest manifest = read_manifest(generation.folder);
  const std::string path = at(generation.folder, kManifestName);
  if (manifest.number != generation.number) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is that of generation {}", path, manifest.number));
  }
  if (manifest.index != identity_of(index)) {
    throw Error(ErrorCode::damaged, fmt::format("{} is that of another index, or {} was changed",
                                                path, at(index, kSealedName)));
  }
  check_folder(generation.folder, manifest, Look::ends);
  return manifest;
}

// All numbers in generations/, ascending.
std::vector<std::uint32_t> numbers_in(const std::string& index) {
  std::vector<std::uint32_t> numbers;
  for (const base::FolderEntry& entry : base::entries_of(home(index))) {
    std::uint32_t number = 0;
    const char* const end = entry.name.data() + entry.name.size();
    const auto parsed = std::from_chars(entry.name.data(), end, number);
    if (parsed.ec == std::errc() && parsed.ptr == end) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// Under another name first: half a generation must not be taken for one.
void take_away(const std::string& index, std::uint32_t number) {
  const std::string gone = at(index, fmt::format("{}{}", kGone, number));
  base::remove_path(gone);
  base::move_path(generation(index, number).folder, gone);
  base::remove_path(gone);
}

// All before `made` but the one it was made from and the latest others.
void take_away_old(const std::string& index, std::uint32_t made, std::uint32_t from) {
  std::vector<std::uint32_t> old = numbers_in(index);
  std::erase_if(old, [&](std::uint32_t number) { return number >= made || number == from; });
  const std::size_t others = from == 0 ? 0 : Generations::kKept - 1;
  for (std::size_t i = 0; i + others < old.size(); ++i) take_away(index, old[i]);
}

bool is_leftover(std::string_view name) {
  return name == kWork || name.starts_with(kGone) ||
         (name.starts_with('.') && name.find(".tmp-") != name.npos);
}

}  // namespace

WriterLock::WriterLock(const std::string& index)
    : file_(at(index, kLock), fmt::format("the index {}", index)) {}

Contents contents_of(const Generation& generation) {
  return read_manifest(generation.folder).contents;
}

void check_files(const Generation& generation) {
  check_folder(generation.folder, read_manifest(generation.folder), Look::bytes);
}

std::optional<Generation> Generations::current() const {
  const Pointer pointer = read_pointer(index_);
  if (pointer.number == 0) return std::nullopt;
  Generation now = generation(index_, pointer.number);
  const std::string manifest = at(now.folder, kManifestName);
  if (!is_there(manifest)) {
    throw Error(ErrorCode::damaged, fmt::format("{} is missing", manifest));
  }
  checked_manifest(index_, now);
  if (base::hex(base::hash_file(manifest)) != pointer.manifest) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is not the one that {} means", manifest, at(index_, kCurrent)));
  }
  return now;
}

std::optional<Generation> Generations::open_current(
    const std::function<void(const Generation&)>& open) const {
  for (;;) {
    const std::uint32_t number = current_number();
    try {
      std::optional<Generation> now = current();
      if (now) open(*now);
      return now;
    } catch (const Error&) {
      if (current_number() == number) throw;
    }
  }
}

std::uint32_t Generations::current_number() const { return read_pointer(index_).number; }

std::uint32_t Generations::next_number() const { return read_pointer(index_).highest + 1; }

std::vector<Generation> Generations::all() const {
  const std::uint32_t highest = read_pointer(index_).highest;
  std::vector<Generation> there;
  for (const std::uint32_t number : numbers_in(index_)) {
    if (number <= highest) there.push_back(generation(index_, number));
  }
  return there;
}

void Generations::found() const {
  if (!is_there(index_)) base::make_folder(index_);
  for (const base::FolderEntry& entry : base::entries_of(index_)) {
    const bool ours = entry.name == "generations" || entry.name == kCurrent ||
                      entry.name == kLock || entry.name == kKeyName || is_leftover(entry.name);
    if (ours) continue;
    const bool index = entry.name == kSealedName;
    throw Error(ErrorCode::output,
                index ? fmt::format("there is an index in {} already", index_)
                      : fmt::format("{} is not empty: it holds {}", index_, entry.name));
  }
  if (!is_there(home(index_))) base::make_folder(home(index_));
  if (!base::entries_of(home(index_)).empty()) {  // those of an index that lost its index.json
    throw Error(ErrorCode::output, fmt::format("{} is not empty", home(index_)));
  }
  write_pointer(index_, {});
}

std::string Generations::begin() const {
  const Pointer pointer = read_pointer(index_);
  for (const base::FolderEntry& entry : base::entries_of(index_)) {
    if (is_leftover(entry.name)) base::remove_path(at(index_, entry.name));
  }
  for (const std::uint32_t number : numbers_in(index_)) {
    if (number > pointer.highest) take_away(index_, number);
  }
  return at(index_, kWork);
}

Generation Generations::commit(const Contents& contents) const {
  const Pointer before = read_pointer(index_);
  const std::string work = at(index_, kWork);
  Manifest manifest;
  manifest.number = before.highest + 1;
  manifest.index = identity_of(index_);
  manifest.contents = contents;
  manifest.files =
      list_files(work, before.number == 0 ? "" : generation(index_, before.number).folder);
  for (const Manifest::File& file : manifest.files) base::sync_path(at(work, file.name));
  const base::Hash128 hash = write_manifest(manifest, work);
  base::sync_path(work);

  Generation made = generation(index_, manifest.number);
  base::move_path(work, made.folder);
  base::sync_path(home(index_));
  base::sync_path(index_);
  try {
    write_pointer(index_, {made.number, made.number, base::hex(hash)});
  } catch (const Error&) {
    // The new name may stand but not be on the disk: nobody may rely on it.
    if (current_number() == made.number) write_pointer(index_, before);
    throw;
  }

  try {
    take_away_old(index_, made.number, before.number);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): the night stands, the next one tries
  }
  return made;
}

void Generations::go_back(std::uint32_t number) const {
  const std::vector<std::uint32_t> there = numbers_in(index_);
  Pointer pointer;
  try {
    pointer = read_pointer(index_);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    pointer.highest = there.empty() ? 0 : there.back();
  }
  if (number > pointer.highest || !std::binary_search(there.begin(), there.end(), number)) {
    throw Error(ErrorCode::usage, fmt::format("there is no generation {}; there are: {}", number,
                                              fmt::join(there, ", ")));
  }
  const Generation back = generation(index_, number);
  checked_manifest(index_, back);
  pointer.number = number;
  pointer.manifest = base::hex(base::hash_file(at(back.folder, kManifestName)));
  write_pointer(index_, pointer);
}

void Generations::forget_others() const {
  (void)begin();  // also what a dead writer left
  const std::uint32_t now = current_number();
  for (const std::uint32_t number : numbers_in(index_)) {
    if (number != now) take_away(index_, number);
  }
}

}  // namespace wirecopy::index

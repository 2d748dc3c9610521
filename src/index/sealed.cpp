#include "index/sealed.h"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <filesystem>
#include <limits>
#include <type_traits>
#include <utility>

#include "base/files.h"
#include "base/folders.h"
#include "base/hash.h"
#include "base/json.h"
#include "index/checked_json.h"
#include "index/sealed_fields.h"
#include "wirecopy/error.h"
#include "wirecopy/normalize.h"

namespace wirecopy::index {
namespace {

template <typename Value>
concept Listed = requires(Value value) {
  value.emplace_back();
};
template <typename Value>
concept Optional = requires(Value value) {
  value.emplace();
  value.has_value();
};

class Writing {
 public:
  explicit Writing(base::JsonWriter& json) : json_(json) {}

  template <typename Value>
  void operator()(std::string_view name, Value& value) {
    json_.key(name);
    write(value);
  }

 private:
  void write(std::string& text) { json_.string(text); }
  void write(bool value) { json_.boolean(value); }
  void write(Millionths value) { json_.integer(value.value()); }
  void write(Banding& banding) {
    json_.begin_object();
    json_.key("bands").integer(banding.bands()).key("rows").integer(banding.rows());
    json_.end_object();
  }

  template <typename Value>
  void write(Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      json_.string(kNames<Value>.at(static_cast<std::size_t>(value)));
    } else if constexpr (std::signed_integral<Value>) {
      json_.integer(std::int64_t{value});
    } else if constexpr (std::unsigned_integral<Value>) {
      json_.integer(std::uint64_t{value});
    } else if constexpr (Optional<Value>) {
      value ? write(*value) : void(json_.null());
    } else if constexpr (Listed<Value>) {
      json_.begin_array();
      for (auto& each : value) write(each);
      json_.end_array();
    } else {
      json_.begin_object();
      fields(*this, value);
      json_.end_object();
    }
  }

  base::JsonWriter& json_;
};

[[noreturn]] void damaged(const std::string& path, std::string_view what) {
  throw Error(ErrorCode::damaged, fmt::format("{} {}", path, what));
}

// Reads what Writing wrote, with every field there and no other.
class Reading {
 public:
  Reading(const base::JsonObject& object, const std::string& path) : object_(object), path_(path) {}

  template <typename Value>
  void operator()(std::string_view name, Value& value) {
    seen_.push_back(name);
    read(name, value);
  }

  // To be called when all fields are read.
  void end() const {
    const std::vector<std::string_view> keys = object_.keys();
    for (const std::string_view key : keys) {
      if (std::find(seen_.begin(), seen_.end(), key) != seen_.end()) continue;
      damaged(path_, fmt::format("says '{}', which this wirecopy does not know", key));
    }
    if (keys.size() != seen_.size()) damaged(path_, "says something twice");
  }

 private:
  template <typename Value>
  Value there(std::optional<Value> value, std::string_view name) const {
    if (!value) damaged(path_, fmt::format("does not say '{}', or not as expected", name));
    return *std::move(value);
  }

  void read(std::string_view name, std::string& text) { text = there(object_.string(name), name); }
  void read(std::string_view name, bool& value) { value = there(object_.boolean(name), name); }
  void read(std::string_view name, Millionths& value) {
    std::uint32_t millionths = 0;
    read(name, millionths);
    value = Millionths(millionths);
  }
  void read(std::string_view name, Banding& banding) {
    const base::JsonObject object = there(object_.object(name), name);
    std::uint32_t bands = 0;
    std::uint32_t rows = 0;
    Reading inner(object, path_);
    inner("bands", bands);
    inner("rows", rows);
    inner.end();
    try {
      banding = Banding(Bands{bands}, Rows{rows});
    } catch (const Error& error) {
      damaged(path_, fmt::format("says of '{}': {}", name, error.what()));
    }
  }
  void read(std::string_view name, std::vector<std::string>& list) {
    const std::vector<std::string_view> strings = object_.strings(name);
    list.assign(strings.begin(), strings.end());
  }
  void read(std::string_view name, std::vector<StockText>& list) {
    list.clear();
    object_.for_each_object(name, [&](const base::JsonObject& object) {
      Reading inner(object, path_);
      fields(inner, list.emplace_back());
      inner.end();
    });
  }

  template <typename Value>
  void read(std::string_view name, Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      const std::string_view said = there(object_.string(name), name);
      const auto& names = kNames<Value>;
      const auto* const found = std::find(names.begin(), names.end(), said);
      if (found == names.end()) damaged(path_, fmt::format("says {} '{}'", name, said));
      value = static_cast<Value>(found - names.begin());
    } else if constexpr (std::signed_integral<Value>) {
      value = fitting<Value>(there(object_.integer(name), name), name);
    } else if constexpr (std::unsigned_integral<Value>) {
      value = fitting<Value>(there(object_.unsigned_integer(name), name), name);
    } else if constexpr (Optional<Value>) {
      value.reset();
      if (!object_.is_null(name)) read(name, value.emplace());
    } else {
      const base::JsonObject object = there(object_.object(name), name);
      Reading inner(object, path_);
      fields(inner, value);
      inner.end();
    }
  }

  template <typename Value, typename Wide>
  Value fitting(Wide wide, std::string_view name) const {
    if (!std::in_range<Value>(wide)) damaged(path_, fmt::format("says {} {}", name, wide));
    return static_cast<Value>(wide);
  }

  const base::JsonObject& object_;
  const std::string& path_;
  std::vector<std::string_view> seen_;
};

std::string digits_of(const Key& key) {
  const auto words = key.words();
  return base::hex({words[0], words[1]});
}

// Tells one key from another and, having 32 bits, little about either.
std::string check_of(const Key& key) {
  const std::string labeled = "wirecopy index: is this the key? " + digits_of(key);
  return fmt::format("{:08x}", base::hash64(labeled) >> 32U);
}

std::string path_of(const std::string& index, std::string_view name) {
  return fmt::format("{}/{}", index, name);
}

void write_file(const std::string& index, const char* name, const std::string& text,
                std::uint32_t mode) {
  base::OutputFile file(index, name, mode);
  file.write(text);
  file.complete();
  file.commit();
}

// A key of the index itself is stored data: whatever is wrong with it is damage.
Key read_key(const std::string& index, const std::optional<std::string>& key_file) {
  if (key_file) return Key::from_file(*key_file);
  try {
    return Key::from_file(path_of(index, kKeyName));
  } catch (const Error& error) {
    throw Error(ErrorCode::damaged, error.what());
  }
}

void require_versions(const base::JsonObject& object, const std::string& path) {
  const std::uint64_t format = object.unsigned_integer("format").value_or(0);
  if (format != kFormatVersion) {
    damaged(path,
            fmt::format("has format {}, this wirecopy reads format {}", format, kFormatVersion));
  }
  const std::uint64_t normalization = object.unsigned_integer("normalization").value_or(0);
  if (normalization != kNormalizationVersion) {
    damaged(path, fmt::format("was made with normalization {}, this wirecopy has {}: make the "
                              "index anew",
                              normalization, kNormalizationVersion));
  }
}

}  // namespace

Key draw_key() {
  std::array<std::uint8_t, 16> bytes{};
  base::fill_random(bytes);
  std::array<std::uint64_t, 2> words{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    words[i / 8] = words[i / 8] << 8U | bytes[i];
  }
  return Key(words);
}

void seal(const std::string& index, const Sealed& sealed) {
  const std::string path = path_of(index, kSealedName);
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    throw Error(ErrorCode::output, fmt::format("there is an index in {} already", index));
  }
  const Key key = sealed.recipe.shingling.key;
  const std::array<std::uint64_t, 2> id = draw_key().words();
  base::JsonWriter json(base::JsonWriter::Layout::indented);
  json.begin_object();
  json.key("format").integer(kFormatVersion);
  json.key("normalization").integer(kNormalizationVersion);
  json.key("id").string(base::hex({id[0], id[1]}));
  json.key("key_check").string(check_of(key));
  Sealed copy = sealed;  // fields are visited the same way for writing and reading
  Writing write(json);
  write("recipe", copy.recipe);
  write("rule", copy.rule);

  write_file(index, kKeyName, digits_of(key) + "\n", 0600);
  base::sync_path(index);
  write_file(index, kSealedName, with_checksum(json), 0666);
  base::sync_path(index);
}

Sealed unseal(const std::string& index, const std::optional<std::string>& key_file) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(index, ignored)) {
    throw Error(ErrorCode::input, fmt::format("there is no index in {}", index));
  }
  const std::string path = path_of(index, kSealedName);
  base::JsonRowReader row;
  read_checked(path, row);
  require_versions(row, path);

  Sealed sealed;
  std::uint32_t format = 0;
  std::uint32_t normalization = 0;
  std::string id;
  std::string key_check;
  std::string checksum;
  Reading read(row, path);
  read("format", format);
  read("normalization", normalization);
  read("id", id);
  read("key_check", key_check);
  read("recipe", sealed.recipe);
  read("rule", sealed.rule);
  read("checksum", checksum);
  read.end();

  const Key key = read_key(index, key_file);
  if (check_of(key) != key_check) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} holds another key than the one {} was made with",
                            key_file.value_or(path_of(index, kKeyName)), index));
  }
  sealed.recipe.shingling.key = key;
  if (sealed.recipe.winnowing) sealed.recipe.winnowing->key = key;
  return sealed;
}

}  // namespace wirecopy::index

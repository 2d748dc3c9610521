// Nights of a small store, and what each generation must hold: a model of an index that knows no
// RocksDB.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/store.h"
#include "index/generations.h"

namespace wirecopy::test {

using Rows = std::map<std::string, std::string>;

inline std::vector<base::Family> night_families() {
  return {{"texts", {}}, {"lists", [](std::string_view, std::span<const std::string_view> values) {
                            std::string joined;
                            for (const std::string_view value : values) joined += value;
                            return joined;
                          }}};
}

// The rows of a generation, a pure function of its number: both families in one map.
inline Rows rows_after(std::uint32_t nights) {
  Rows rows;
  for (std::uint32_t night = 1; night <= nights; ++night) {
    rows["texts/night"] = std::to_string(night);
    for (std::uint32_t i = 0; i < 40; ++i) {
      const std::string key = std::to_string(100 + (i * night * 7) % 90);
      if ((i + night) % 9 == 0) {
        rows.erase("texts/" + key);
      } else {
        rows["texts/" + key] = key + " of night " + std::to_string(night);
      }
    }
    for (std::uint32_t i = 0; i < 30; ++i) {
      rows["lists/" + std::to_string(100 + i)] += std::to_string(night) + ",";
    }
  }
  return rows;
}

// Writes the night that makes generation `number` of the one before it.
inline void write_night(base::StoreWriter& writer, std::uint32_t number) {
  const Rows before = rows_after(number - 1);
  const Rows after = rows_after(number);
  for (auto old = before.lower_bound("texts/"), now = after.lower_bound("texts/");
       old != before.end() || now != after.end();) {
    if (now == after.end() || (old != before.end() && old->first < now->first)) {
      writer.remove(0, old->first.substr(6));
      ++old;
      continue;
    }
    writer.put(0, now->first.substr(6), now->second);
    if (old != before.end() && old->first == now->first) ++old;
    ++now;
  }
  for (std::uint32_t i = 0; i < 30; ++i) {
    writer.join(1, std::to_string(100 + i), std::to_string(number) + ",");
  }
}

// One night, as the index makes one: the generation that it made.
inline index::Generation make_night(const std::string& folder, bool rewrite = false) {
  const index::WriterLock lock(folder);
  const index::Generations generations(folder);
  const std::string work = generations.begin();
  const auto current = generations.current();
  const std::uint32_t number = (current ? current->number : 0) + 1;
  base::StoreWriter writer(work, current ? current->folder : "", night_families());
  write_night(writer, number);
  writer.finish(rewrite);
  return generations.commit({{{"rows", rows_after(number).size()}}, "a model"});
}

inline Rows rows_in(const std::string& folder) {
  const base::StoreReader store(folder, night_families(), 1U << 20U);
  Rows rows;
  const std::vector<std::string> names{"texts/", "lists/"};
  for (std::size_t family = 0; family < names.size(); ++family) {
    store.scan(family, "", [&](std::string_view key, std::string_view value) {
      rows.emplace(names[family] + std::string(key), value);
      return true;
    });
  }
  return rows;
}

}  // namespace wirecopy::test

/// One generation, opened.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/store.h"
#include "index/archive.h"
#include "index/generations.h"
#include "index/sealed.h"
#include "wirecopy/index.h"

namespace wirecopy::index {

/// What is sealed, and the current generation: its store, if there is one, and the archive in it.
struct Opened {
  std::string folder;
  Sealed sealed;
  std::optional<Generation> generation;
  std::unique_ptr<const base::StoreReader> store;
  std::unique_ptr<const StoreArchive> archive;

  /// The rule with the Model of this generation; without one before the first night.
  [[nodiscard]] MatchRule rule() const;
  [[nodiscard]] std::uint32_t number() const noexcept {
    return generation ? generation->number : 0;
  }
};

/// Opens the current generation; if it is taken away meanwhile, the one that is current then.
/// Throws as Index::open.
[[nodiscard]] Opened open_current(const std::string& folder,
                                  const std::optional<std::string>& key_file,
                                  std::uint64_t cache_bytes);

}  // namespace wirecopy::index

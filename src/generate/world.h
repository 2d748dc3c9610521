/// The articles of a corpus, unit by unit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generate/article.h"
#include "generate/base_texts.h"
#include "generate/outlets.h"
#include "generate/stock.h"
#include "wirecopy/generate.h"

namespace wirecopy::generation {

/// A unit is what can be made on its own.
enum class UnitKind : std::uint8_t { story, mega, single, template_family, boilerplate };
[[nodiscard]] std::string_view name_of(UnitKind kind) noexcept;

/// Immutable; any unit may be made on any thread, at any time, with the same result.
class World {
 public:
  /// Draws which base texts are used. `options` and `base_texts` must outlive it. Throws
  /// Error(input) if there are too few base texts, Error(interrupted).
  World(const GenerateOptions& options, const BaseTexts& base_texts, const std::atomic<bool>* stop);

  [[nodiscard]] std::uint32_t units() const noexcept;
  /// Stock documents whose passage was copied are a story.
  [[nodiscard]] UnitKind kind_of(std::uint32_t unit) const noexcept;
  /// All articles of a unit, by member number.
  [[nodiscard]] std::vector<Article> make(std::uint32_t unit) const;

  /// 16 hexadecimal digits that tell nothing of unit and member; different for different keys.
  [[nodiscard]] std::string id_of(ArticleKey key) const;

 private:
  [[nodiscard]] Article original(std::uint32_t unit) const;
  [[nodiscard]] Article copy(const std::vector<Article>& story, std::uint32_t member) const;
  [[nodiscard]] std::vector<Article> template_family(std::uint32_t unit) const;
  [[nodiscard]] std::vector<Article> stock_documents(std::uint32_t unit) const;
  [[nodiscard]] std::uint32_t first_stock_unit() const noexcept;
  [[nodiscard]] std::uint32_t article_count(std::uint32_t unit) const;
  [[nodiscard]] std::uint32_t other_unit(std::uint32_t unit, Random& random) const;
  void edit_body(Article& article, const Article& parent) const;
  void credit_copy(Article& article, const Article& parent) const;
  void title_copy(Article& article, const Article& parent) const;
  void finish(Article& article, const GenerateOptions& options) const;
  [[nodiscard]] const Outlet& outlet_of(const Article& article) const;
  [[nodiscard]] Random random(Random::Stream stream, ArticleKey key) const;

  const GenerateOptions& options_;
  const BaseTexts& base_texts_;
  std::vector<std::uint32_t> base_numbers_;  // by unit
  Stock stock_;                              // of the base texts left over
  std::vector<Outlet> outlets_;              // papers, then agencies
  std::uint32_t papers_ = 0;
  std::uint32_t stories_ = 0;  // mega story included
};

}  // namespace wirecopy::generation

#include <algorithm>
#include <utility>

#include "batch/identity.h"
#include "wirecopy/batch.h"

namespace wirecopy {
namespace {

std::unique_ptr<const FoundArticle> article_of(const ParsedBlock& block, const Document& document,
                                               std::string_view id) {
  auto article = std::make_unique<FoundArticle>();
  article->document = document;
  article->id = id;
  article->document.id = article->id;
  article->memory = block.memory;
  return article;
}

}  // namespace

std::vector<std::unique_ptr<const FoundArticle>> find_articles(
    Reader& reader, const std::vector<std::string>& ids) {
  std::vector<std::unique_ptr<const FoundArticle>> found(ids.size());
  batch::Identities identities;
  std::uint32_t documents = 0;
  std::uint32_t input = 0;
  std::uint64_t rows_before = 0;
  std::string made_up;
  while (std::optional<RowBlock> rows = reader.next()) {
    const ParsedBlock block = reader.parse(*std::move(rows));
    if (std::exchange(input, block.input) != block.input) rows_before = 0;
    for (const Document& document : block.documents) {
      std::string_view id = batch::id_of(document, reader.inputs()[block.input].name,
                                         rows_before + document.row_in_block + 1, made_up);
      const batch::Identities::Answer answer =
          identities.identify(id, base::hash64_long(document.text), documents);
      if (answer.repeats) continue;
      ++documents;
      if (!answer.renamed.empty()) id = answer.renamed;
      const auto wanted = std::find(ids.begin(), ids.end(), id);
      if (wanted == ids.end()) continue;
      found[static_cast<std::size_t>(wanted - ids.begin())] = article_of(block, document, id);
    }
    rows_before += block.rows;
  }
  return found;
}

}  // namespace wirecopy

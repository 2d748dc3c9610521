#include "batch/identity.h"

#include <fmt/format.h>

namespace wirecopy::batch {

std::string_view id_of(const Document& document, std::string_view input_name,
                       std::uint64_t row_number, std::string& made_up) {
  if (!document.id.empty()) return document.id;
  if (!document.url.empty()) return document.url;
  made_up = std::string(input_name) + ":" + std::to_string(row_number);
  return made_up;
}
namespace {

base::Hash128 version_key(const base::Hash128& id_hash, std::uint64_t text_hash) {
  const base::Hash128 words[2] = {id_hash, {text_hash, 0}};
  return base::hash128({reinterpret_cast<const char*>(words), sizeof(words)});
}

}  // namespace

Identities::Answer Identities::identify(std::string_view id, std::uint64_t text_hash,
                                        std::uint32_t document) {
  const base::Hash128 id_hash = base::hash128(id);
  const auto [holder, is_new] = holders_.try_emplace(id_hash, Holder{document, text_hash});
  if (is_new) return {};
  if (holder.text_hash == text_hash) return {holder.document, {}};

  const auto [version, is_new_text] =
      versions_.try_emplace(version_key(id_hash, text_hash), document);
  if (!is_new_text) return {version->second, {}};

  // The counter of an id only grows, so 10^6 texts under one id stay linear.
  std::uint64_t& number = last_number_.try_emplace(id_hash, 1).first->second;
  std::string renamed;
  do {
    renamed = fmt::format("{}#{}", id, ++number);
  } while (!holders_.try_emplace(base::hash128(renamed), Holder{document, text_hash}).second);
  return {std::nullopt, std::move(renamed)};
}

}  // namespace wirecopy::batch

#include "batch/document_table.h"

#include <numeric>
#include <tuple>

#include "base/parallel.h"

namespace wirecopy::batch {
namespace {

// Inverts a list of documents in order into the place of each document.
std::vector<std::uint32_t> places(const std::vector<std::uint32_t>& ordered) {
  std::vector<std::uint32_t> place(ordered.size());
  for (std::uint32_t i = 0; i < ordered.size(); ++i) place[ordered[i]] = i;
  return place;
}

std::vector<std::uint32_t> all_documents(const DocumentTable& table) {
  std::vector<std::uint32_t> documents(table.size());
  std::iota(documents.begin(), documents.end(), 0U);
  return documents;
}

}  // namespace

std::uint32_t NameTable::number_of(std::string_view name) {
  const auto [entry, added] =
      numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (added) names_.push_back(&entry->first);
  return entry->second;
}

std::vector<std::uint32_t> rank_by_id(const DocumentTable& table) {
  std::vector<std::uint32_t> documents = all_documents(table);
  base::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return table.ids[left] < table.ids[right];
  });
  return places(documents);
}

std::vector<std::uint32_t> rank_by_time(const DocumentTable& table,
                                        const std::vector<std::uint32_t>& id_rank) {
  std::vector<std::uint32_t> documents = all_documents(table);
  base::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return std::tie(table.published[left], id_rank[left]) <
           std::tie(table.published[right], id_rank[right]);
  });
  return places(documents);
}

}  // namespace wirecopy::batch

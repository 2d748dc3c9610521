#include <algorithm>

#include "base/files.h"
#include "base/hash.h"
#include "learn/entries.h"

namespace wirecopy {
namespace {

std::string digest_of(const std::vector<BoilerplateEntry>& entries) {
  std::string text;
  text.reserve(32 * entries.size());
  for (const auto& [outlet, block] : entries) text += base::hex({outlet, block});
  return base::hex(base::hash128(text));
}

}  // namespace

Model::Entries::Entries(std::vector<BoilerplateEntry> entries, std::uint32_t model_number,
                        const BoilerplateRule& learned_by,
                        const std::optional<StockRule>& stock_learned_by)
    : sorted(std::move(entries)),
      number(model_number),
      rule(learned_by),
      stock_rule(stock_learned_by),
      digest(digest_of(sorted)),
      table(std::bit_ceil(2 * sorted.size() + 2)),
      shift(64U - static_cast<unsigned>(std::bit_width(table.size() - 1))) {
  for (const auto& [outlet, block] : sorted) {
    const std::uint64_t key = boilerplate_key(outlet, block);
    std::size_t at = key >> shift;
    while (table[at] != 0) at = (at + 1) & (table.size() - 1);
    table[at] = key;
  }
}

Model::Model() = default;
Model::Model(std::shared_ptr<const Entries> entries) noexcept : entries_(std::move(entries)) {}

bool Model::is_boilerplate(std::uint64_t outlet, std::uint64_t block) const noexcept {
  if (entries_ == nullptr) return false;
  return (outlet != 0 && entries_->has(boilerplate_key(outlet, block))) ||
         (knows_every_outlet() && entries_->has(boilerplate_key(0, block)));
}

bool Model::knows_every_outlet() const noexcept {
  return entries_ != nullptr && !entries_->sorted.empty() && entries_->sorted.front().outlet == 0;
}

Model Model::with(std::span<const StockText> known) const {
  if (known.empty()) return *this;
  std::vector<BoilerplateEntry> entries;
  if (entries_ != nullptr) entries = entries_->sorted;
  for (const auto& [source, utf8] : known) {
    const NormalizedText text = normalize(utf8);
    const auto letters = static_cast<std::uint32_t>(text.letters().size());
    if (letters == 0) continue;
    const Block whole{BlockKind::paragraph, {0, letters}, 0};
    entries.push_back({outlet_hash(source), block_hash(text, whole)});
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return ModelAccess::make(std::move(entries), number(),
                           entries_ != nullptr ? entries_->rule : BoilerplateRule{},
                           entries_ != nullptr ? entries_->stock_rule : std::nullopt);
}

Model Model::with_stock(std::span<const std::uint64_t> blocks, const StockRule& rule) const {
  if (blocks.empty()) return *this;
  std::vector<BoilerplateEntry> entries;
  if (entries_ != nullptr) entries = entries_->sorted;
  for (const std::uint64_t block : blocks) entries.push_back({0, block});
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return ModelAccess::make(std::move(entries), number(),
                           entries_ != nullptr ? entries_->rule : BoilerplateRule{}, rule);
}

std::uint32_t Model::number() const noexcept { return entries_ != nullptr ? entries_->number : 0; }

std::size_t Model::size() const noexcept {
  return entries_ != nullptr ? entries_->sorted.size() : 0;
}

std::string Model::digest() const { return entries_ != nullptr ? entries_->digest : digest_of({}); }

Model Model::load(const std::string& path) { return parse(base::read_file(path), path); }

void Model::save(const std::string& path) const {
  base::OutputFile file = base::OutputFile::at(path, true);
  file.write(rows());
  file.complete();
  file.commit();
}

}  // namespace wirecopy

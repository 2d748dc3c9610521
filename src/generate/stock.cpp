#include "generate/stock.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "wirecopy/error.h"

namespace wirecopy::generation {
namespace {

std::uint32_t copies(const GenerateOptions& options) {
  return static_cast<std::uint32_t>(options.stock_documents *
                                    Rate::of(options.stock_copies).millionths / Rate::kOne);
}

std::size_t passages_for(const GenerateOptions& options) {
  if (options.stock_documents == 0) return 0;
  return std::size_t{options.stock_blocks} + options.stock_documents - copies(options);
}

}  // namespace

Stock::Stock(const GenerateOptions& options, const BaseTexts& base_texts,
             std::span<const std::uint32_t> numbers, const std::atomic<bool>* stop)
    : copied_(copies(options)),
      share_(Rate::of(options.stock_share)),
      passages_(base_texts, numbers, passages_for(options), stop) {
  if (passages_.size() < passages_for(options)) {
    throw Error(ErrorCode::input,
                fmt::format("{} stock documents need {} passages of 150 letters or more and 60 "
                            "words or less that resemble no other, but the base texts that are not "
                            "used otherwise have {}: give more base texts or ask for fewer",
                            options.stock_documents, passages_for(options), passages_.size()));
  }
  if (options.stock_documents == 0) return;
  originals_ = options.stock_documents - copied_;
  for (std::uint32_t block = 0; block < options.stock_blocks; ++block) {
    blocks_.push_back(make_piece(passages_.at(block), Part::stock));
  }
}

std::vector<Piece> Stock::own_passage(std::uint32_t original) const {
  return {make_piece(passages_.at(blocks_.size() + original), Part::body)};
}

void Stock::surround(std::vector<Piece>& body, Random& random) const {
  std::uint64_t own = 0;
  for (const Piece& piece : body) own += piece.letters;
  std::vector<std::uint32_t> left(blocks_.size());
  std::iota(left.begin(), left.end(), 0U);
  std::vector<Piece> document;
  for (std::uint64_t stock = 0;
       !left.empty() && stock * (Rate::kOne - share_.millionths) < own * share_.millionths;) {
    std::swap(left.back(), left[static_cast<std::size_t>(random.below(left.size()))]);
    const Piece& block = blocks_[left.back()];
    left.pop_back();
    stock += block.letters;
    document.push_back(block);
  }
  const std::uint64_t at = random.between(0, document.size());
  document.insert(document.begin() + static_cast<std::vector<Piece>::difference_type>(at),
                  std::make_move_iterator(body.begin()), std::make_move_iterator(body.end()));
  body = std::move(document);
}

}  // namespace wirecopy::generation

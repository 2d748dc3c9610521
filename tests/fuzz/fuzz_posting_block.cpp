// Any bytes → a block of postings that can be packed again, or Error(damaged) and nothing else.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "index/posting_block.h"
#include "wirecopy/error.h"

namespace {

using wirecopy::batch::Stored;
using wirecopy::index::Posting;

constexpr wirecopy::index::PostingBlocks kBlocks(20);

void find_all(std::string_view block, const std::vector<Posting>& postings) {
  std::vector<std::uint32_t> suffixes;
  for (const Posting& each : postings) suffixes.push_back(each.suffix);
  suffixes.erase(std::unique(suffixes.begin(), suffixes.end()), suffixes.end());
  std::size_t documents = 0;
  kBlocks.find(block, suffixes,
               [&](std::size_t, std::span<const Stored> found) { documents += found.size(); });
  if (documents != postings.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view block(reinterpret_cast<const char*>(data), size);
  std::vector<Posting> postings;
  try {
    kBlocks.decode(block, postings);
  } catch (const wirecopy::Error& error) {
    if (error.code() != wirecopy::ErrorCode::damaged) std::abort();
    return 0;
  }
  if (postings.empty() || !std::is_sorted(postings.begin(), postings.end())) std::abort();
  find_all(block, postings);
  const std::string again = kBlocks.encode(postings);
  std::vector<Posting> same;
  kBlocks.decode(again, same);
  if (same != postings) std::abort();
  const std::vector<std::string_view> twice{again, block};
  if (kBlocks.join(twice) != again) std::abort();
  return 0;
}

// Bytes of JSONL, CSV, TSV or .txt → documents. The first byte chooses format and limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "read/parse.h"
#include "read/row_source.h"
#include "wirecopy/error.h"

namespace {

using namespace wirecopy;

void require(bool holds) {
  if (!holds) std::abort();
}

// A block of one .txt file.
bool fill_text(std::string_view bytes, BlockMemory& block) {
  block.format = Format::txt;
  block.bytes.append(bytes);
  block.records.push_back({0, bytes.size(), "name"});
  return true;
}

void check_document(const Document& document, const ParsedBlock& parsed, const ParsedBlock& again) {
  require(base::valid_utf8(document.row));
  require(base::valid_utf8(document.text));
  require(base::valid_utf8(document.id));
  require(base::valid_utf8(document.byline));
  require(base::valid_utf8(document.source));
  require(document.repaired() == (document.row != document.original));
  require(document.row_in_block < parsed.rows);
  require(document.text_json.data() > document.row.data());
  require(document.text_json.data()[-1] == '"');
  require(document.text_json.data()[document.text_json.size()] == '"');
  require(document.text_json.size() >= document.text.size());
  require(again.documents.size() == 1);
  require(again.documents[0].text == document.text);
  require(again.documents[0].row == document.row);
  require(again.documents[0].id == document.id);
}

void check_block(const ParsedBlock& parsed, read::BlockPool& pool, const read::RowRules& rules,
                 const std::shared_ptr<const read::FieldPlan>& plan) {
  const auto damages = std::count_if(
      parsed.rejected.begin(), parsed.rejected.end(),
      [](const Rejected& row) { return row.reason == RejectReason::archive_damaged; });
  require(parsed.rows + static_cast<std::uint64_t>(damages) ==
          parsed.documents.size() + parsed.rejected.size());
  for (const Document& document : parsed.documents) {
    std::shared_ptr<BlockMemory> block = pool.take();
    block->plan = plan;
    check_document(document, parsed,
                   read::parse_single(0, document.original, std::move(block), rules));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto format = static_cast<Format>(data[0] & 3U);
  const std::uint64_t limit = (data[0] & 4U) != 0 ? 40 : 1U << 20U;
  const std::size_t piece = (data[0] & 8U) != 0 ? 3 : 4096;
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

  static const read::Outlets outlets(
      std::vector<std::pair<std::string, std::string>>{{"example.org", "Example"}});
  static const auto plan =
      std::make_shared<const read::FieldPlan>(read::with_overrides(field_preset("hf"), {}));
  static const auto pool = std::make_shared<read::BlockPool>();
  const read::RowRules rules{limit, limit, &outlets};

  std::shared_ptr<BlockMemory> block = pool->take();
  block->plan = plan;
  if (format == Format::txt) {
    fill_text(bytes, *block);
    check_block(read::parse_block(0, std::move(block), rules), *pool, rules, plan);
    return 0;
  }
  try {
    const auto source = read::open_stream(
        [&](std::span<char> into) {
          const std::size_t count = std::min({into.size(), bytes.size(), piece});
          bytes.copy(into.data(), count);
          bytes.remove_prefix(count);
          return count;
        },
        "fuzzed", format, {limit, limit, 200, nullptr});
    while (source->fill(*block)) {
      block->plan = plan;
      check_block(read::parse_block(0, std::move(block), rules), *pool, rules, plan);
      block = pool->take();
    }
  } catch (const Error&) {  // bzip2, xz, or carriage returns alone
  }
  return 0;
}

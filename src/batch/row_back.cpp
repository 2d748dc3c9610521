#include "batch/row_back.h"

namespace wirecopy::batch {

RowReader::RowReader(const Told& told, bool parse_all) : told_(told), parse_all_(parse_all) {
  if (!told.rule.cut) return;
  cuts_stock_ = told.rule.cut->kinds.has(RepeatKind::boilerplate) && told.findings.model.size() > 0;
  cutters_.emplace([&] { return RowCutter(*told.rule.cut, told.findings.model); });
}

void RowReader::read(RowBack& back) {
  const RowOrigin& origin = origin_of(back.accepted, told_.corpus.documents);
  told_.corpus.rows.row(origin.place, back.row);
  const bool kept =
      back.accepted.repeated == nullptr && told_.findings.kept(back.accepted.document);
  const bool cuts = kept && may_be_cut(back.accepted.document);
  if (!parse_all_ && !(kept && (origin.repaired || cuts))) return;
  back.parsed = told_.reader.parse_row(origin.place.input, back.row);
  if (cuts) back.cut = cutters_->local().cut(back.parsed.documents.front());
}

// What has no repeat at first has none later.
bool RowReader::may_be_cut(std::uint32_t document) const {
  if (!told_.rule.cut) return false;
  if (cuts_stock_) return true;
  for (const FoundRepeat& found : told_.corpus.repeats.of(document)) {
    if (told_.rule.cut->kinds.has(found.found.kind)) return true;
  }
  return false;
}

}  // namespace wirecopy::batch

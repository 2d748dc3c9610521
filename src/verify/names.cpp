#include "wirecopy/verify.h"

namespace wirecopy {

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::identical:
      return "identical";
    case Verdict::unrelated:
      return "unrelated";
    case Verdict::boilerplate_only:
      return "boilerplate_only";
    case Verdict::template_match:
      return "template_match";
    case Verdict::quote_only:
      return "quote_only";
    case Verdict::near_duplicate:
      return "near_duplicate";
    case Verdict::abridged:
      return "abridged";
    case Verdict::expanded:
      return "expanded";
    case Verdict::derived:
      return "derived";
    case Verdict::passage_reuse:
      break;
  }
  return "passage_reuse";
}

std::string_view name_of(PassageKind kind) noexcept {
  switch (kind) {
    case PassageKind::boilerplate:
      return "boilerplate";
    case PassageKind::quote:
      return "quote";
    case PassageKind::caption:
      return "caption";
    case PassageKind::headline:
      return "headline";
    case PassageKind::lead:
      return "lead";
    case PassageKind::body:
      break;
  }
  return "body";
}

}  // namespace wirecopy

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "batch/judge_pairs.h"
#include "batch/print_columns.h"
#include "batch/propose.h"
#include "wirecopy/batch.h"
#include "wirecopy/collapse.h"
#include "wirecopy/sketch.h"

namespace wirecopy {
namespace {

using Proposal = Explanation::Proposal;

std::uint32_t agreeing_bands(const Signature& a, const Signature& b, const Banding& banding) {
  const std::span<const std::uint16_t> lanes_a = a.lanes;
  const std::span<const std::uint16_t> lanes_b = b.lanes;
  const std::size_t rows = banding.rows();
  std::uint32_t agreeing = 0;
  for (std::size_t band = 0; band < banding.bands(); ++band) {
    const auto row = lanes_b.subspan(band * rows, rows);
    agreeing += std::ranges::equal(lanes_a.subspan(band * rows, rows), row) ? 1U : 0U;
  }
  return agreeing;
}

std::uint32_t shared(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::vector<std::uint64_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<std::uint32_t>(both.size());
}

// Fingerprints of one article: all of them, and those that vote.
struct Votes {
  std::vector<std::uint64_t> all;     // distinct
  std::vector<std::uint64_t> voting;  // distinct
  Fingerprints given;                 // to the probe
};

Votes votes_of(const Document& document, const MarkedText& marked, const Recipe& recipe,
               const Model& model) {
  const Fingerprints fingerprints = Fingerprinter(*recipe.winnowing).fingerprint(marked.text);
  batch::PrintsBuffer prints;
  std::vector<Block> sentences;
  prints.add(fingerprints, marked.text,
             stock_blocks(document.text, marked.text, marked.blocks, sentences),
             !document.source.empty() || model.knows_every_outlet());
  Votes votes;
  batch::votes_of(prints.prints_of(0), outlet_hash(document.source), model, votes.given);
  for (const Fingerprint& each : fingerprints.values) votes.all.push_back(each.name);
  for (const Fingerprint& each : votes.given.values) votes.voting.push_back(each.name);
  votes.all = batch::distinct(std::move(votes.all));
  votes.voting = batch::distinct(std::move(votes.voting));
  return votes;
}

void propose_by_prints(const Votes& a, const Votes& b, const Recipe& recipe, Probing probing,
                       Proposal& proposal) {
  proposal.shared = shared(a.voting, b.voting);
  proposal.shared_masked = shared(a.all, b.all) - proposal.shared;
  proposal.votes_a = static_cast<std::uint32_t>(a.voting.size());
  proposal.votes_b = static_cast<std::uint32_t>(b.voting.size());
  proposal.masked_a = static_cast<std::uint32_t>(a.all.size() - a.voting.size());
  proposal.masked_b = static_cast<std::uint32_t>(b.all.size() - b.voting.size());
  probing.kept = recipe.winnowing->kept;
  Probe probe(probing);
  probe.add(0, a.given);
  probe.add(1, b.given);
  constexpr std::array<std::uint32_t, 2> kOrder{0, 1};
  constexpr std::array<std::uint64_t, 2> kHashes{0, 1};
  proposal.by_fingerprints = !std::move(probe).propose(kOrder, kHashes).pairs.empty();
}

void propose_by_bands(const ShingleSet& a, const ShingleSet& b, const Recipe& recipe,
                      Millionths threshold, Proposal& proposal) {
  proposal.of_bands = recipe.banding.bands();
  if (a.empty() || b.empty()) return;
  const Sketcher sketcher(recipe.shingling.key);
  const std::array<Signature, 2> signatures{sketcher.sketch(a), sketcher.sketch(b)};
  constexpr std::array<std::uint32_t, 2> kBoth{0, 1};
  proposal.bands = agreeing_bands(signatures[0], signatures[1], recipe.banding);
  proposal.by_bands =
      !candidates(kBoth, signatures, kBoth, recipe.banding, batch::band_options(threshold))
           .pairs.empty();
}

// What does not vote: boilerplate, and what the article says twice.
void mask(const Document& document, const Model& model, const MatchRule& rule, MarkedText& marked) {
  std::vector<Block> sentences;
  marked.masked = masked_ranges(model, document.source, marked.text,
                                stock_blocks(document.text, marked.text, marked.blocks, sentences));
  if (!rule.repeats) return;
  RepeatFinder finder(*rule.repeats);
  batch::mask_repeats(document, marked, finder, marked.masked);
}

}  // namespace

Explanation explain(const Document& a, const Document& b, const Recipe& recipe,
                    const MatchRule& rule) {
  Explanation found;
  mark(a.text, found.a);
  mark(b.text, found.b);
  const Model model = rule.model.value_or(Model()).with(rule.known_stock);
  mask(a, model, rule, found.a);
  mask(b, model, rule, found.b);
  found.time = order_in_time(a.published, b.published);
  found.credits_a = find_credits(a.text, a.title, a.byline);
  found.credits_b = find_credits(b.text, b.title, b.byline);
  found.title_change = compare_titles(a.title, b.title);

  const ShingleSet shingles_a = shingle(found.a.text, recipe.shingling);
  const ShingleSet shingles_b = shingle(found.b.text, recipe.shingling);
  found.similarity = compare(shingles_a, shingles_b);
  Proposal& proposal = found.proposal;
  proposal.equal_letters =
      !found.a.text.letters().empty() && found.a.text.letters() == found.b.text.letters();
  propose_by_bands(shingles_a, shingles_b, recipe, rule.threshold, proposal);
  proposal.outside_window = batch::outside_window(found.time, rule);
  if (recipe.winnowing) {
    propose_by_prints(votes_of(a, found.a, recipe, model), votes_of(b, found.b, recipe, model),
                      recipe, rule.probing, proposal);
    const bool same_outlet = !a.source.empty() && a.source == b.source;
    found.comparison = Judge(found.a, rule.judge).judge(found.b, same_outlet);
  }
  return found;
}

}  // namespace wirecopy

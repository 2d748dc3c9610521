// The run as a whole: the way of the data, top to bottom.
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "batch/find.h"
#include "batch/findings.h"
#include "batch/ingest.h"
#include "batch/learn_every_outlet.h"
#include "batch/night.h"
#include "batch/over_nights.h"
#include "batch/run_night.h"
#include "batch/settings.h"
#include "batch/settle.h"
#include "batch/stock.h"
#include "batch/tell.h"
#include "batch/watch.h"
#include "wirecopy/batch.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using batch::Corpus;
using batch::Findings;
using batch::Orders;

constexpr std::uint64_t kLeastMemory = std::uint64_t{256} << 20U;
constexpr std::int64_t kSecondsADay = 86'400;

// The day in the middle of the interval in which each document was published.
std::vector<std::optional<std::int32_t>> days_of(const batch::DocumentTable& table) {
  std::vector<std::optional<std::int32_t>> days(table.size());
  for (std::uint32_t d = 0; d < days.size(); ++d) {
    const std::optional<TimeInterval> time = table.time(d);
    if (!time) continue;
    const std::int64_t middle = time->earliest + (time->latest - time->earliest) / 2;
    days[d] =
        static_cast<std::int32_t>((middle - (middle < 0 ? kSecondsADay - 1 : 0)) / kSecondsADay);
  }
  return days;
}

// The Model that was given, or what the first pass saw.
Model model_of(const batch::Sought& sought, Learner&& learner, const Groups& groups) {
  if (sought.rule.model) return sought.rule.model->with(sought.rule.known_stock);
  const std::vector<std::optional<std::int32_t>> days = days_of(sought.corpus.documents);
  const batch::Night* night = sought.corpus.night;
  const std::uint32_t number = night == nullptr ? 1 : night->archive().model().number() + 1;
  const Model model =
      std::move(learner).learn(groups.representative, days, number).with(sought.rule.known_stock);
  return batch::learn_every_outlet(sought, groups, days, model);
}

// Captions under articles that are of different stories.
void add_stock_captions(const batch::Sought& sought, Findings& findings) {
  std::vector<std::uint32_t> story = findings.groups.representative;
  for (const batch::FoundCluster& cluster : findings.clusters) {
    for (const batch::FoundMember& member : cluster.members) story[member.document] = cluster.first;
  }
  std::vector<batch::FoundStock> captions = batch::find_stock_captions(sought, story);
  std::move(captions.begin(), captions.end(), std::back_inserter(findings.stock));
}

Findings find(const batch::Sought& sought, Learner&& learner, Sink& sink, Summary& summary) {
  Findings findings;
  collapse_copies(sought, findings);
  if (!sought.recipe.winnowing) {
    find_near(sought, findings, summary);
    add_stock_captions(sought, findings);
    return findings;
  }
  findings.model = model_of(sought, std::move(learner), findings.groups);
  const Model& model = findings.model;
  summary.model = model.digest();
  summary.model_number = model.number();
  if (sink.wants(Output::model)) sink.whole(Output::model, model.rows());
  find_copies(sought, model, findings, summary);
  findings.stock = batch::find_boilerplate(sought, model);
  add_stock_captions(sought, findings);
  return findings;
}

// Boilerplate is learned where nobody says what it is.
Learner* learner_of(Learner& learner, const MatchRule& rule) {
  return rule.model ? nullptr : &learner;
}

// Makes ready what the archive has to do with what was read.
void take_in_stored(batch::Night& night, const batch::NightOrder& order, const Recipe& recipe,
                    const MatchRule& rule, const Limits& limits, Learner* learner, Corpus& corpus) {
  corpus.stored.begin(order.archive, corpus.documents);
  if (order.fresh) night.readmit_all(order.all);
  const std::vector<batch::Stored> again = order.fresh ? order.all : night.readmitted();
  batch::readmit(again, recipe, rule, limits, learner, corpus);
  night.keep_identities(corpus);
  corpus.stored.begin_settled();
  if (!order.fresh) night.load_equal(corpus);
}

Summary::Night count_night(const batch::Night& night, const batch::NightOrder& order,
                           const Corpus& corpus, const Findings& findings) {
  Summary::Night counts;
  const bool changes = corpus.stored.settled_begin() > 0 || !night.gone().empty();
  counts.generation = changes ? night.archive().generation() : order.current;
  counts.versions = night.versions();
  counts.gone = night.taken_out();
  counts.articles =
      night.archive().documents() - night.gone().size() + corpus.stored.settled_begin();
  for (const batch::FoundCluster& cluster : findings.clusters) {
    if (cluster.told) counts.weak += cluster.weak.size();
  }
  return counts;
}

Summary run(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
            Sink& sink, const batch::NightOrder* order) {
  Summary summary;
  for (const InputInfo& input : reader.inputs()) summary.inputs.push_back(input.path);
  summary.expected_recall = recipe.banding.probability(rule.threshold.value() / 1e6);
  summary.settings = batch::settings_of(recipe, rule);

  Corpus corpus(reader, limits);
  std::optional<batch::Night> night;
  if (order != nullptr) {
    corpus.night = &night.emplace(order->archive, order->gone, order->ids_from_texts);
  }
  Learner learner;
  batch::ingest(reader, recipe, rule, limits, learner_of(learner, rule), sink, summary, corpus);
  if (night) {
    take_in_stored(*night, *order, recipe, rule, limits, learner_of(learner, rule), corpus);
  }
  corpus.finish();
  Orders orders = batch::orders_of(corpus.documents, rule.keep);
  const batch::Sought sought{reader, corpus, orders, recipe, rule, limits};
  Findings findings = find(sought, std::move(learner), sink, summary);
  if (rule.cut) batch::settle(sought, findings, summary);
  batch::name_clusters(corpus, orders, findings.clusters);
  std::vector<batch::ClusterChange> changes;
  if (night) {
    changes = batch::changes_of(corpus, findings.clusters);
    summary.night = count_night(*night, *order, corpus, findings);
  }

  const batch::Told told{reader, corpus, orders, findings, rule, limits};
  tell_clusters(told, sink, summary);
  tell_pairs(told, sink, summary);
  tell_repeats(told, sink, summary);
  tell_rows(told, sink, summary);
  if (night) tell_changes(changes, sink, summary);
  if (sink.wants(Output::outlets)) sink.whole(Output::outlets, findings.outlets);
  if (night && summary.night->generation != order->current) {
    harvest(sought, findings, order->fresh, order->harvest);
  }
  corpus.rows.check_unchanged();
  batch::check_stop(limits);
  sink.finish(summary);
  return summary;
}

Summary run_in_threads(Reader& reader, const Recipe& recipe, const MatchRule& rule,
                       const Limits& limits, Sink& sink, const batch::NightOrder* order) {
  if (limits.memory_bytes < kLeastMemory) {
    throw Error(ErrorCode::usage, "the memory limit must be at least 256 MiB");
  }
  base::Threads threads(limits.threads);
  return threads.run([&] { return run(reader, recipe, rule, limits, sink, order); });
}

}  // namespace

Summary dedup(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
              Sink& sink) {
  return run_in_threads(reader, recipe, rule, limits, sink, nullptr);
}

Summary batch::run_night(Reader& reader, const Recipe& recipe, const MatchRule& rule,
                         const Limits& limits, Sink& sink, const NightOrder& order) {
  if (!recipe.winnowing) {
    throw Error(ErrorCode::usage, "the preset corpus aligns nothing and has no index");
  }
  return run_in_threads(reader, recipe, rule, limits, sink, &order);
}

}  // namespace wirecopy

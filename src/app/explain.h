/// explain as one call: what two articles are of each other, or why they are not.
#pragma once

#include <string>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"
#include "app/word_diff.h"
#include "wirecopy/batch.h"

namespace wirecopy::app {

/// Two articles and what a run would make of them.
struct Explained {
  std::unique_ptr<const FoundArticle> a;  ///< The earlier one, else that with the smaller id.
  std::unique_ptr<const FoundArticle> b;
  Recipe recipe;
  MatchRule rule;
  Explanation explanation;
  bool model_known = true;  ///< False: nothing says what is boilerplate.
};

/// `arguments` are the ids of two articles and where they are found: inputs, or the folder of a
/// finished run, which says by what settings and Model its own inputs are to be judged. Throws
/// Error.
[[nodiscard]] Explained explain(const std::vector<std::string>& arguments, Settings settings,
                                const Hooks& hooks);

/// For people: verdict, shares, order, credit, passages with the differing words marked, and how a
/// run would have found the pair. Lines of at most 100 characters where words allow it.
[[nodiscard]] std::string explanation_in_words(const Explained& explained,
                                               const DiffMarks& marks = {});

/// One line of JSON.
[[nodiscard]] std::string explanation_as_json(const Explained& explained);

}  // namespace wirecopy::app

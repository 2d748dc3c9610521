/// query as one call: where a text ran.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/settings.h"
#include "wirecopy/index.h"

namespace wirecopy::app {

/// What is asked beside the text, from the settings. Throws Error(usage).
[[nodiscard]] Query query_of(const Settings& settings);

/// One text that is asked for: pasted or read, or that of a stored article.
struct Asked {
  std::string name;  ///< The id of the article or of the row; empty = none.
  std::string text;  ///< Empty for a stored article.
  bool stored = false;
};

/// Answers all of `asked` on as many threads as the setting says, and hands the answers over in
/// order: in words, or as a line of JSON each. Returns how many of them have a match.
std::size_t answer_all(const Index& index, const std::vector<Asked>& asked,
                       const Settings& settings, bool colors,
                       const std::function<void(std::string_view)>& write);

/// The texts of a file of queries: rows {"text": …}, with an id or not. Throws Error.
[[nodiscard]] std::vector<Asked> read_queries(const std::string& path);

/// For people: each match with its verdict, shares, source, date and the lines that match, marked.
[[nodiscard]] std::string answer_in_words(const Asked& asked, std::string_view text,
                                          const QueryResult& result, bool colors);
/// One line of JSON.
[[nodiscard]] std::string answer_as_json(const Asked& asked, std::string_view text,
                                         const QueryResult& result);

}  // namespace wirecopy::app

/// One line a run, for a log. Control characters are spelled out; no line holds text of an article.
#pragma once

#include <string>

#include "app/night_record.h"

namespace wirecopy::app {

/// "2026-03-04T02:30:00Z add /srv/index: exit 0 after 312.4 s: 41,203 in, …\n"
[[nodiscard]] std::string log_line_in_words(const NightRecord& record);
/// {"start", "end", "seconds", "verb", "index", "exit", "error", and, unless it failed, "rows",
/// "clusters", "weak", "capped", "versions", "gone", "unknown", "generation", "articles"}
[[nodiscard]] std::string log_line_as_json(const NightRecord& record);

/// "2026-03-04T02:30:00Z", of milliseconds since 1970.
[[nodiscard]] std::string instant_text(std::int64_t milliseconds);
/// "312.400", of milliseconds.
[[nodiscard]] std::string seconds_text(std::int64_t milliseconds);

}  // namespace wirecopy::app

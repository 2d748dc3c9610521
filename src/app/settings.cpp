#include "app/settings.h"

#include <array>

namespace wirecopy::app {
namespace {

constexpr double kMaxCount = 1e15;
constexpr double kMaxTexts = 1e7;  // of a generated corpus

constexpr auto kSettings = std::to_array<Setting>({
    {"out", SettingKind::text, "DIR", "", 0, 0,
     "dedup clean undo generate index-add index-remove index-forget index-expire index-relearn",
     "undo: Write the rows to this file instead of standard output\n"
     "index-add index-remove index-forget index-expire index-relearn: Folder for the files of this "
     "run (default: none are written)\n"
     "Folder for the files of this run"},
    {"preset", SettingKind::text, "NAME", "news", 0, 0, "dedup clean repeats explain index-create",
     "index-create: What is looked for: news (abridged, re-led and stitched copies), fast or broad "
     "(the same with less or more effort), ocr (scanned pages)\n"
     "What is looked for: news (abridged, re-led and stitched copies), fast or broad (the same "
     "with "
     "less or more effort), ocr (scanned pages), corpus (near-identical texts alone)"},
    {"threshold", SettingKind::share, "J", "0.8", 0.2, 1, "dedup clean repeats explain plan",
     "corpus: texts are copies from this Jaccard similarity of their 5-word shingles"},
    {"recall", SettingKind::share, "R", "0.95", 0.01, 0.999999, "dedup clean repeats explain plan",
     "corpus: share of the pairs at the threshold that must be found; higher costs time"},
    {"candidates", SettingKind::text, "WHO", "both", 0, 0,
     "dedup clean repeats explain index-create",
     "Who proposes pairs: both, band (near-identical texts) or probe (shared passages)"},
    {"min-share", SettingKind::share, "P", "", 0, 1, "dedup clean repeats explain index-create",
     "Least share of the shorter text's fingerprints that a pair has in common to be compared "
     "(default: by preset)"},
    {"window", SettingKind::count, "DAYS", "", 0, 1e6, "dedup clean repeats explain index-create",
     "Compare only articles published at most so many days apart (default: all)"},
    {"model", SettingKind::text, "FILE", "", 0, 0, "dedup clean repeats explain index-create",
     "explain: What is boilerplate of which outlet, as a run saved it; none = nothing (default: "
     "that of the run)\n"
     "index-create: What is boilerplate of which outlet, as a run saved it (default: the first add "
     "learns it)\n"
     "What is boilerplate of which outlet, as a run saved it; none = nothing (default: the run "
     "learns it)"},
    {"save-model", SettingKind::text, "FILE", "", 0, 0, "dedup clean",
     "Write the Model here too (it is always model.jsonl in the folder of the run)"},
    {"near-coverage", SettingKind::count, "PERCENT", "80", 1, 100,
     "dedup clean repeats explain index-create",
     "near_duplicate: coverage of both texts by passages of the other"},
    {"abridged-coverage", SettingKind::count, "PERCENT", "70", 1, 100,
     "dedup clean repeats explain index-create",
     "abridged, expanded: coverage of the shorter text"},
    {"derived-coverage", SettingKind::count, "PERCENT", "40", 1, 100,
     "dedup clean repeats explain index-create", "derived: coverage of the shorter text"},
    {"passage-letters", SettingKind::count, "N", "90", 25, 1000,
     "dedup clean repeats explain index-create",
     "Fewest letters of a passage that is no whole block"},
    {"same-outlet-bias", SettingKind::text, "SCORE", "0", 0, 0,
     "dedup clean repeats explain index-create",
     "Added to the score (0 to 1) of two articles of one outlet: -0.2 makes them harder to merge"},
    {"cluster", SettingKind::text, "HOW", "", 0, 0, "dedup clean repeats index-create",
     "average-link, star or components (default: average-link; corpus: star)"},
    {"merge-at", SettingKind::share, "SCORE", "0.3", 0.0001, 1, "dedup clean repeats index-create",
     "Least mean score of two groups that merge into one story"},
    {"max-lost", SettingKind::count, "N", "200", 0, kMaxCount, "dedup clean repeats index-create",
     "Keep an article if more of its letters, boilerplate left out, would be lost with it"},
    {"max-hashes", SettingKind::count, "N", "128", 2, 128, "plan",
     "Hashes of a signature that bands may use"},
    {"keep", SettingKind::text, "RULE", "first", 0, 0, "dedup clean index-add",
     "Which copy is kept: first (earliest published), longest, or sources=A,B"},
    {"drop", SettingKind::text, "LIST", "identical,near_duplicate", 0, 0, "clean",
     "Copies that go: some of identical, near_duplicate, abridged (nearly all of which stands in "
     "the longer copy), or none"},
    {"cut", SettingKind::text, "LIST", "trailer,caption_exact,caption_near,block", 0, 0, "clean",
     "Repeats that are cut from kept articles: also summary, headline, boilerplate; or none"},
    {"phrase-words", SettingKind::count, "N", "12", 4, 1000, "dedup clean repeats",
     "phrase: fewest words that are said again"},
    {"caption-words", SettingKind::count, "N", "60", 4, 160, "dedup clean repeats",
     "caption_exact, caption_near: most words of a caption"},
    {"caption-coverage", SettingKind::count, "PERCENT", "80", 50, 100, "dedup clean repeats",
     "caption_near: so much of the shorter caption stands in the longer one"},
    {"headline-coverage", SettingKind::count, "PERCENT", "90", 50, 100, "dedup clean repeats",
     "headline: so much of the title stands at the head of a block"},
    {"summary-coverage", SettingKind::count, "PERCENT", "60", 40, 100, "dedup clean repeats",
     "summary: so many words of a highlight stand in one sentence, in order"},
    {"trailer-tail", SettingKind::count, "PERCENT", "15", 0, 100, "dedup clean repeats",
     "trailer: one glued to a sentence is sought in so much of a text at its end; 0 = nowhere"},
    {"stream", SettingKind::flag, "", "", 0, 0, "clean",
     "Clean row by row, from standard input unless INPUT is given, and write kept rows to standard "
     "output; --out DIR for the ledger. Copies are near-identical texts within --window-rows"},
    {"window-rows", SettingKind::count, "N", "10000", 1, 10'000'000, "clean",
     "stream: compare each row with at least so many kept rows before it"},
    {"dry-run", SettingKind::flag, "", "", 0, 0, "clean",
     "Write the ledger alone: what would go, and why"},
    {"dolma-attributes", SettingKind::text, "NAME", "", 0, 0, "clean",
     "Also write what is cut and dropped as Dolma attributes: DIR/attributes/NAME, a file for each "
     "input"},
    {"rules", SettingKind::text, "FILE", "", 0, 0, "dedup clean repeats explain index-create",
     "Passages known to be boilerplate, as 'wirecopy repeats --export-rules' writes them"},
    {"export-rules", SettingKind::text, "FILE", "", 0, 0, "repeats",
     "Write boilerplate and stock captions to a file to review, edit and give to --rules"},
    {"outputs", SettingKind::text, "LIST", "", 0, 0,
     "dedup index-add index-remove index-forget index-expire index-relearn",
     "dedup: Files to write, of clusters,pairs,passages,repeats,kept,ledger,rejected,outlets,"
     "model,summary (default: all)\n"
     "Files to write, of clusters,pairs,passages,repeats,kept,ledger,rejected,outlets,model,"
     "changes,summary (default: all)"},
    {"replace", SettingKind::flag, "", "", 0, 0,
     "dedup clean repeats undo generate index-add index-remove index-forget index-expire "
     "index-relearn",
     "Replace the files of a former run"},
    {"id", SettingKind::list, "ID", "", 0, 0, "undo index-add query",
     "query: Say where this stored article ran (may be given several times)\n"
     "index-add: from-text makes ids for rows with neither id nor url, of their text; without it "
     "such rows are rejected\n"
     "Undo only what was done to this article (may be given several times)"},
    {"reason", SettingKind::list, "WHY", "", 0, 0, "undo",
     "Undo only what was done for this reason: drop, cut, repeated, repair, a verdict such as "
     "near_duplicate, a kind of repeats such as trailer (may be given several times)"},
    {"ids", SettingKind::text, "FILE", "", 0, 0, "index-remove index-forget",
     "A file of ids, one a line"},
    {"metrics-file", SettingKind::text, "FILE", "", 0, 0,
     "index-add index-remove index-forget index-expire index-relearn",
     "Write how the run went for Prometheus, also if it fails; one file for each index"},
    {"log", SettingKind::text, "FILE", "", 0, 0,
     "index-add index-remove index-forget index-expire index-relearn",
     "Put a line at the end of this file that says how the run went"},
    {"log-format", SettingKind::text, "FORMAT", "plain", 0, 0,
     "index-add index-remove index-forget index-expire index-relearn", "Of --log: plain or json"},
    {"before", SettingKind::text, "DATE", "", 0, 0, "index-expire",
     "Take out what was published before this date for certain; undated articles stay"},
    {"to", SettingKind::count, "N", "", 1, 4e9, "index-rollback",
     "The generation to go back to, as 'wirecopy index stats' lists them"},
    {"source", SettingKind::text, "NAME", "", 0, 0, "query",
     "The outlet that the text is from: --same-outlet asks for it"},
    {"same-outlet", SettingKind::text, "HOW", "include", 0, 0, "query",
     "Articles of that outlet: include, only or exclude"},
    {"sources", SettingKind::text, "LIST", "", 0, 0, "query",
     "Only articles of these outlets, as in Herald,Echo"},
    {"from", SettingKind::text, "DATE", "", 0, 0, "query", "Only articles of this date or later"},
    {"until", SettingKind::text, "DATE", "", 0, 0, "query",
     "Only articles of this date or earlier"},
    {"min-coverage", SettingKind::share, "P", "0", 0, 1, "query",
     "Only articles that cover this share of the text"},
    {"limit", SettingKind::count, "N", "100", 1, 1e6, "query", "Matches to show, best first"},
    {"queries", SettingKind::text, "FILE", "", 0, 0, "query",
     "A file of many texts to ask for: rows as for dedup, with ids or without"},
    {"fail-on-match", SettingKind::flag, "", "", 0, 0, "query",
     "Exit with 1 if there is a match, for scripts"},
    {"format", SettingKind::text, "FORMAT", "", 0, 0,
     "dedup clean repeats explain generate index-add",
     "jsonl, csv, tsv or txt (default: by file name; jsonl for standard input)"},
    {"fields", SettingKind::text, "NAME", "", 0, 0,
     "dedup clean repeats explain generate index-add",
     "Field preset: wirecopy, cc-news, news-please, trafilatura, dolma, datatrove, hf (default: by "
     "the first rows)"},
    {"field", SettingKind::list, "NAME=PATH", "", 0, 0,
     "dedup clean repeats explain generate index-add",
     "Where a field is found: text=maintext, source=metadata.domain; an empty path switches it "
     "off"},
    {"aliases", SettingKind::text, "FILE", "", 0, 0,
     "dedup clean repeats explain generate index-add",
     "Names of sources, one 'name<TAB>name to use' a line"},
    {"key-file", SettingKind::text, "FILE", "", 0, 0,
     "dedup clean repeats explain index-create index-add index-remove index-forget index-expire "
     "index-relearn index-check index-rollback index-stats query",
     "dedup clean repeats explain: A private key of 32 hexadecimal digits instead of the published "
     "one\n"
     "index-create: The key to make it with, 32 hexadecimal digits (default: one is drawn)\n"
     "The key of the index, where it is not kept in its folder"},
    {"max-bad", SettingKind::count, "N", "", 0, kMaxCount, "dedup clean index-add",
     "Exit with 3 if more rows than this are rejected (default: no limit)"},
    {"max-ratio", SettingKind::count, "N", "200", 0, kMaxCount,
     "dedup clean repeats explain generate index-add",
     "Give up a compressed file that expands more than N:1; 0 = no limit"},
    {"threads", SettingKind::count, "N", "0", 0, 1024,
     "dedup clean repeats generate index-add index-remove index-forget index-expire index-relearn "
     "query",
     "Threads; 0 = as many as there are cores"},
    {"memory", SettingKind::size, "SIZE", "4G", 256.0 * 1024 * 1024, 1e15,
     "dedup clean repeats index-add index-remove index-forget index-expire index-relearn",
     "Memory to use, at least 256M; past it data goes to the work folder"},
    {"work-folder", SettingKind::text, "DIR", "", 0, 0,
     "dedup clean repeats generate index-add index-remove index-forget index-expire index-relearn",
     "index-add index-remove index-forget index-expire index-relearn: For scratch files without a "
     "name (default: the folder of --out, else that of the index)\n"
     "For scratch files without a name (default: the folder of --out)"},
    {"stories", SettingKind::count, "N", "10", 0, kMaxTexts, "report generate",
     "report: Clusters to show, largest first\n"
     "Stories that have copies"},
    {"truth", SettingKind::list, "FILE", "", 0, 0, "evaluate",
     "What is true: rows of pairs {a, b} with j, c or label, of clusters, passages or lineage, as "
     "'wirecopy generate' writes them; .jsonl, also compressed; or a folder of truth*.jsonl"},
    {"positive", SettingKind::text, "LIST", "", 0, 0, "evaluate",
     "Labels that count as true (default: all but none, non, event, template, boilerplate)"},
    {"min-jaccard", SettingKind::share, "J", "0", 0, 1, "evaluate",
     "Leave true pairs below this j out"},
    {"min-containment", SettingKind::share, "C", "0", 0, 1, "evaluate",
     "Leave true pairs below this c out"},
    {"verdict", SettingKind::text, "LIST", "", 0, 0, "evaluate query",
     "query: Only articles with these verdicts, as in identical,near_duplicate (default: all)\n"
     "Verdicts of found pairs that count, as in identical,near_duplicate (default: all whose score "
     "is above 0)"},
    {"missed", SettingKind::count, "N", "10", 0, kMaxCount, "evaluate", "Missed pairs to show"},
    {"bootstrap", SettingKind::count, "N", "1000", 0, 1e6, "evaluate",
     "Draws for intervals of 95 %; 0 = no intervals"},
    {"calibrate", SettingKind::flag, "", "", 0, 0, "evaluate",
     "Fit logistic weights for the score to half of the stories, and test them on the other half"},
    {"holdout", SettingKind::list, "RUN=TRUTH", "", 0, 0, "evaluate",
     "Another run, with its truth, to test the weights on"},
    {"seed", SettingKind::count, "N", "1", 0, kMaxCount, "evaluate generate",
     "evaluate: Another seed, other draws; the same seed, the same bytes\n"
     "Another seed, another corpus; the same seed, the same bytes"},
    {"singles", SettingKind::count, "N", "", 0, kMaxTexts, "generate",
     "Articles without copies (default: 8 for every 3 stories)"},
    {"template-families", SettingKind::count, "N", "", 0, 1e6, "generate",
     "Families of 4 to 12 tables that look alike but are no copies (default: one for every 10 "
     "stories)"},
    {"mega", SettingKind::count, "N", "0", 0, 100'000, "generate",
     "One more story, of so many articles; 0 = none"},
    {"stock-documents", SettingKind::count, "N", "0", 0, kMaxTexts, "generate",
     "Documents of one outlet, each made of its stock of blocks and a passage of its own"},
    {"stock-blocks", SettingKind::count, "N", "300", 1, 10'000, "generate",
     "Blocks in that stock, of at most 60 words"},
    {"stock-share", SettingKind::share, "P", "0.9", 0, 0.99, "generate",
     "Share of blocks in the letters of these documents"},
    {"stock-copies", SettingKind::share, "P", "0.01", 0, 0.5, "generate",
     "Of these documents those with the passage of another one: real copies"},
    {"outlets", SettingKind::count, "N", "14", 1, 500, "generate", "Outlets that print"},
    {"agency", SettingKind::list, "NAME", "", 0, 0, "generate",
     "An agency to credit (default: three invented ones)"},
    {"days", SettingKind::count, "N", "30", 1, 100'000, "generate",
     "Originals are published within so many days"},
    {"min-words", SettingKind::count, "N", "40", 0, kMaxTexts, "generate",
     "Leave shorter base texts out"},
    {"spread", SettingKind::share, "S", "0.6", 0, 0.95, "generate",
     "How often stories run: 1 + 1 / (1 - S) articles on average, so 3.5 for 0.6"},
    {"max-articles", SettingKind::count, "N", "500", 2, 100'000, "generate",
     "Articles of a story at most"},
    {"second-hand", SettingKind::share, "P", "0.1", 0, 1, "generate",
     "Copies made from another copy"},
    {"verbatim", SettingKind::share, "P", "0.1", 0, 1, "generate",
     "Copies that take the body over word for word"},
    {"abridged", SettingKind::share, "P", "0.65", 0, 1, "generate",
     "Of the other copies those that keep only the first part"},
    {"kept-least", SettingKind::share, "P", "0.25", 0, 1, "generate",
     "That part is at least this share of the letters, and 150 letters"},
    {"kept-most", SettingKind::share, "P", "0.9", 0, 1, "generate",
     "That part is at most this share of the letters"},
    {"inner-loss", SettingKind::share, "P", "0.35", 0, 1, "generate",
     "Copies that lose an inner sentence"},
    {"alien-lead", SettingKind::share, "P", "0.35", 0, 1, "generate",
     "Copies that begin with the lead of another story"},
    {"alien-sentences", SettingKind::share, "P", "0.3", 0, 1, "generate",
     "Copies with 1 to 3 sentences of another story inside"},
    {"replaced-words", SettingKind::share, "P", "0.04", 0, 1, "generate",
     "Words replaced: uniformly 0 to P, by copy"},
    {"credit-removed", SettingKind::share, "P", "0.3", 0, 1, "generate",
     "Copies that do not name the agency any more"},
    {"credit-changed", SettingKind::share, "P", "0.2", 0, 1, "generate",
     "Copies that name it in another way"},
    {"title-edited", SettingKind::share, "P", "0.3", 0, 1, "generate",
     "Copies with an edited title"},
    {"title-new", SettingKind::share, "P", "0.2", 0, 1, "generate", "Copies with a new title"},
    {"boilerplate", SettingKind::share, "P", "0.6", 0, 1, "generate",
     "Articles with header and trailer of their outlet"},
    {"stock", SettingKind::share, "P", "0.12", 0, 1, "generate",
     "Articles with one of 30 stock paragraphs"},
    {"captions", SettingKind::share, "P", "0.1", 0, 1, "generate",
     "Articles with a caption printed twice"},
    {"headline-lead", SettingKind::share, "P", "0.08", 0, 1, "generate",
     "Articles that print their title again as first line"},
    {"paragraph-twice", SettingKind::share, "P", "0.02", 0, 1, "generate",
     "Articles with a paragraph printed twice"},
    {"noise", SettingKind::share, "P", "0", 0, 0.5, "generate",
     "Character errors as of OCR: uniformly 0 to P, by article"},
    {"date-only", SettingKind::share, "P", "0.1", 0, 1, "generate",
     "Articles published without a time"},
    {"no-date", SettingKind::share, "P", "0.05", 0, 1, "generate",
     "Articles without a time of publication"},
    {"json", SettingKind::flag, "", "", 0, 0,
     "dedup clean repeats explain plan evaluate index-add index-remove index-forget index-expire "
     "index-relearn index-check index-stats query",
     "Print the result as JSON on standard output"},
    {"quiet", SettingKind::flag, "", "", 0, 0,
     "dedup clean repeats undo generate index-create index-add index-remove index-forget "
     "index-expire index-relearn index-rollback",
     "Say nothing but errors"},
});

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    if (words.substr(0, space) == word) return true;
    words.remove_prefix(space == words.npos ? words.size() : space + 1);
  }
  return false;
}

}  // namespace

bool Setting::belongs_to(std::string_view verb) const noexcept { return has_word(verbs, verb); }

std::string_view Setting::help_for(std::string_view verb) const noexcept {
  std::string_view rest = help;
  for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    const std::size_t colon = rest.find(": ");
    if (has_word(rest.substr(0, colon), verb)) return rest.substr(colon + 2, end - colon - 2);
    rest.remove_prefix(end + 1);
  }
  return rest;
}

std::span<const Setting> all_settings() noexcept { return kSettings; }

}  // namespace wirecopy::app

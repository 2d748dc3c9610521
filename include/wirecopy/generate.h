/// generate: base texts → a syndicated corpus of which the truth is known.
///
/// Idea: some base texts become *stories*: an original and copies of it, made by what outlets do to
/// wire copy (cut the end, lose a sentence, change the lead, add sentences, drop the credit), each
/// step a share that can be set. Others become *singles*, which nobody copied. *Template families*
/// are short tables with other numbers and names: alike, but no copies. *Stock documents* are those
/// of an outlet that fills its pages: blocks that it prints again and again, and a short passage
/// that nobody else has. How often a story runs follows H. Simon's rule ("On a class of skew
/// distribution functions", 1955): the more outlets have it, the likelier one more takes it, so a
/// few stories run everywhere and most in two or three places.
///
/// A base text that shares 30 % or more of its 5-word shingles with one earlier in the input is
/// left out, or the truth would be false. Same-event texts and house formulas of real base texts
/// stay in.
///
/// Everything is a pure function of the base texts, the options and the seed: the same bytes on any
/// machine, with any number of threads. Bodies, credits, titles, dress and noise draw from separate
/// streams, so that a corpus with more noise is the same corpus underneath.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "wirecopy/read.h"

namespace wirecopy {

/// How much of what. Shares lie in [0, 1]; 0 switches a step off without trace.
struct GenerateOptions {
  std::uint64_t seed = 1;
  std::uint32_t stories = 10;           ///< Stories with at least one copy.
  std::uint32_t singles = 27;           ///< Texts without copies.
  std::uint32_t template_families = 1;  ///< Of 4 to 12 tables each.
  std::uint32_t mega_articles = 0;  ///< Articles of one further story, at most 100,000; 0 = none.
  std::uint32_t outlets = 14;       ///< 1 … 500.
  std::uint32_t days = 30;          ///< Originals are published within so many days.
  std::uint32_t min_words = 40;     ///< Shorter base texts are left out.
  /// In [0, 0.95]. A story has 1 + 1 / (1 − spread) articles on average: 0.6 gives 3.5.
  double spread = 0.6;
  std::uint32_t max_articles = 500;   ///< Of a story, the original counted; 2 … 100,000.
  std::vector<std::string> agencies;  ///< Credited names; empty: three invented ones.

  // A copy, compared with what it was made from:
  double second_hand = 0.10;  ///< It was made from another copy, not from the original.
  double verbatim = 0.10;     ///< The body is taken over word for word; else:
  double abridged = 0.65;     ///< Only the first part is kept, uniformly between the next two …
  double kept_least = 0.25;   ///< … shares of the letters, but at least 150 letters.
  double kept_most = 0.90;
  double inner_loss = 0.35;       ///< One inner sentence is lost.
  double alien_lead = 0.35;       ///< It begins with the first sentence of another story.
  double alien_sentences = 0.30;  ///< 1 to 3 sentences of another story stand inside.
  double replaced_words = 0.04;   ///< Words replaced: uniformly 0 … this share, by copy.
  double credit_removed = 0.30;   ///< The agency is not named any more.
  double credit_changed = 0.20;   ///< It is named in another way.
  double title_edited = 0.30;
  double title_new = 0.20;

  // Any article:
  double boilerplate = 0.60;    ///< Header and trailer of its outlet.
  double stock = 0.12;          ///< One of 30 stock paragraphs.
  double captions = 0.10;       ///< A photo caption, printed twice.
  double headline_lead = 0.08;  ///< The title printed again as the first line.
  double paragraph_twice = 0.02;
  double noise = 0;         ///< Character errors as of OCR: uniformly 0 … this share, by article.
  double date_only = 0.10;  ///< Published without a time.
  double no_date = 0.05;

  // Stock documents, all of one outlet. Nothing else is put into them but noise.
  std::uint32_t stock_documents = 0;
  std::uint32_t stock_blocks = 300;  ///< Of 150 letters to 60 words; 1 … 10,000.
  double stock_share = 0.90;  ///< Of the letters, at least, if there are blocks enough; up to 0.99.
  double stock_copies = 0.01;  ///< Documents with the passage of another one; up to 0.5.
};

/// Where to and with what; never changes the bytes written.
struct GenerateTarget {
  std::string folder;  ///< Made if missing.
  bool replace = false;
  std::string work_folder;                  ///< For scratch files without a name; empty: `folder`.
  std::uint32_t threads = 0;                ///< 0 = as many as there are cores.
  const std::atomic<bool>* stop = nullptr;  ///< Set to true: throws Error(interrupted) soon.
};

/// What was read and made.
struct GenerateCounts {
  std::uint64_t base_texts = 0;  ///< Read.
  std::uint64_t too_short = 0;   ///< Of these left out: under `min_words`,
  std::uint64_t resembling = 0;  ///< or too like an earlier one.
  std::uint64_t rejected = 0;    ///< Rows that were no base texts.
  std::uint64_t articles = 0;    ///< Written; = the sum of the next five.
  std::uint64_t originals = 0;
  std::uint64_t copies = 0;
  std::uint64_t singles = 0;
  std::uint64_t templates = 0;
  std::uint64_t boilerplate = 0;   ///< Stock documents that have no copy and are none.
  std::vector<std::string> files;  ///< Paths written.
};

/// Writes into the folder, each file under its name only when all are complete:
///
/// - articles.jsonl {id, text, title, source, url, published, byline}, in the order of the true
///   time of publication; published may be a bare date or missing.
/// - truth.clusters.jsonl {cluster, kind: story|mega|single|template|boilerplate, members:[id]}:
///   every article once; the original first; each table of a template family and each stock
///   document alone, but one whose passage was copied is a story with its copy.
/// - truth.pairs.jsonl {a, b, label, kept}: `copy` (b was made from a; kept = share of a's letters
///   in the stretches of truth.passages), `sibling` (one story; kept null; only among the first 500
///   articles of a story), `template` (one family, no copies; kept null).
/// - truth.lineage.jsonl {id, parent, lag_seconds, title: same|edited|new, credit:
///   kept|changed|removed|none}: one row an article; all but id null for what is no copy.
/// - truth.passages.jsonl {a, b, a_begin, a_end, b_begin, b_end, kind: kept|alien}: runs of
///   sentences that b took from a: from its parent, or (alien) from the original of another story.
///   Code points of the texts as written. They differ by white space, replaced words and noise.
/// - truth.repeats.jsonl {id, kind: headline|caption_exact|caption_near|block|trailer, first:
///   [begin, end] or null where the twin is the title or there is none, repeat: [begin, end]}.
/// - generate.json: every setting, the seed, the counts.
///
/// Throws Error(usage) for options that contradict each other, Error(input) if the base texts do
/// not suffice, Error(output), Error(interrupted). Memory: some 25 bytes for every fourth word of
/// the base texts, 64 bytes an article, 600 bytes a stock document, and a few stories a thread.
/// Disk: scratch copies of the base texts and of articles.jsonl. Cost: about 70 µs an article of
/// one thread.
GenerateCounts generate(Reader& base_texts, const GenerateOptions& options,
                        const GenerateTarget& target);

}  // namespace wirecopy

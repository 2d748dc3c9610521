/// Small edits of wording.
#pragma once

#include <string>
#include <vector>

#include "generate/article.h"
#include "generate/random.h"

namespace wirecopy::generation {

/// Replaces about `rate` of the words by others that mean much the same (tables.h): fewer where the
/// table knows fewer of them (of news in English it knows some 10 %). In a text of which it knows
/// none, words are left out instead. Names and hyphenated words stay.
void replace_words(std::vector<Piece>& pieces, Rate rate, Random& random);

/// Replaces one word that the table knows; false if there is none.
bool replace_one_word(std::string& text, Random& random);

}  // namespace wirecopy::generation

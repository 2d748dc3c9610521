/// Base text → the pieces of a body: sentences in paragraphs.
#pragma once

#include <string_view>
#include <vector>

#include "generate/article.h"

namespace wirecopy::generation {

/// Splits a text into sentences. Hard-wrapped lines are joined (their paragraphs begin at a blank
/// or indented line), white space becomes single spaces, a dateline with an agency ("PARIS, March 3
/// (Agency) -") and a sign-off of up to three words at the end are left out: the copies get their
/// own. Sentences end at . ! ? before a space, and at 。！？; pieces of more than 400 characters
/// are cut. Nothing if there is no letter. Cost: about 3 ns a byte.
[[nodiscard]] std::vector<Piece> sentences_of(std::string_view text);

}  // namespace wirecopy::generation

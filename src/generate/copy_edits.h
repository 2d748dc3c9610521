/// What an outlet does to the body that it takes over.
#pragma once

#include <vector>

#include "generate/article.h"
#include "generate/random.h"
#include "wirecopy/generate.h"

namespace wirecopy::generation {

/// Body and alien pieces of a printed article as written, with their origin. Never empty.
[[nodiscard]] std::vector<Piece> take_over(const Article& from);

/// Keeps the first part, `least` … `most` of the letters, but at least 150 if there are as many.
void abridge(std::vector<Piece>& body, double least, double most, Random& random);

/// Loses one piece that is neither first nor last.
void lose_inner_sentence(std::vector<Piece>& body, Random& random);

/// Puts the first sentence of another story in front.
void add_alien_lead(std::vector<Piece>& body, const Article& donor);

/// Puts 1 to 3 sentences of another story, as a paragraph of their own, behind some piece.
void add_alien_sentences(std::vector<Piece>& body, const Article& donor, Random& random);

}  // namespace wirecopy::generation

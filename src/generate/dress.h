/// What an outlet puts around and into a body: its dress.
#pragma once

#include <string>
#include <vector>

#include "generate/article.h"
#include "generate/outlets.h"
#include "generate/random.h"
#include "wirecopy/generate.h"

namespace wirecopy::generation {

/// "PARIS, January 3 (Agency) -", in front of a body.
[[nodiscard]] Piece dateline(const std::string& city, const std::string& agency, std::int64_t time);

/// Names the agency in front of the body without a date, or behind it.
void add_changed_credit(std::vector<Piece>& body, const std::string& city,
                        const std::string& agency, Random& random);

/// Puts `credit` in front; the body's first words follow on the same line.
void add_credit(std::vector<Piece>& body, Piece credit);

/// Adds stock paragraph, repeated paragraph, caption, headline, header and trailer to the body that
/// stands in `article.pieces`, each by its share.
void dress(Article& article, const Outlet& outlet, const GenerateOptions& options, Random& random);

}  // namespace wirecopy::generation

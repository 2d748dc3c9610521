/// Titles: of a base text, and what outlets make of one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generate/article.h"
#include "generate/random.h"

namespace wirecopy::generation {

/// The title given, on one line; else the first words of the body. Never empty.
[[nodiscard]] std::string title_of(std::string_view given, const std::vector<Piece>& body);

/// Another way to write it: other case, another word, the outlet's name behind it. Never equal.
[[nodiscard]] std::string edited_title(const std::string& title, const std::string& outlet,
                                       Random& random);

/// A title of other words: the first ones of an early sentence. Never equal to `old`.
[[nodiscard]] std::string new_title(const std::string& old, const std::vector<Piece>& body,
                                    Random& random);

}  // namespace wirecopy::generation

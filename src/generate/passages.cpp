#include "generate/passages.h"

#include "generate/article.h"
#include "generate/resemblance.h"
#include "generate/sentences.h"
#include "wirecopy/normalize.h"
#include "wirecopy/shingle.h"

namespace wirecopy::generation {
namespace {

constexpr std::uint64_t kLeastLetters = 150;
constexpr std::size_t kMostWords = 60;

std::string joined(std::span<const Piece> sentences) {
  std::string paragraph;
  for (const Piece& sentence : sentences) {
    if (!paragraph.empty() && sentence.joint != Joint::none) paragraph += ' ';
    paragraph += sentence.text;
  }
  return paragraph;
}

// Tells which paragraphs are short and new.
class Sieve {
 public:
  [[nodiscard]] bool takes(const std::string& paragraph) {
    normalize(paragraph, text_);
    if (text_.words().size() > kMostWords) return false;
    shingler_.shingle(text_, words_, shingles_);
    return index_.add_if_new(ResemblanceIndex::sample(shingles_, 1));
  }

 private:
  Shingler shingler_{Shingling{}};
  Shingler::Scratch words_;
  NormalizedText text_;
  std::vector<std::uint64_t> shingles_;
  ResemblanceIndex index_;
};

}  // namespace

Passages::Passages(const BaseTexts& base_texts, std::span<const std::uint32_t> numbers,
                   std::size_t wanted, const std::atomic<bool>* stop)
    : base_texts_(base_texts) {
  Sieve sieve;
  for (const std::uint32_t number : numbers) {
    if (places_.size() == wanted) return;
    check_stop(stop);
    const std::vector<Piece> sentences = sentences_of(base_texts.at(number).text);
    std::uint32_t begin = 0;
    std::uint64_t letters = 0;
    for (std::uint32_t end = 0; end < sentences.size() && places_.size() < wanted;) {
      letters += sentences[end++].letters;
      if (letters < kLeastLetters) continue;
      const std::span<const Piece> run(sentences.begin() + begin, sentences.begin() + end);
      if (sieve.takes(joined(run))) places_.push_back({number, begin, end});
      begin = end;
      letters = 0;
    }
  }
}

std::string Passages::at(std::size_t number) const {
  const Place& place = places_[number];
  const std::vector<Piece> sentences = sentences_of(base_texts_.at(place.base_text).text);
  return joined(std::span(sentences).subspan(place.begin, place.end - place.begin));
}

}  // namespace wirecopy::generation

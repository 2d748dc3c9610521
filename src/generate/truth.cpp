#include "generate/truth.h"

#include <algorithm>
#include <utility>

#include "base/json.h"

namespace wirecopy::generation {
namespace {

// All pairs of a larger story would be more than the story itself.
constexpr std::size_t kMaxPaired = 500;

std::string_view name_of(TitleFate fate) {
  return fate == TitleFate::same ? "same" : fate == TitleFate::edited ? "edited" : "new";
}

std::string_view name_of(CreditFate fate) {
  switch (fate) {
    case CreditFate::kept:
      return "kept";
    case CreditFate::changed:
      return "changed";
    case CreditFate::removed:
      return "removed";
    default:
      return "none";
  }
}

// A run of pieces that stand in the same order in the article they were taken from.
struct Passage {
  ArticleKey from;
  Span there;
  Span here;
  std::uint64_t letters = 0;  // there
};

std::vector<Passage> passages_of(const Article& article) {
  std::vector<Passage> passages;
  const Origin* last = nullptr;
  for (const Piece& piece : article.pieces) {
    if (!piece.origin) {
      last = nullptr;
      continue;
    }
    const Origin& origin = *piece.origin;
    const bool goes_on =
        last != nullptr && last->article == origin.article && last->piece + 1 == origin.piece;
    if (goes_on) {
      passages.back().there.end = origin.span.end;
      passages.back().here.end = piece.printed.end;
      passages.back().letters += origin.letters;
    } else {
      passages.push_back({origin.article, origin.span, piece.printed, origin.letters});
    }
    last = &origin;
  }
  return passages;
}

class Writer {
 public:
  Writer(const World& world, std::uint32_t unit, const std::vector<Article>& articles)
      : world_(world), articles_(articles), kind_(world.kind_of(unit)) {
    for (const Article& article : articles) ids_.push_back(world.id_of(article.key));
  }

  UnitRows rows() {
    for (std::size_t i = 0; i < articles_.size(); ++i) {
      write_article(i);
      write_lineage(i);
      write_repeats(i);
      kept_.push_back(write_passages(i));
    }
    write_clusters();
    const std::size_t paired = std::min(articles_.size(), kMaxPaired);
    for (std::size_t b = 1; b < paired; ++b) {
      for (std::size_t a = 0; a < b; ++a) write_pair(a, b);
    }
    for (std::size_t b = paired; b < articles_.size(); ++b) write_pair(*articles_[b].parent, b);
    return std::move(rows_);
  }

 private:
  void write_article(std::size_t i) {
    const Article& article = articles_[i];
    json_.begin_object();
    json_.key("id").string(ids_[i]).key("title").string(article.title);
    json_.key("source").string(article.source).key("url").string(article.url);
    if (!article.published.empty()) json_.key("published").string(article.published);
    json_.key("byline").string(article.byline).key("text").string(article.text).end_object();
    rows_.articles.push_back({article.time, ids_[i], std::string(json_.text())});
    json_.clear();
  }

  void write_lineage(std::size_t i) {
    const Article& article = articles_[i];
    json_.begin_object().key("id").string(ids_[i]);
    if (article.parent) {
      json_.key("parent").string(ids_[*article.parent]);
      json_.key("lag_seconds").integer(article.time - articles_[*article.parent].time);
      json_.key("title").string(name_of(article.title_fate));
      json_.key("credit").string(name_of(article.credit_fate));
    } else {
      for (const char* key : {"parent", "lag_seconds", "title", "credit"}) json_.key(key).null();
    }
    end_row(rows_.lineage);
  }

  void write_span(const Span& span) {
    json_.begin_array().integer(span.begin).integer(span.end).end_array();
  }

  void write_repeats(std::size_t i) {
    const std::vector<Piece>& pieces = articles_[i].pieces;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
      if (pieces[p].repeats_as.empty()) continue;
      std::optional<Span> first;
      for (std::size_t before = 0; before < p && pieces[p].twins != 0; ++before) {
        if (pieces[before].twins != pieces[p].twins) continue;
        first =
            Span{first ? first->begin : pieces[before].printed.begin, pieces[before].printed.end};
      }
      json_.begin_object().key("id").string(ids_[i]).key("kind").string(pieces[p].repeats_as);
      json_.key("first");
      first ? write_span(*first) : static_cast<void>(json_.null());
      json_.key("repeat");
      write_span(pieces[p].printed);
      end_row(rows_.repeats);
    }
  }

  // Returns the letters of the parent that were kept.
  std::uint64_t write_passages(std::size_t i) {
    const Article& article = articles_[i];
    std::uint64_t kept = 0;
    for (const Passage& passage : passages_of(article)) {
      const bool alien = passage.from.unit != article.key.unit;
      if (!alien) kept += passage.letters;
      json_.begin_object().key("a").string(world_.id_of(passage.from)).key("b").string(ids_[i]);
      json_.key("a_begin").integer(passage.there.begin).key("a_end").integer(passage.there.end);
      json_.key("b_begin").integer(passage.here.begin).key("b_end").integer(passage.here.end);
      json_.key("kind").string(alien ? "alien" : "kept");
      end_row(rows_.passages);
    }
    return kept;
  }

  void write_cluster(std::size_t first, std::size_t end) {
    json_.begin_object().key("cluster").string(ids_[first]);
    json_.key("kind").string(generation::name_of(kind_)).key("members").begin_array();
    for (std::size_t i = first; i < end; ++i) json_.string(ids_[i]);
    json_.end_array();
    end_row(rows_.clusters);
  }

  void write_clusters() {
    if (kind_ != UnitKind::template_family) return write_cluster(0, articles_.size());
    for (std::size_t i = 0; i < articles_.size(); ++i) write_cluster(i, i + 1);
  }

  void write_pair(std::size_t a, std::size_t b) {
    const bool copy = articles_[b].parent == a;
    const bool family = kind_ == UnitKind::template_family;
    json_.begin_object().key("a").string(ids_[a]).key("b").string(ids_[b]);
    json_.key("label").string(family ? "template" : copy ? "copy" : "sibling").key("kept");
    if (copy) {
      // Noise may have eaten the letters of a very short text.
      const std::uint64_t letters = std::max<std::uint64_t>(articles_[a].letters(), 1);
      json_.share(static_cast<double>(kept_[b]) / static_cast<double>(letters));
    } else {
      json_.null();
    }
    end_row(rows_.pairs);
  }

  void end_row(std::string& file) {
    json_.end_object();
    file += json_.text();
    file += '\n';
    json_.clear();
  }

  const World& world_;
  const std::vector<Article>& articles_;
  UnitKind kind_;
  std::vector<std::string> ids_;
  std::vector<std::uint64_t> kept_;
  base::JsonWriter json_;
  UnitRows rows_;
};

}  // namespace

UnitRows rows_of(const World& world, std::uint32_t unit, const std::vector<Article>& articles) {
  return Writer(world, unit, articles).rows();
}

}  // namespace wirecopy::generation

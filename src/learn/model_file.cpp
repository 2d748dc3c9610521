#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "base/hash.h"
#include "base/json.h"
#include "learn/entries.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

constexpr std::size_t kHashDigits = 16;

// The names of a rule's numbers.
constexpr std::array<std::pair<std::string_view, std::uint32_t BoilerplateRule::*>, 9> kRule = {
    {{"min_groups", &BoilerplateRule::min_groups},
     {"min_days", &BoilerplateRule::min_days},
     {"min_undated_groups", &BoilerplateRule::min_undated_groups},
     {"max_words", &BoilerplateRule::max_words},
     {"edge_percent", &BoilerplateRule::edge_percent},
     {"most_of_text_percent", &BoilerplateRule::most_of_text_percent},
     {"in_texts_percent", &BoilerplateRule::in_texts_percent},
     {"chain_percent", &BoilerplateRule::chain_percent},
     {"certain_groups", &BoilerplateRule::certain_groups}}};

constexpr std::array<std::pair<std::string_view, std::uint32_t StockRule::*>, 8> kStockRule = {
    {{"min_stories", &StockRule::min_stories},
     {"min_days", &StockRule::min_days},
     {"min_undated_stories", &StockRule::min_undated_stories},
     {"min_letters", &StockRule::min_letters},
     {"chain_percent", &StockRule::chain_percent},
     {"form_percent", &StockRule::form_percent},
     {"min_rest_percent", &StockRule::min_rest_percent},
     {"most_articles", &StockRule::most_articles}}};

std::string hash_digits(std::uint64_t hash) { return base::hex({hash, 0}).substr(0, kHashDigits); }

// Exactly as hash_digits writes it.
std::optional<std::uint64_t> parse_hash(std::string_view digits) {
  std::uint64_t hash = 0;
  const char* const end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, hash, 16);
  if (error != std::errc() || at != end || hash_digits(hash) != digits) return std::nullopt;
  return hash;
}

// Lines of a file that must be as it was saved.
class ModelReader {
 public:
  ModelReader(std::string_view text, const std::string& name) : rest_(text), name_(name) {}

  Model read() {
    next_row("a Model begins with a row of JSON that describes it");
    const std::uint32_t number = number_of(row_, "model");
    const std::uint32_t normalization = number_of(row_, "normalization");
    if (normalization != kNormalizationVersion) {
      fail(fmt::format("the Model was learned from texts of normalization {}, this is {}",
                       normalization, kNormalizationVersion));
    }
    const std::uint32_t count = number_of(row_, "entries");
    const std::string digest(row_.string("digest").value_or(""));
    const auto rule = read_rule<BoilerplateRule>(row_.object("rule"), kRule);
    if (!rule) fail("'rule' is missing or no object");
    const auto stock_rule = read_rule<StockRule>(row_.object("stock_rule"), kStockRule);

    std::vector<BoilerplateEntry> entries;
    while (entries.size() < count) entries.push_back(read_entry(entries));
    if (!rest_.empty()) {
      ++line_;
      fail(fmt::format("there is more than the {} entries of the first row", count));
    }
    Model model = ModelAccess::make(std::move(entries), number, *rule, stock_rule);
    if (model.digest() != digest) {
      line_ = 1;
      fail(
          fmt::format("the digest is '{}', but that of the entries is {}", digest, model.digest()));
    }
    return model;
  }

 private:
  void next_row(std::string_view expected) {
    ++line_;
    const std::size_t end = rest_.find('\n');
    if (end == rest_.npos) fail("the file is cut short");
    if (!row_.parse(rest_.substr(0, end))) fail(expected);
    rest_.remove_prefix(end + 1);
  }

  std::uint32_t number_of(const base::JsonObject& object, std::string_view key) const {
    const auto value = object.unsigned_integer(key);
    if (!value || *value > std::numeric_limits<std::uint32_t>::max()) {
      fail(fmt::format("'{}' is missing or no number", key));
    }
    return static_cast<std::uint32_t>(*value);
  }

  // Nothing if there is no such object.
  template <typename Rule, typename Members>
  std::optional<Rule> read_rule(const std::optional<base::JsonObject>& object,
                                const Members& members) const {
    if (!object) return std::nullopt;
    Rule rule;
    for (const auto& [key, member] : members) rule.*member = number_of(*object, key);
    return rule;
  }

  BoilerplateEntry read_entry(const std::vector<BoilerplateEntry>& before) {
    next_row("an entry is a row of JSON");
    const auto outlet = parse_hash(row_.string("outlet").value_or(""));
    const auto block = parse_hash(row_.string("block").value_or(""));
    if (!outlet || !block) fail("an entry has an outlet and a block of 16 hexadecimal digits");
    const BoilerplateEntry entry{*outlet, *block};
    if (!before.empty() && !(before.back() < entry))
      fail("the entry does not follow the one before");
    return entry;
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw Error(ErrorCode::damaged,
                fmt::format("{}:{}: {}; learn the Model again", name_, line_, what));
  }

  std::string_view rest_;
  const std::string& name_;
  std::uint64_t line_ = 0;
  base::JsonRowReader row_;
};

}  // namespace

Model Model::parse(std::string_view rows, const std::string& name) {
  return ModelReader(rows, name).read();
}

std::string Model::rows() const {
  const BoilerplateRule rule = entries_ != nullptr ? entries_->rule : BoilerplateRule{};
  base::JsonWriter json;
  json.begin_object().key("model").integer(number());
  json.key("normalization").integer(kNormalizationVersion);
  json.key("entries").integer(std::uint64_t{size()});
  json.key("digest").string(digest());
  json.key("rule").begin_object();
  for (const auto& [key, member] : kRule) json.key(key).integer(rule.*member);
  json.end_object();
  if (entries_ != nullptr && entries_->stock_rule) {
    json.key("stock_rule").begin_object();
    for (const auto& [key, member] : kStockRule)
      json.key(key).integer(*entries_->stock_rule.*member);
    json.end_object();
  }
  json.end_object();
  std::string text = std::string(json.text()) + "\n";
  if (entries_ == nullptr) return text;
  for (const auto& [outlet, block] : entries_->sorted) {
    json.clear();
    json.begin_object().key("outlet").string(hash_digits(outlet));
    json.key("block").string(hash_digits(block)).end_object();
    text.append(json.text()) += '\n';
  }
  return text;
}

}  // namespace wirecopy

#include "index/posting_block.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "index/bits.h"
#include "index/bytes.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Stored;

constexpr unsigned kVersion = 1;
constexpr unsigned kWidthBits = 6;  // of the first byte; above them stands the version
// Lists of so many documents are told by their gaps too; shorter ones by their numbers, which can
// be passed over without being read.
constexpr std::uint64_t kLongList = 4;
constexpr unsigned kRiceBits = 5;  // what it takes to tell the parameter of a long list

[[noreturn]] void damaged() {
  throw Error(ErrorCode::damaged, "a block of postings is damaged; check the index");
}

std::uint32_t number(Stored document) { return static_cast<std::uint32_t>(document); }

// Of geometric gaps with this mean the best parameter is near log2(mean · ln 2).
unsigned rice_of_names(std::uint64_t names, std::uint64_t suffixes) {
  const std::uint64_t mean = (suffixes - names) / names;
  return static_cast<unsigned>(std::bit_width(mean * 710 / 1024));
}

// What all of a block's postings are told by.
struct Shape {
  std::uint64_t postings = 0;
  std::uint64_t names = 0;  // distinct suffixes
  unsigned width = 0;       // bits of the greatest document
};

Shape shape_of(std::span<const Posting> postings) {
  Shape shape{postings.size(), 0, 0};
  std::uint32_t all = 0;
  const Posting* last = nullptr;
  for (const Posting& each : postings) {
    shape.names += last == nullptr || each.suffix != last->suffix ? 1U : 0U;
    all |= number(each.document);
    last = &each;
  }
  shape.width = static_cast<unsigned>(std::bit_width(all));
  return shape;
}

void write_shape(const Shape& shape, std::string& into) {
  into += static_cast<char>(kVersion << kWidthBits | shape.width);
  append_varint(into, shape.postings);
  append_varint(into, shape.postings - shape.names);
}

Shape read_shape(ByteReader& bytes) {
  Shape shape;
  const unsigned first = bytes.little<std::uint8_t>();
  shape.width = first & ((1U << kWidthBits) - 1);
  // No posting takes less than a bit.
  shape.postings = bytes.varint(8 * std::uint64_t{bytes.rest().size()});
  shape.names = shape.postings - bytes.varint(shape.postings);
  if (!bytes.sound() || first >> kWidthBits != kVersion || shape.width > 32 || shape.names == 0) {
    damaged();
  }
  return shape;
}

unsigned rice_of_list(std::span<const Posting> list) {
  unsigned best = 0;
  std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
  for (unsigned k = 0; k < 32; ++k) {
    std::uint64_t bits = (list.size() - 1) * (k + 1);
    for (std::size_t i = 1; i < list.size(); ++i) {
      bits += (number(list[i].document) - number(list[i - 1].document) - 1U) >> k;
    }
    if (bits < fewest) {
      fewest = bits;
      best = k;
    }
  }
  return best;
}

void write_list(std::span<const Posting> list, unsigned width, BitWriter& bits) {
  if (list.size() < kLongList) {
    for (const Posting& each : list) bits.write(number(each.document), width);
    return;
  }
  const unsigned k = rice_of_list(list);
  bits.write(k, kRiceBits);
  bits.write(number(list[0].document), width);
  for (std::size_t i = 1; i < list.size(); ++i) {
    bits.write_rice(number(list[i].document) - number(list[i - 1].document) - 1U, k);
  }
}

}  // namespace

// Goes through a block, name by name.
class PostingBlocks::Reader {
 public:
  Reader(std::string_view block, std::uint32_t suffixes) : Reader(ByteReader(block), suffixes) {}

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::uint32_t suffix() const noexcept { return suffix_; }

  // The next name; its documents must have been read or skipped.
  [[nodiscard]] bool next() {
    if (names_left_ == 0) return false;
    --names_left_;
    const std::uint64_t gap = bits_.read_rice(rice_, suffixes_ - next_suffix_);
    if (bits_.failed() || next_suffix_ + gap >= suffixes_) damaged();
    suffix_ = static_cast<std::uint32_t>(next_suffix_ + gap);
    next_suffix_ = suffix_ + std::uint64_t{1};
    list_ = shape_.names == shape_.postings ? 1 : bits_.read_gamma();
    if (bits_.failed() || list_ + names_left_ > postings_left_) damaged();
    postings_left_ -= list_;
    return true;
  }

  void skip() {
    if (list_ < kLongList) {
      bits_.skip(list_ * shape_.width);
    } else {
      read([](Stored) {});
    }
  }

  template <typename Take>
  void read(Take&& take) {
    const std::uint64_t greatest = (std::uint64_t{1} << shape_.width) - 1;
    const unsigned k = list_ < kLongList ? 0 : bits_.read(kRiceBits);
    std::uint64_t document = 0;
    for (std::uint64_t i = 0; i < list_; ++i) {
      const std::uint64_t before = document;
      if (i == 0 || list_ < kLongList) {
        document = bits_.read(shape_.width);
        if (i != 0 && document <= before) damaged();
      } else {
        document += bits_.read_rice(k, greatest) + 1;
      }
      if (bits_.failed() || document > greatest) damaged();
      take(static_cast<Stored>(document));
    }
  }

  // Behind the last name.
  void end() const {
    if (postings_left_ != 0 || !bits_.at_end()) damaged();
  }

 private:
  Reader(ByteReader bytes, std::uint32_t suffixes)
      : shape_(read_shape(bytes)),
        suffixes_(suffixes),
        bits_(bytes.rest()),
        names_left_(shape_.names),
        postings_left_(shape_.postings) {
    if (shape_.names > suffixes) damaged();
    rice_ = rice_of_names(shape_.names, suffixes);
  }

  Shape shape_;
  std::uint64_t suffixes_;
  BitReader bits_;
  std::uint64_t names_left_;
  std::uint64_t postings_left_;
  unsigned rice_ = 0;
  std::uint32_t suffix_ = 0;
  std::uint64_t next_suffix_ = 0;
  std::uint64_t list_ = 0;
};

std::string PostingBlocks::key(std::uint32_t prefix) const {
  std::string key;
  for (unsigned bytes = (prefix_bits_ + 7) / 8; bytes-- > 0;) {
    key += static_cast<char>(prefix >> (8 * bytes) & 0xffU);
  }
  return key;
}

std::uint32_t PostingBlocks::prefix_of_key(std::string_view key) const {
  if (key.size() != (prefix_bits_ + 7) / 8) damaged();
  std::uint32_t prefix = 0;
  for (const char each : key) prefix = prefix << 8U | static_cast<unsigned char>(each);
  if (prefix >= prefixes()) damaged();
  return prefix;
}

std::string PostingBlocks::encode(std::span<const Posting> postings) const {
  const Shape shape = shape_of(postings);
  std::string block;
  write_shape(shape, block);
  const unsigned rice = rice_of_names(shape.names, suffixes());
  block.reserve(block.size() + (shape.names * (rice + 2) + shape.postings * shape.width) / 8 + 8);
  BitWriter bits(block);
  std::uint32_t next_suffix = 0;
  for (std::size_t begin = 0; begin < postings.size();) {
    const std::uint32_t suffix = postings[begin].suffix;
    std::size_t end = begin + 1;
    while (end < postings.size() && postings[end].suffix == suffix) ++end;
    bits.write_rice(suffix - next_suffix, rice);
    next_suffix = suffix + 1;
    if (shape.names != shape.postings) bits.write_gamma(end - begin);
    write_list(postings.subspan(begin, end - begin), shape.width, bits);
    begin = end;
  }
  bits.finish();
  return block;
}

void PostingBlocks::append(std::string_view block, std::vector<Posting>& into) const {
  Reader reader(block, suffixes());
  const std::size_t begin = into.size();
  while (reader.next()) {
    reader.read([&](Stored document) { into.push_back({reader.suffix(), document}); });
  }
  reader.end();
  if (shape_of(std::span(into).subspan(begin)).width != reader.shape().width) damaged();
}

void PostingBlocks::decode(std::string_view block, std::vector<Posting>& into) const {
  into.clear();
  append(block, into);
}

void PostingBlocks::find(
    std::string_view block, std::span<const std::uint32_t> suffixes,
    const std::function<void(std::size_t, std::span<const Stored>)>& take) const {
  Reader reader(block, this->suffixes());
  std::vector<Stored> documents;
  for (std::size_t i = 0; i < suffixes.size() && reader.next();) {
    while (i < suffixes.size() && suffixes[i] < reader.suffix()) ++i;
    if (i == suffixes.size()) return;
    if (suffixes[i] != reader.suffix()) {
      reader.skip();
      continue;
    }
    documents.clear();
    reader.read([&](Stored document) { documents.push_back(document); });
    take(i++, documents);
  }
}

std::string PostingBlocks::join(std::span<const std::string_view> blocks) const {
  if (blocks.size() == 1) return std::string(blocks[0]);  // whoever reads it will see
  std::vector<Posting> postings;
  for (const std::string_view block : blocks) {
    const auto middle = static_cast<std::ptrdiff_t>(postings.size());
    append(block, postings);
    std::inplace_merge(postings.begin(), postings.begin() + middle, postings.end());
  }
  postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
  if (postings.empty()) damaged();
  return encode(postings);
}

std::string PostingBlocks::without(std::string_view block,
                                   std::span<const Stored> documents) const {
  std::vector<Posting> postings;
  decode(block, postings);
  std::erase_if(postings, [&](const Posting& each) {
    return std::binary_search(documents.begin(), documents.end(), each.document);
  });
  return postings.empty() ? std::string() : encode(postings);
}

}  // namespace wirecopy::index

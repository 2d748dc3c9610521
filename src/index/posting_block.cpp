#include "index/posting_block.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "index/bits.h"
#include "index/bytes.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Stored;

constexpr char kVersion = 1;
// Lists of so many documents are told by their gaps too; shorter ones by their numbers, which can
// be passed over without being read.
constexpr std::uint64_t kLongList = 4;
constexpr unsigned kRiceBits = 5;  // what it takes to tell the parameter of a long list
constexpr std::uint64_t kMostDocument = std::numeric_limits<std::uint32_t>::max();

[[noreturn]] void damaged() {
  throw Error(ErrorCode::damaged, "a block of postings is damaged; check the index");
}

std::uint32_t number(Stored document) { return static_cast<std::uint32_t>(document); }

// Of geometric gaps with this mean the best parameter is near log2(mean · ln 2).
unsigned rice_of_names(std::uint64_t names) {
  const std::uint64_t mean = (kSuffixes - names) / names;
  return static_cast<unsigned>(std::bit_width(mean * 710 / 1024));
}

// What all of a block's postings are told by.
struct Shape {
  std::uint64_t postings = 0;
  std::uint64_t names = 0;  // distinct suffixes
  std::uint64_t least = 0;  // document
  std::uint64_t range = 0;  // the greatest document less the least
  [[nodiscard]] unsigned width() const noexcept {
    return static_cast<unsigned>(std::bit_width(range));
  }
};

Shape shape_of(std::span<const Posting> postings) {
  Shape shape{postings.size(), 0, kMostDocument, 0};
  std::uint64_t greatest = 0;
  std::uint32_t last = kSuffixes;
  for (const Posting& each : postings) {
    shape.names += each.suffix != last ? 1U : 0U;
    last = each.suffix;
    shape.least = std::min<std::uint64_t>(shape.least, number(each.document));
    greatest = std::max<std::uint64_t>(greatest, number(each.document));
  }
  shape.range = greatest - shape.least;
  return shape;
}

void write_shape(const Shape& shape, std::string& into) {
  into += kVersion;
  append_varint(into, shape.postings);
  append_varint(into, shape.postings - shape.names);
  append_varint(into, shape.least);
  append_varint(into, shape.range);
}

Shape read_shape(ByteReader& bytes) {
  Shape shape;
  if (bytes.take(1) != std::string_view(&kVersion, 1)) damaged();
  // No posting takes less than a bit.
  shape.postings = bytes.varint(8 * std::uint64_t{bytes.rest().size()});
  shape.names = shape.postings - bytes.varint(shape.postings);
  shape.least = bytes.varint(kMostDocument);
  shape.range = bytes.varint(kMostDocument - shape.least);
  if (!bytes.sound() || shape.names == 0 || shape.names > kSuffixes) damaged();
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

void write_list(std::span<const Posting> list, const Shape& shape, BitWriter& bits) {
  const unsigned width = shape.width();
  if (list.size() < kLongList) {
    for (const Posting& each : list) bits.write(number(each.document) - shape.least, width);
    return;
  }
  const unsigned k = rice_of_list(list);
  bits.write(k, kRiceBits);
  bits.write(number(list[0].document) - shape.least, width);
  for (std::size_t i = 1; i < list.size(); ++i) {
    bits.write_rice(number(list[i].document) - number(list[i - 1].document) - 1U, k);
  }
}

// Goes through a block, name by name.
class BlockReader {
 public:
  explicit BlockReader(std::string_view block) : BlockReader(ByteReader(block)) {}

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::uint32_t suffix() const noexcept { return suffix_; }
  [[nodiscard]] std::uint64_t documents() const noexcept { return list_; }

  // The next name; its documents must have been read or skipped.
  [[nodiscard]] bool next() {
    if (names_left_ == 0) return false;
    --names_left_;
    const std::uint64_t gap = bits_.read_rice(rice_, kSuffixes - next_suffix_);
    if (bits_.failed() || next_suffix_ + gap >= kSuffixes) damaged();
    suffix_ = static_cast<std::uint32_t>(next_suffix_ + gap);
    next_suffix_ = suffix_ + 1U;
    list_ = shape_.names == shape_.postings ? 1 : bits_.read_gamma();
    if (bits_.failed() || list_ + names_left_ > postings_left_) damaged();
    postings_left_ -= list_;
    return true;
  }

  void skip() {
    if (list_ < kLongList) {
      bits_.skip(list_ * shape_.width());
    } else {
      read([](Stored) {});
    }
  }

  template <typename Take>
  void read(Take&& take) {
    const unsigned k = list_ < kLongList ? 0 : bits_.read(kRiceBits);
    std::uint64_t document = 0;
    for (std::uint64_t i = 0; i < list_; ++i) {
      const std::uint64_t before = document;
      if (i == 0 || list_ < kLongList) {
        document = bits_.read(shape_.width());
        if (i != 0 && document <= before) damaged();
      } else {
        document += bits_.read_rice(k, shape_.range) + 1;
      }
      if (bits_.failed() || document > shape_.range) damaged();
      take(static_cast<Stored>(shape_.least + document));
    }
  }

  // Behind the last name.
  void end() const {
    if (postings_left_ != 0 || !bits_.at_end()) damaged();
  }

 private:
  explicit BlockReader(ByteReader bytes)
      : shape_(read_shape(bytes)),
        bits_(bytes.rest()),
        names_left_(shape_.names),
        postings_left_(shape_.postings),
        rice_(rice_of_names(shape_.names)) {}

  Shape shape_;
  BitReader bits_;
  std::uint64_t names_left_;
  std::uint64_t postings_left_;
  unsigned rice_;
  std::uint32_t suffix_ = 0;
  std::uint64_t next_suffix_ = 0;
  std::uint64_t list_ = 0;
};

// Appends to `into`.
void decode(std::string_view block, std::vector<Posting>& into) {
  BlockReader reader(block);
  const std::size_t begin = into.size();
  while (reader.next()) {
    reader.read([&](Stored document) { into.push_back({reader.suffix(), document}); });
  }
  reader.end();
  const Shape& told = reader.shape();
  const Shape found = shape_of(std::span(into).subspan(begin));
  if (found.least != told.least || found.range != told.range) damaged();
}

}  // namespace

std::string posting_key(std::uint32_t prefix) {
  return {static_cast<char>(prefix >> 16U), static_cast<char>(prefix >> 8U & 0xffU),
          static_cast<char>(prefix & 0xffU)};
}

std::uint32_t prefix_of_key(std::string_view key) {
  ByteReader bytes(key);
  const std::uint32_t prefix = std::uint32_t{bytes.big<std::uint8_t>()} << 16U;
  const std::uint32_t whole = prefix | bytes.big<std::uint16_t>();
  if (!bytes.done() || whole >= kPrefixes) damaged();
  return whole;
}

std::string encode_postings(std::span<const Posting> postings) {
  const Shape shape = shape_of(postings);
  std::string block;
  write_shape(shape, block);
  const unsigned rice = rice_of_names(shape.names);
  block.reserve(block.size() + (shape.names * (rice + 2) + shape.postings * shape.width()) / 8 + 8);
  BitWriter bits(block);
  std::uint32_t next_suffix = 0;
  for (std::size_t begin = 0; begin < postings.size();) {
    const std::uint32_t suffix = postings[begin].suffix;
    std::size_t end = begin + 1;
    while (end < postings.size() && postings[end].suffix == suffix) ++end;
    bits.write_rice(suffix - next_suffix, rice);
    next_suffix = suffix + 1;
    if (shape.names != shape.postings) bits.write_gamma(end - begin);
    write_list(postings.subspan(begin, end - begin), shape, bits);
    begin = end;
  }
  bits.finish();
  return block;
}

void decode_postings(std::string_view block, std::vector<Posting>& into) {
  into.clear();
  decode(block, into);
}

void find_postings(std::string_view block, std::span<const std::uint32_t> suffixes,
                   const std::function<void(std::size_t, std::span<const Stored>)>& take) {
  BlockReader reader(block);
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

std::string join_postings(std::span<const std::string_view> blocks) {
  std::vector<Posting> postings;
  for (const std::string_view block : blocks) {
    const auto middle = static_cast<std::ptrdiff_t>(postings.size());
    decode(block, postings);
    std::inplace_merge(postings.begin(), postings.begin() + middle, postings.end());
  }
  postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
  if (postings.empty()) damaged();
  return encode_postings(postings);
}

std::string without_documents(std::string_view block, std::span<const Stored> documents) {
  std::vector<Posting> postings;
  decode_postings(block, postings);
  std::erase_if(postings, [&](const Posting& each) {
    return std::binary_search(documents.begin(), documents.end(), each.document);
  });
  return postings.empty() ? std::string() : encode_postings(postings);
}

}  // namespace wirecopy::index

/// probe: fingerprints of all documents → candidate pairs, by an inverted file.
///
/// Idea: list for every fingerprint the documents that have it, walk for every document through the
/// lists it stands in and count whom it meets. A pair is proposed that shares at least two
/// fingerprints and a share of those of the document with fewer; so a quoted sentence proposes
/// nothing, and half an article does.
///
/// No list is dropped for its length: a list that is longest is that of the most syndicated story.
/// A list over the cap is *hot*: it is put in the caller's order and cut into *runs* of at most the
/// cap, and documents meet within their run; the last of a run is the first of the next, so that no
/// cut parts neighbors. Cuts are content-defined (Muthitacharoen et al. 2001,
/// "A low-bandwidth network file system"): whether one stands before a document is told by its id
/// and the fingerprint alone, so a new document moves only the cuts around it, and every list is
/// cut elsewhere: neighbors in the order are kept together by most of the lists they share. A
/// fingerprint of a hot list counts a third: it is either of stock text, which says little, or of a
/// story that runs everywhere, whose copies share nearly all of theirs.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "wirecopy/band.h"
#include "wirecopy/fingerprint.h"

namespace wirecopy {

/// What makes a candidate. Only `kept` belongs to the Recipe.
struct Probing {
  /// Density of the fingerprints given: Winnowing::kept.
  Kept kept = Kept::half;
  std::uint32_t min_shared = 2;
  /// Least share of the smaller document's fingerprints, in millionths. 0 = any.
  std::uint32_t min_share = 50'000;
  /// Longest list that is not cut, 8 … 65,535.
  std::uint32_t list_cap = 200;
  /// So many shared fingerprints of hot lists count as one of another, 1 … 100.
  std::uint32_t hot_discount = 3;
};

inline constexpr Probing kFastProbing{Kept::quarter, 2, 150'000};
inline constexpr Probing kNewsProbing{Kept::half, 2, 50'000};
inline constexpr Probing kBroadProbing{Kept::all, 2, 50'000};
inline constexpr Probing kOcrProbing{Kept::all, 2, 50'000};

/// Distinct fingerprints of a document: all that vote, and those of the common density.
struct VoteCounts {
  std::uint32_t all = 0;
  std::uint32_t common = 0;
  friend bool operator==(const VoteCounts&, const VoteCounts&) = default;
};

/// What was looked at, for reports and plans.
struct ProbeCounts {
  std::uint64_t documents = 0;     ///< Added.
  std::uint64_t postings = 0;      ///< Their fingerprints, each once a document.
  std::uint64_t lists = 0;         ///< Fingerprints of two or more documents.
  std::uint64_t listed = 0;        ///< Postings in these lists.
  std::uint64_t hot_lists = 0;     ///< Lists over the cap.
  std::uint64_t hot_listed = 0;    ///< Postings in hot lists.
  std::uint64_t runs = 0;          ///< Pieces of the hot lists.
  std::uint64_t longest_list = 0;  ///< Documents of the longest list.
  std::uint64_t meetings = 0;      ///< Two documents in one list or run.
  std::uint64_t met_pairs = 0;     ///< Distinct pairs that met.
  friend bool operator==(const ProbeCounts&, const ProbeCounts&) = default;
};

struct Proposals {
  std::vector<CandidatePair> pairs;  ///< Sorted, distinct.
  ProbeCounts counts;
};

/// Collects the fingerprints of documents, then proposes pairs once.
///
/// Only 40 bits of a name are compared: among 10^7 documents one posting in a thousand meets a
/// stranger, and one is not enough to be proposed. Memory: 8 bytes a fingerprint while collecting;
/// then, in their place, 8 bytes a fingerprint that several documents have, 16 bytes a document and
/// up to 8 a document and thread, 16 bytes a proposed pair.
///
/// Of these the fingerprints and their lists keep to a limit if there is one: past it fingerprints
/// go to a scratch file, and lists are made for a range of documents at a time, each time from the
/// whole file.
class Probe {
 public:
  /// `memory_bytes` is about what fingerprints and lists may take, and 16 MiB; the rest goes to a
  /// scratch file in `work_folder`. Throws Error(usage) if the cap is out of range or the share
  /// above one.
  explicit Probe(const Probing& probing,
                 std::uint64_t memory_bytes = std::numeric_limits<std::uint64_t>::max(),
                 std::string work_folder = {});
  ~Probe();
  Probe(Probe&&) noexcept;
  Probe& operator=(Probe&&) noexcept;

  /// Adds one document's fingerprints; those that do not vote (boilerplate) are left out by the
  /// caller. Numbers ascend; some may be missing. Throws Error(usage) if they do not ascend or
  /// reach 2^30, Error(output) if the scratch file cannot be written. Not for several threads at
  /// once. Cost: about 7 ns a fingerprint.
  void add(std::uint32_t document, const Fingerprints& votes);

  /// Adds a stored document: new ones are paired with it, but two stored ones are not. `names` are
  /// those of its fingerprints that some new document may have, `all` counts those it has. After
  /// all documents of `add`; otherwise as that.
  void add_stored(std::uint32_t document, std::span<const std::uint64_t> names, VoteCounts all);

  /// All candidate pairs. `order` and `id_hashes` are indexed by document number: `order` is a
  /// permutation (by time, then id) in which hot lists are cut, `id_hashes` are hashes of the ids.
  /// The pairs depend on the fingerprints, these two and the rule; not on the number of threads,
  /// nor the limit nor, but for their names, on the numbers of the documents. Cost: 15 ns a
  /// fingerprint and range of documents, and 5 ns a meeting.
  [[nodiscard]] Proposals propose(std::span<const std::uint32_t> order,
                                  std::span<const std::uint64_t> id_hashes) &&;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

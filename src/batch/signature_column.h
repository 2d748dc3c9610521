/// One signature a document: in memory while they are few, in a scratch file once they pass a
/// limit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "wirecopy/sketch.h"

namespace wirecopy::batch {

/// Appended to by one thread; `finish` makes it readable by any number.
class SignatureColumn {
 public:
  /// At most `memory_bytes` are held in memory; past it everything goes to a scratch file in
  /// `work_folder`.
  SignatureColumn(std::uint64_t memory_bytes, std::string work_folder);
  ~SignatureColumn();
  SignatureColumn(const SignatureColumn&) = delete;
  SignatureColumn& operator=(const SignatureColumn&) = delete;

  /// Says that about `count` signatures will come in all, so that memory need not be doubled, and
  /// copied, again and again. May be told at any time, as the guess gets better.
  void expect(std::uint64_t count);
  /// Throws Error(output) if the scratch file cannot be written.
  void push_back(const Signature& signature);
  /// To be called once after the last push_back.
  void finish();
  [[nodiscard]] std::span<const Signature> signatures() const noexcept { return view_; }

 private:
  void spill();

  std::uint64_t memory_limit_;  // in signatures
  std::string work_folder_;
  std::vector<Signature> buffer_;
  std::optional<base::ScratchFile> scratch_;
  std::optional<base::MappedScratch> mapped_;
  std::span<const Signature> view_;
};

}  // namespace wirecopy::batch

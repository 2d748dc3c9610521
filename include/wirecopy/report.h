/// report: findings → the files of one run.
///
/// The one place that knows output formats. Every file has a JSON Schema in src/report/schemas.
/// Rows are one line of JSON each, keys in the order of the schema, so that equal findings are
/// equal bytes. Ids and paths may be any bytes; what is not UTF-8 in them is written repaired.
///
/// Digests of clusters.jsonl, pairs.jsonl, passages.jsonl, repeats.jsonl and of the run (all their
/// rows) do not depend on the order of rows; src/report/digest.h defines them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/read.h"
#include "wirecopy/report_rows.h"

namespace wirecopy {

/// The files of one run. The corpus preset aligns nothing and learns nothing: it has no passages,
/// outlets and model. Where nothing may be cut there are no cuts. Only a night has changes.
enum class Output {
  clusters,
  pairs,
  passages,
  repeats,
  kept,
  ledger,
  cuts,
  rejected,
  outlets,
  model,
  changes,
  summary
};
inline constexpr std::size_t kOutputCount = 12;
[[nodiscard]] std::string_view name_of(Output output) noexcept;       ///< "clusters"
[[nodiscard]] std::string_view file_name_of(Output output) noexcept;  ///< "clusters.jsonl"

/// A subset of the outputs.
class OutputSet {
 public:
  [[nodiscard]] static OutputSet all() noexcept;
  /// Reads "clusters,pairs,summary". Throws Error(usage) naming the known outputs.
  [[nodiscard]] static OutputSet parse(std::string_view list);
  [[nodiscard]] bool has(Output output) const noexcept {
    return bits_[static_cast<std::size_t>(output)];
  }
  void add(Output output) noexcept { bits_[static_cast<std::size_t>(output)] = true; }
  void remove(Output output) noexcept { bits_[static_cast<std::size_t>(output)] = false; }

 private:
  std::array<bool, kOutputCount> bits_{};
};

/// Receives the findings of a run, in the order in which the files list them. Called by one thread.
class Sink {
 public:
  virtual ~Sink() = default;
  /// Whether rows of this kind are wanted; the digested ones always are.
  [[nodiscard]] virtual bool wants(Output output) const = 0;
  virtual void cluster(const ClusterRow& row) = 0;
  virtual void pair(const PairRow& row) = 0;
  virtual void passage(const PassageRow& row) = 0;
  virtual void repeat(const RepeatRow& row) = 0;  ///< All of them before those of stock.
  virtual void stock(const StockRow& row) = 0;
  virtual void kept(std::string_view row) = 0;
  virtual void ledger(const LedgerRow& row) = 0;
  virtual void cuts(const CutsRow& row) = 0;  ///< Every accepted row, in input order.
  virtual void change(const ChangeRow&) {}    ///< By (cluster, event); of an index alone.
  virtual void rejected(const Rejected& row, std::string_view input) = 0;
  virtual void whole(Output output, std::string_view contents) = 0;  ///< Of outlets, or model.
  /// The run is complete. Fills the digests of `summary` and makes the results appear.
  virtual void finish(Summary& summary) = 0;
};

/// Writes the files of one run into a folder, under temporary names that are renamed by `finish`.
/// If it is destroyed before that, nothing is left behind.
class RunFolder : public Sink {
 public:
  /// Creates the folder if needed. Throws Error(output) if it cannot be written, or if it holds
  /// files of a former run and `replace` is not set, or if one of `inputs` is a file that would be
  /// replaced or removed. With `replace`, all files of the former run go, also those that this run
  /// does not write, but only once the new ones are complete.
  RunFolder(const std::string& folder, OutputSet outputs, bool replace,
            const std::vector<InputInfo>& inputs);
  ~RunFolder() override;

  /// Also writes what is cut and dropped as Dolma attributes: attributes/NAME in the folder of the
  /// run, a file for each input, of its name and compressed as that says, a line for each accepted
  /// row; src/report/cuts.h says more. To be called before the first row, at most once. Throws
  /// Error(usage) if that is no name or inputs share one, Error(output) as the constructor does;
  /// `replace` replaces these files alone.
  void add_attributes(std::string_view name);

  [[nodiscard]] bool wants(Output output) const override;  ///< Cuts also for attributes.
  void cluster(const ClusterRow& row) override;
  void pair(const PairRow& row) override;
  void passage(const PassageRow& row) override;
  void repeat(const RepeatRow& row) override;
  void stock(const StockRow& row) override;
  void kept(std::string_view row) override;
  void ledger(const LedgerRow& row) override;
  void cuts(const CutsRow& row) override;
  void change(const ChangeRow& row) override;
  void rejected(const Rejected& row, std::string_view input) override;
  void whole(Output output, std::string_view contents) override;
  void finish(Summary& summary) override;

  /// Paths of the files written, in the order of `Output`; complete after finish.
  [[nodiscard]] std::vector<std::string> files() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Says in plain words what the finished run in `folder` found, with at most `stories` clusters,
/// largest first. Safe to print: control characters are spelled out. Throws Error(input) if a file
/// is missing, Error(damaged) if it cannot be understood.
[[nodiscard]] std::string describe_run(const std::string& folder, std::size_t stories = 10);
/// outlets.csv with its header.
[[nodiscard]] std::string to_csv(std::span<const OutletRow> rows);
/// One line of JSON, as in repeats.jsonl.
[[nodiscard]] std::string to_json(const RepeatRow& row);
[[nodiscard]] std::string to_json(const StockRow& row);
/// The whole summary, indented.
[[nodiscard]] std::string to_json(const Summary& summary);

}  // namespace wirecopy

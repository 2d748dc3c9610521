// Logistic regression by Newton's method, also known as iteratively reweighted least squares: the
// loss with its ridge penalty is convex, so a step that is halved until the loss falls ends at the
// one minimum. Features are standardized first; the penalty spares the intercept.
#include <fmt/format.h>

#include <cmath>

#include "base/linear.h"
#include "evaluate/counting.h"
#include "evaluate/forecast.h"
#include "evaluate/labelled_pairs.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using base::Matrix;
using base::Vector;
using evaluate::LabelledPair;
using Pairs = std::vector<LabelledPair>;

constexpr double kRidge = 1;
constexpr auto kFeatures = static_cast<Eigen::Index>(evaluate::kFeatures.size());

double probability_of(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

Matrix features_of(const Pairs& pairs) {
  Matrix features(static_cast<Eigen::Index>(pairs.size()), kFeatures);
  for (Eigen::Index i = 0; i < features.rows(); ++i) {
    const LabelledPair& pair = pairs[static_cast<std::size_t>(i)];
    for (Eigen::Index k = 0; k < kFeatures; ++k) {
      features(i, k) = pair.features[static_cast<std::size_t>(k)];
    }
  }
  return features;
}

Vector labels_of(const Pairs& pairs) {
  Vector labels(static_cast<Eigen::Index>(pairs.size()));
  for (Eigen::Index i = 0; i < labels.size(); ++i) {
    labels(i) = pairs[static_cast<std::size_t>(i)].positive ? 1 : 0;
  }
  return labels;
}

// What is minimized, with x the features and a column of ones.
class Loss {
 public:
  Loss(Matrix x, Vector labels) : x_(std::move(x)), labels_(std::move(labels)) {
    penalty_ = Vector::Constant(x_.cols(), kRidge);
    penalty_(x_.cols() - 1) = 0;
  }

  [[nodiscard]] double at(const Vector& weights) const {
    const Vector odds = x_ * weights;
    double loss = 0.5 * weights.dot(penalty_.cwiseProduct(weights));
    for (Eigen::Index i = 0; i < odds.size(); ++i) {
      // log(1 + e^z) without overflow, less z where the label is 1
      loss +=
          std::max(odds(i), 0.0) + std::log1p(std::exp(-std::abs(odds(i)))) - labels_(i) * odds(i);
    }
    return loss;
  }

  [[nodiscard]] Vector newton_step(const Vector& weights) const {
    const Vector predicted = (x_ * weights).unaryExpr(&probability_of);
    const Vector variance = predicted.array() * (1 - predicted.array());
    const Vector gradient = x_.transpose() * (labels_ - predicted) - penalty_.cwiseProduct(weights);
    Matrix curvature = x_.transpose() * variance.asDiagonal() * x_;
    curvature.diagonal() += penalty_ + Vector::Constant(penalty_.size(), 1e-9);
    return base::solve(curvature, gradient);
  }

  [[nodiscard]] Eigen::Index size() const { return x_.cols(); }

 private:
  Matrix x_;
  Vector labels_;
  Vector penalty_;
};

Vector minimum_of(const Loss& loss) {
  constexpr int kMaxSteps = 100;
  constexpr double kNear = 1e-9;
  Vector weights = Vector::Zero(loss.size());
  double value = loss.at(weights);
  for (int i = 0; i < kMaxSteps; ++i) {
    Vector step = loss.newton_step(weights);
    while (step.lpNorm<Eigen::Infinity>() > kNear && loss.at(weights + step) > value) step /= 2;
    if (step.lpNorm<Eigen::Infinity>() <= kNear) break;
    weights += step;
    value = loss.at(weights);
  }
  return weights;
}

void fit(const Pairs& pairs, Calibration& calibration) {
  Matrix x = features_of(pairs);
  const Vector mean = x.colwise().mean().transpose();
  x.rowwise() -= mean.transpose();
  Vector deviation = x.colwise().norm().transpose() / std::sqrt(static_cast<double>(x.rows()));
  // A feature that never changes says nothing: its column stays zero, and so does its weight.
  deviation = (deviation.array() < 1e-12).select(1, deviation);
  x.array().rowwise() /= deviation.transpose().array();
  Matrix with_ones(x.rows(), kFeatures + 1);
  with_ones << x, Vector::Ones(x.rows());

  const Vector weights = minimum_of(Loss(std::move(with_ones), labels_of(pairs)));
  calibration.intercept = weights(kFeatures);
  for (Eigen::Index k = 0; k < kFeatures; ++k) {
    const double raw = weights(k) / deviation(k);
    calibration.weights.push_back(
        {std::string(evaluate::kFeatures[static_cast<std::size_t>(k)]), raw, weights(k)});
    calibration.intercept -= raw * mean(k);
  }
}

double predict(const Calibration& calibration, const LabelledPair& pair) {
  double log_odds = calibration.intercept;
  for (std::size_t k = 0; k < pair.features.size(); ++k) {
    log_odds += calibration.weights[k].weight * pair.features[k];
  }
  return probability_of(log_odds);
}

Share positives_of(const Pairs& pairs) {
  Share share;
  for (const LabelledPair& pair : pairs) evaluate::count(share, pair.positive);
  return share;
}

CalibrationTest test_on(const Pairs& pairs, const Calibration& calibration) {
  std::vector<evaluate::Outcome> weights;
  std::vector<evaluate::Outcome> rule;
  for (const LabelledPair& pair : pairs) {
    weights.push_back({predict(calibration, pair), pair.positive});
    rule.push_back({pair.rule, pair.positive});
  }
  CalibrationTest test;
  test.positives = positives_of(pairs);
  test.bins = evaluate::reliability_of(weights);
  test.weights = evaluate::forecast_of(std::move(weights));
  test.rule = evaluate::forecast_of(std::move(rule));
  return test;
}

void need_both(const Share& positives, const std::string& what) {
  if (positives.part > 0 && positives.part < positives.whole) return;
  throw Error(ErrorCode::input,
              fmt::format("{}: {} of {} labelled pairs are true; calibration needs true and false "
                          "ones",
                          what, positives.part, positives.whole));
}

}  // namespace

bool CalibrationTest::weights_win() const noexcept {
  return weights.brier < rule.brier && weights.log_loss < rule.log_loss && weights.auc > rule.auc;
}

Calibration calibrate(const LabelledRun& run, const std::vector<LabelledRun>& others,
                      const EvaluateOptions& options) {
  const evaluate::LabelledHalves halves = evaluate::halves_of(run, options);
  Calibration calibration;
  calibration.positives = positives_of(halves.fit);
  need_both(calibration.positives, run.run + " (the half to fit to)");
  need_both(positives_of(halves.test), run.run + " (the half to test on)");
  fit(halves.fit, calibration);
  calibration.tests.push_back(test_on(halves.test, calibration));
  for (const LabelledRun& other : others) {
    const Pairs pairs = evaluate::labelled_pairs(other, options);
    need_both(positives_of(pairs), other.run);
    calibration.tests.push_back(test_on(pairs, calibration));
  }
  return calibration;
}

}  // namespace wirecopy

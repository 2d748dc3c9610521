/// The door to Eigen: dense vectors and matrices of doubles, and the solution of symmetric systems.
/// Slow to compile: include it in sources, where it is needed.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

namespace wirecopy::base {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

/// x with a · x = b, for a symmetric positive definite a.
[[nodiscard]] inline Vector solve(const Matrix& a, const Vector& b) { return a.ldlt().solve(b); }

}  // namespace wirecopy::base

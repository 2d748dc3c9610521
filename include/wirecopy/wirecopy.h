/// Everything wirecopy offers, in the order in which data flows.
#pragma once

// clang-format off
#include "wirecopy/error.h"      // IWYU pragma: export
#include "wirecopy/read.h"       // IWYU pragma: export
#include "wirecopy/normalize.h"  // IWYU pragma: export
#include "wirecopy/collapse.h"   // IWYU pragma: export
#include "wirecopy/blocks.h"     // IWYU pragma: export
#include "wirecopy/shingle.h"    // IWYU pragma: export
#include "wirecopy/sketch.h"     // IWYU pragma: export
#include "wirecopy/band.h"       // IWYU pragma: export
#include "wirecopy/fingerprint.h"  // IWYU pragma: export
#include "wirecopy/learn.h"      // IWYU pragma: export
#include "wirecopy/probe.h"      // IWYU pragma: export
#include "wirecopy/align.h"      // IWYU pragma: export
#include "wirecopy/verify.h"     // IWYU pragma: export
#include "wirecopy/cluster.h"    // IWYU pragma: export
#include "wirecopy/lineage.h"    // IWYU pragma: export
#include "wirecopy/repeats.h"    // IWYU pragma: export
#include "wirecopy/clean.h"      // IWYU pragma: export
#include "wirecopy/report_rows.h"  // IWYU pragma: export
#include "wirecopy/report.h"     // IWYU pragma: export
#include "wirecopy/evaluate_truth.h"  // IWYU pragma: export
#include "wirecopy/evaluate.h"   // IWYU pragma: export
#include "wirecopy/generate.h"   // IWYU pragma: export
#include "wirecopy/batch.h"      // IWYU pragma: export
#include "wirecopy/index_query.h"  // IWYU pragma: export
#include "wirecopy/index.h"      // IWYU pragma: export
#include "wirecopy/version.h"    // IWYU pragma: export

/// The verbs of an index.
#pragma once

#include "cli/watch.h"

namespace wirecopy::cli {

int run_index_create(Call& call);
int run_index_add(Call& call);
int run_index_remove(Call& call);
int run_index_forget(Call& call);
int run_index_expire(Call& call);
int run_index_relearn(Call& call);
int run_index_check(Call& call);
int run_index_rollback(Call& call);
int run_index_stats(Call& call);
int run_query(Call& call);

}  // namespace wirecopy::cli

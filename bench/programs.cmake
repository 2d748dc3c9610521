# Whole programs, not kernels.
add_executable(pipeline pipeline.cpp floor.cpp)
target_link_libraries(pipeline PRIVATE wirecopy_batch simdjson::simdjson wirecopy_build)

add_executable(check_pairs check_pairs.cpp)
target_link_libraries(check_pairs PRIVATE wirecopy_normalize wirecopy_build)

add_executable(grow grow.cpp)
target_link_libraries(grow PRIVATE wirecopy_base wirecopy_build)

add_executable(probe_recall probe_recall.cpp)
target_link_libraries(probe_recall PRIVATE wirecopy_collapse wirecopy_band wirecopy_probe wirecopy_build)

add_executable(pan13 pan13.cpp)
target_link_libraries(pan13 PRIVATE wirecopy_align wirecopy_evaluate fmt::fmt wirecopy_build)

add_executable(repeats_recall repeats_recall.cpp)
target_link_libraries(repeats_recall PRIVATE wirecopy_repeats fmt::fmt wirecopy_build)

add_executable(index_query index_query.cpp)
target_link_libraries(index_query PRIVATE wirecopy_index fmt::fmt wirecopy_build)

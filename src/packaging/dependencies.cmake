# The parts wirecopy is built from. Each has one door in src/base (CLI11: src/cli).
find_package(Threads REQUIRED)
find_package(TBB CONFIG REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(simdjson CONFIG REQUIRED)
find_package(RapidJSON CONFIG REQUIRED)
if(NOT TARGET rapidjson)  # Debian's package names only its folder
  add_library(rapidjson INTERFACE IMPORTED)
  target_include_directories(rapidjson INTERFACE ${RAPIDJSON_INCLUDE_DIRS})
endif()
find_package(fmt CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)  # headers only: XXH_INLINE_ALL
find_package(Eigen3 CONFIG REQUIRED)  # headers only
find_package(RocksDB CONFIG REQUIRED)  # its shared library: the static one wants all its own parts linked
include(${CMAKE_CURRENT_LIST_DIR}/csv.cmake)
set(CSV_LIBRARY CSV::CSV)

# What every target of ours is compiled with.
add_library(wirecopy_build INTERFACE)
target_compile_options(wirecopy_build INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Wold-style-cast $<$<BOOL:${WIRECOPY_WARNINGS_AS_ERRORS}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(wirecopy_build INTERFACE -Wno-restrict)  # cries wolf at "x" + string (GCC bug 105651)
endif()
if(WIRECOPY_SANITIZE)
  target_compile_options(wirecopy_build INTERFACE -fsanitize=${WIRECOPY_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(wirecopy_build INTERFACE -fsanitize=${WIRECOPY_SANITIZE})
endif()

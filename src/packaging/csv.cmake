# libcsv comes without a package of its own for CMake. Used here and by those who link us statically.
if(NOT TARGET CSV::CSV)
  find_library(CSV_LIBRARY_FILE csv REQUIRED)
  add_library(CSV::CSV UNKNOWN IMPORTED)
  set_target_properties(CSV::CSV PROPERTIES IMPORTED_LOCATION ${CSV_LIBRARY_FILE})
endif()

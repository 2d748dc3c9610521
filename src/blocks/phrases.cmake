# Compiles the phrase tables in: phrases/<language>.tsv, one after the other, as one string.
file(GLOB phrase_tables CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/phrases/*.tsv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${phrase_tables})
set(phrase_rows "")
foreach(table IN LISTS phrase_tables)
  file(READ ${table} rows)
  # A literal each: compilers limit their length.
  string(APPEND phrase_rows "\nR\"tsv(${rows})tsv\"")
endforeach()
set(phrase_source ${CMAKE_CURRENT_BINARY_DIR}/blocks/phrase_rows.cpp)
file(CONFIGURE OUTPUT ${phrase_source} CONTENT [[
#include "blocks/phrases.h"

const std::string_view wirecopy::blocks::kPhraseRows =@phrase_rows@;
]] @ONLY)
target_sources(wirecopy_blocks PRIVATE ${phrase_source})

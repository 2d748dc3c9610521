# Tables are compiled in, so that no file is looked for when the program runs.

# wirecopy_table(STAGE NAME FILES INTO): the rows of FILES, one after the other, become the constant
# wirecopy::STAGE::kName (some_name: kSomeName). Whoever uses it declares it:
#   extern const std::string_view kSomeName;
function(wirecopy_table stage name files into)
  string(REPLACE "_" ";" words ${name})
  set(constant k)
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 first)
    string(SUBSTRING "${word}" 1 -1 rest)
    string(TOUPPER "${first}" first)
    string(APPEND constant ${first}${rest})
  endforeach()
  set(rows "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND rows "\n    R\"tsv(${text})tsv\"")  # a literal each: compilers limit their length
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/tables/${stage}/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include <string_view>
namespace wirecopy::@stage@ {
extern const std::string_view @constant@;
const std::string_view @constant@ =@rows@;
}  // namespace wirecopy::@stage@
]])
  set(${into} ${${into}} ${source} PARENT_SCOPE)
endfunction()

# wirecopy_tables(STAGE INTO): each src/STAGE/NAME.tsv is a table, and each folder src/STAGE/NAME of .tsv files is one.
function(wirecopy_tables stage into)
  file(GLOB tables CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${stage}/*.tsv)
  file(GLOB parts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${stage}/*/*.tsv)
  foreach(table IN LISTS tables)
    get_filename_component(name ${table} NAME_WE)
    wirecopy_table(${stage} ${name} ${table} ${into})
  endforeach()
  list(TRANSFORM parts REPLACE "/[^/]*$" "" OUTPUT_VARIABLE folders)
  list(REMOVE_DUPLICATES folders)
  foreach(folder IN LISTS folders)
    get_filename_component(name ${folder} NAME)
    file(GLOB files ${folder}/*.tsv)
    wirecopy_table(${stage} ${name} "${files}" ${into})
  endforeach()
  set(${into} ${${into}} PARENT_SCOPE)
endfunction()

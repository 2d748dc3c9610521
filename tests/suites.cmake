# Suites that are not one program a stage.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

add_test(NAME cli COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/cli_test.py)
set_tests_properties(cli PROPERTIES LABELS cli ENVIRONMENT "WIRECOPY=$<TARGET_FILE:wirecopy_tool>")

add_test(NAME install COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/install/run ${PROJECT_BINARY_DIR})
set_tests_properties(install PROPERTIES LABELS install)

add_test(NAME lint COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/lint/lint_test.py)
set_tests_properties(lint PROPERTIES LABELS lint)

# Every public header compiles alone.
file(GLOB public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/wirecopy/*.h)
set(lone_sources "")
foreach(header IN LISTS public_headers)
  get_filename_component(name ${header} NAME_WE)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/lone_headers/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"wirecopy/${name}.h\"\n")
  list(APPEND lone_sources ${source})
endforeach()
add_library(lone_headers OBJECT ${lone_sources})
target_include_directories(lone_headers PRIVATE ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(lone_headers PRIVATE wirecopy_build)

# What shares memory between threads is run again under the thread sanitizer.
foreach(name IN ITEMS batch band collapse base_files)
  set_property(TEST ${name} APPEND PROPERTY LABELS threads)
endforeach()

# Suites that are not one program a stage.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# wirecopy_suite(NAME COMMAND…): a suite that meets the tool as its users do.
function(wirecopy_suite name)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS ${name}
    ENVIRONMENT "WIRECOPY=$<TARGET_FILE:wirecopy_tool>")
endfunction()

set(here ${CMAKE_CURRENT_SOURCE_DIR})
wirecopy_suite(cli ${Python3_EXECUTABLE} -m unittest discover -s ${here}/cli -p *_test.py)
wirecopy_suite(demo ${Python3_EXECUTABLE} ${here}/golden/demo_test.py)
wirecopy_suite(install ${here}/install/run ${PROJECT_BINARY_DIR})
wirecopy_suite(lint ${Python3_EXECUTABLE} -m unittest discover -s ${here}/lint -p *_test.py)

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
add_custom_target(thread_tests)
foreach(name IN ITEMS batch batch_news batch_repeats batch_stream band cluster_link collapse learn probe base_files base_store)
  set_property(TEST ${name} APPEND PROPERTY LABELS threads)
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "TSAN_OPTIONS=suppressions=${here}/tsan.supp")
  add_dependencies(thread_tests ${name}_test)
endforeach()

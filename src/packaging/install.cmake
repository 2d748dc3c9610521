# What `cmake --install` puts where, and how others find it (find_package, pkg-config).
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/wirecopy)

install(TARGETS wirecopy EXPORT wirecopyTargets)
install(TARGETS wirecopy_tool RUNTIME)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/wirecopy DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")
install(EXPORT wirecopyTargets NAMESPACE wirecopy:: DESTINATION ${package_folder})

# A static library leaves finding its parts to the one who links it.
get_target_property(library_type wirecopy TYPE)
set(WIRECOPY_IS_STATIC OFF)
if(library_type STREQUAL STATIC_LIBRARY)
  set(WIRECOPY_IS_STATIC ON)
endif()
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/wirecopyConfig.cmake.in
  ${PROJECT_BINARY_DIR}/wirecopyConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/wirecopyConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/wirecopyConfig.cmake ${CMAKE_CURRENT_LIST_DIR}/csv.cmake
  ${PROJECT_BINARY_DIR}/wirecopyConfigVersion.cmake DESTINATION ${package_folder})

# wirecopy.pc finds the rest from where it lies, so that an installation can be moved.
file(RELATIVE_PATH WIRECOPY_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
set(WIRECOPY_PC_PARTS "icu-uc simdjson zlib libzstd tbb rocksdb fmt")
configure_file(${CMAKE_CURRENT_LIST_DIR}/wirecopy.pc.in ${PROJECT_BINARY_DIR}/wirecopy.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/wirecopy.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# What runs it every night, and the page about it. Nothing is switched on.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/systemd/wirecopy-night.service
    ${CMAKE_CURRENT_LIST_DIR}/systemd/wirecopy-night.timer DESTINATION lib/systemd/system)
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/systemd/night.env DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
install(FILES ${PROJECT_SOURCE_DIR}/src/docs/nightly.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# llama.cpp behind engine/llama. COMMONPLACE_LLAMA chooses where it comes from:
#   built     the static archives of packaging/build-llama.sh: one program, nothing beside it
#   prebuilt  the shared libraries in COMMONPLACE_LLAMA_LIBRARIES (packaging/fetch-llama-libraries.sh brings them; for
#             graphics cards), with the headers of packaging/fetch-llama.sh
#   off       none; opening a GGUF file is then an error that says so
set(COMMONPLACE_LLAMA built CACHE STRING "Where llama.cpp comes from: built, prebuilt or off")
set(COMMONPLACE_LLAMA_SOURCE ${CMAKE_SOURCE_DIR}/build/llama.cpp CACHE PATH "Headers of llama.cpp")
set(COMMONPLACE_LLAMA_BUILD ${CMAKE_SOURCE_DIR}/build/llama.cpp-build CACHE PATH "What packaging/build-llama.sh built")
set(COMMONPLACE_LLAMA_LIBRARIES ${CMAKE_SOURCE_DIR}/build/llama.cpp-libraries CACHE PATH "Prebuilt shared libraries")
set_property(CACHE COMMONPLACE_LLAMA PROPERTY STRINGS built prebuilt off)

# llama_import(name KIND file): headers come along as those of others, without our warnings.
function(llama_import name kind file)
  add_library(${name} ${kind} IMPORTED)
  set(source ${COMMONPLACE_LLAMA_SOURCE})
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${file}
    INTERFACE_INCLUDE_DIRECTORIES "${source}/include;${source}/ggml/include;${source}/common")
endfunction()

if(COMMONPLACE_LLAMA STREQUAL "built")
  if(NOT EXISTS ${COMMONPLACE_LLAMA_BUILD}/.commonplace-stamp)
    message(FATAL_ERROR "llama.cpp is not in ${COMMONPLACE_LLAMA_BUILD}: run packaging/build-llama.sh first, "
                        "or configure with -DCOMMONPLACE_LLAMA=off.")
  endif()
  set(ggml ${COMMONPLACE_LLAMA_BUILD}/llama.cpp/ggml/src)
  llama_import(llama_jinja STATIC ${COMMONPLACE_LLAMA_BUILD}/libllama-jinja.a)
  llama_import(llama_core STATIC ${COMMONPLACE_LLAMA_BUILD}/llama.cpp/src/libllama.a)
  llama_import(llama_ggml STATIC ${ggml}/libggml.a)
  llama_import(llama_ggml_cpu STATIC ${ggml}/libggml-cpu.a)
  llama_import(llama_ggml_base STATIC ${ggml}/libggml-base.a)
  target_link_libraries(llama_ggml_cpu INTERFACE llama_ggml_base)
  target_link_libraries(llama_ggml INTERFACE llama_ggml_cpu llama_ggml_base ${CMAKE_DL_LIBS})
  target_link_libraries(llama_core INTERFACE llama_ggml)
  target_link_libraries(llama_jinja INTERFACE llama_core)
  target_link_libraries(engine_llama PRIVATE llama_jinja)
elseif(COMMONPLACE_LLAMA STREQUAL "prebuilt")
  if(NOT EXISTS ${COMMONPLACE_LLAMA_SOURCE}/include/llama.h OR
     NOT EXISTS ${COMMONPLACE_LLAMA_LIBRARIES}/libggml-base.so)
    message(FATAL_ERROR "Prebuilt llama.cpp needs its headers and its libraries: run packaging/fetch-llama.sh and "
                        "packaging/fetch-llama-libraries.sh, or name a folder: -DCOMMONPLACE_LLAMA_LIBRARIES=.")
  endif()
  foreach(name llama-common llama.v0.5.0 ggml.v0.5.0 ggml-base)
    llama_import(prebuilt_${name} SHARED ${COMMONPLACE_LLAMA_LIBRARIES}/lib${name}.so)
    target_link_libraries(engine_llama PRIVATE prebuilt_${name})
  endforeach()
  # The libraries of the processors and graphics cards are opened at run time, out of the folder of those.
  target_compile_definitions(engine_llama PRIVATE COMMONPLACE_LLAMA_BACKENDS)
  install(DIRECTORY ${COMMONPLACE_LLAMA_LIBRARIES}/ DESTINATION ${CMAKE_INSTALL_LIBDIR}/commonplace
          FILES_MATCHING PATTERN "lib*.so")
elseif(COMMONPLACE_LLAMA STREQUAL "off")
  set_property(TARGET engine_llama PROPERTY SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/without/without.cpp ${CMAKE_CURRENT_LIST_DIR}/model_facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/resources.cpp)
else()
  message(FATAL_ERROR "COMMONPLACE_LLAMA is ${COMMONPLACE_LLAMA}; it must be built, prebuilt or off.")
endif()

# Jinja's headers assert where a hostile template can reach; without assertions the same places throw.
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/chat_template.cpp PROPERTIES COMPILE_DEFINITIONS NDEBUG)

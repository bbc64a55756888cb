# The templates enter the binary as generated sources: edit the Markdown, build, done. Included by engine/CMakeLists.txt
# after part(engine/prompt); run as a script (cmake -DIN=… -DOUT=… -DNAME=… -P) by the commands that it adds there.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${IN} text)
  get_filename_component(id ${IN} NAME_WLE)
  file(WRITE ${OUT} "#include \"engine/prompt/template.h\"\n\nnamespace commonplace::prompt {\n\n"
    "const TemplateFile& ${NAME}File() {\n    static const TemplateFile file{\"${id}\", R\"md~(${text})md~\"};\n"
    "    return file;\n}\n\n}  // namespace commonplace::prompt\n")
  return()
endif()
foreach(prompt answer.v1 rewrite.v1 summary.v1 title.v1)
  string(REGEX REPLACE "\\..*" "" prompt_name ${prompt})
  set(prompt_template ${CMAKE_SOURCE_DIR}/resources/prompts/${prompt}.md)
  set(prompt_source ${CMAKE_CURRENT_BINARY_DIR}/prompt_${prompt_name}.cpp)
  add_custom_command(OUTPUT ${prompt_source} DEPENDS ${prompt_template} ${CMAKE_CURRENT_LIST_FILE}
    COMMAND ${CMAKE_COMMAND} -DIN=${prompt_template} -DOUT=${prompt_source} -DNAME=${prompt_name}
            -P ${CMAKE_CURRENT_LIST_FILE})
  target_sources(engine_prompt PRIVATE ${prompt_source})
endforeach()

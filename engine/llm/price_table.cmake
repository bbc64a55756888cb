# The price table enters the binary as a generated source. Included by engine/CMakeLists.txt after part(engine/llm); run as
# a script (cmake -DIN=… -DOUT=… -P) by the command that it adds there.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${IN} text)
  file(WRITE ${OUT} "#include \"engine/llm/price.h\"\n\nnamespace commonplace::llm {\n\n"
    "const PriceTable& PriceTable::builtin() {\n"
    "    static const PriceTable table = parse(R\"json~(${text})json~\").value_or({});\n"
    "    return table;\n}\n\n}  // namespace commonplace::llm\n")
  return()
endif()
set(price_table ${CMAKE_SOURCE_DIR}/resources/prices/prices.v1.json)
set(price_source ${CMAKE_CURRENT_BINARY_DIR}/price_table.cpp)
add_custom_command(OUTPUT ${price_source} DEPENDS ${price_table} ${CMAKE_CURRENT_LIST_FILE}
  COMMAND ${CMAKE_COMMAND} -DIN=${price_table} -DOUT=${price_source} -P ${CMAKE_CURRENT_LIST_FILE})
target_sources(engine_llm PRIVATE ${price_source})

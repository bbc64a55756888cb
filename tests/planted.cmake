# Proves that layers.cmake and sizes.cmake can fail: cmake -DRULE=layers|sizes -DWORK=<scratch folder> -P planted.cmake
#
# For each rule a small tree is written that breaks it once, and the script must fail with the right place and message.
# The clean trees must pass; they also hold what looks like a violation and is none.
cmake_minimum_required(VERSION 3.25)
set(RULE_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/${RULE}.cmake)
if(NOT WORK OR NOT EXISTS "${RULE_SCRIPT}")
  message(FATAL_ERROR "usage: cmake -DRULE=layers|sizes -DWORK=<scratch folder> -P planted.cmake")
endif()
set(failures 0)
set(cases 0)

function(plant file)
  file(WRITE ${WORK}/${file} ${ARGN})
endfunction()

function(plant_more file)
  file(APPEND ${WORK}/${file} ${ARGN})
endfunction()

function(run_rule status output)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -P ${RULE_SCRIPT}
    RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(${status} ${code} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(count_case passed report)
  math(EXPR cases "${cases} + 1")
  set(cases ${cases} PARENT_SCOPE)
  if(NOT passed)
    math(EXPR failures "${failures} + 1")
    set(failures ${failures} PARENT_SCOPE)
    message(NOTICE "FAILED: ${report}")
  endif()
endfunction()

# The tree must break exactly one rule; the report must start with `expected`.
macro(expect_violation expected)
  run_rule(status output)
  string(FIND "${output}" "${expected}" at)
  string(FIND "${output}" "${RULE}: 1 violations" one)
  if(status EQUAL 0 OR NOT at EQUAL 0 OR one LESS 0)
    count_case(FALSE "expected ${expected}\nbut exit code ${status} and\n${output}")
  else()
    count_case(TRUE "")
  endif()
  clean_tree()
endmacro()

macro(expect_clean)
  run_rule(status output)
  if(NOT status EQUAL 0)
    count_case(FALSE "the clean tree fails:\n${output}")
  else()
    count_case(TRUE "")
  endif()
endmacro()

if(RULE STREQUAL "layers")
  function(clean_tree)
    file(REMOVE_RECURSE ${WORK})
    plant(engine/CMakeLists.txt
      "# part(engine/store USES engine/answer) in a comment counts for nothing\n"
      "part(engine/base LIBS ICU::uc)\n"
      "part(engine/document USES engine/base)\n"
      "part(engine/extract USES engine/base engine/document\n     LIBS PkgConfig::POPPLER)  # two lines\n"
      "part(engine/store\n     USES engine/base\n          engine/document\n     LIBS SQLiteCpp)\n"
      "part(engine/retrieve USES engine/base engine/store)\n")
    plant(ui/CMakeLists.txt
      "part(ui/bridge USES engine/base engine/document engine/retrieve LIBS Qt6::Core)\n"
      "part(ui/widgets LIBS Qt6::Widgets)\n"
      "part(ui/window USES ui/bridge ui/widgets)\n")
    plant(engine/base/text.cpp "#include \"engine/base/text.h\"\n\n#include <unicode/brkiter.h>\n#include <queue>\n")
    plant(engine/base/text.h "#pragma once\n// #include \"engine/store/store.h\"\n#include <string>\n")
    plant(engine/document/document.h "#pragma once\n#include \"engine/base/text.h\"\n")
    plant(engine/extract/pdf.cpp "#include <poppler/cpp/poppler-document.h>\n#include \"engine/document/document.h\"\n")
    plant(engine/store/store.cpp "#include <SQLiteCpp/SQLiteCpp.h>\n#include <nlohmann/json.hpp>\n")
    plant(engine/store/migrations/first.cpp "#include \"engine/store/store.h\"\n#include \"engine/base/text.h\"\n")
    plant(engine/retrieve/search.cpp "#  include \"engine/store/store.h\"\n")
    plant(ui/bridge/engine.cpp "#include <QObject>\n#include \"engine/retrieve/search.h\"\n#include \"engine.moc\"\n")
    plant(ui/window/main_window.cpp
      "#include <QMainWindow>\n#include \"ui/bridge/engine.h\"\n#include \"engine/document/document.h\"\n")
    plant(app/main.cpp "#include \"app/modes.h\"\n#include \"engine/retrieve/search.h\"\n#include \"ui/window/main_window.h\"\n")
    plant(app/cli/ask.cpp "#include <CLI/CLI.hpp>\n#include \"engine/store/store.h\"\n")
  endfunction()
  clean_tree()
  expect_clean()

  plant_more(engine/retrieve/search.cpp "\n#include \"engine/document/document.h\"\n")
  expect_violation("engine/retrieve/search.cpp:3: engine/retrieve includes engine/document, which its part() line does")
  plant_more(engine/store/migrations/first.cpp "#include \"engine/extract/pdf.h\"\n")
  expect_violation("engine/store/migrations/first.cpp:3: engine/store includes engine/extract, which its part() line")
  plant(engine/chunk/chunker.h "#include \"engine/base/text.h\"\n")
  expect_violation("engine/chunk/chunker.h:1: engine/chunk has no part() line in a CMakeLists.txt")
  plant_more(engine/CMakeLists.txt "part(engine/chunk USES engine/base engine/answer)\n")
  expect_violation("engine/CMakeLists.txt:11: engine/chunk (layer 3) uses engine/answer (layer 5): only lower layers")
  plant_more(engine/CMakeLists.txt "part(engine/chunk USES engine/base\n  engine/store)\n")
  expect_violation("engine/CMakeLists.txt:11: engine/chunk (layer 3) uses engine/store (layer 3): only lower layers")
  plant_more(engine/CMakeLists.txt "part(engine/magic USES engine/base)\n")
  expect_violation("engine/CMakeLists.txt:11: engine/magic has no layer in tests/layers.cmake")
  plant_more(engine/CMakeLists.txt "part(engine/chunk USES ui/bridge)\n")
  expect_violation("engine/CMakeLists.txt:11: engine/chunk uses ui/bridge: the engine knows neither ui nor app")
  plant_more(ui/CMakeLists.txt "part(ui/chat USES engine/retrieve)\n")
  expect_violation("ui/CMakeLists.txt:4: ui/chat uses engine/retrieve: only ui/bridge reaches the engine")
  plant_more(ui/CMakeLists.txt "part(ui/chat USES ui/reader)\npart(ui/reader)\n")
  expect_violation("ui/CMakeLists.txt:4: ui/chat uses ui/reader, which is not declared before it")

  plant_more(engine/store/store.cpp "#include <QString>\n")
  expect_violation("engine/store/store.cpp:3: Qt in the engine: QString")
  plant_more(engine/store/store.cpp "#include <QtCore/QString>\n")
  expect_violation("engine/store/store.cpp:3: Qt in the engine: QtCore/QString")
  plant_more(engine/store/store.cpp "#include \"ui/bridge/engine.h\"\n")
  expect_violation("engine/store/store.cpp:3: the engine must not include ui/bridge/engine.h")
  plant_more(engine/store/store.cpp "#include \"app/modes.h\"\n")
  expect_violation("engine/store/store.cpp:3: the engine must not include app/modes.h")
  plant_more(engine/store/store.cpp "#include \"tests/fakes/clock.h\"\n")
  expect_violation("engine/store/store.cpp:3: the product must not include tests/fakes/clock.h")
  plant_more(engine/store/store.cpp "#include \"../base/text.h\"\n")
  expect_violation("engine/store/store.cpp:3: \"../base/text.h\": write our own includes from the root")
  plant_more(engine/base/text.h "#include <nlohmann/json.hpp>\n")
  expect_violation("engine/base/text.h:4: nlohmann/json.hpp is slow to compile and belongs in .cpp files only")

  plant_more(ui/window/main_window.cpp "#include \"engine/base/text.h\"\n")
  expect_violation("ui/window/main_window.cpp:4: only ui/bridge includes the engine (engine/document excepted), not ui/")
  plant_more(ui/window/main_window.cpp "#include \"app/modes.h\"\n")
  expect_violation("ui/window/main_window.cpp:4: ui must not include app/modes.h")
  plant_more(ui/widgets/theme.h "#include \"ui/bridge/engine.h\"\n")
  expect_violation("ui/widgets/theme.h:1: ui/widgets includes ui/bridge, which its part() line does not name")

  # One header of each room, planted in a folder that is not its room.
  foreach(header poppler/cpp/poppler-page.h md4c.h gumbo.h uchardet/uchardet.h archive.h tesseract/baseapi.h
          curl/curl.h Eigen/Core unicode/uchar.h openssl/evp.h libstemmer.h llama.h CLI/CLI.hpp)
    plant_more(engine/store/store.cpp "#include <${header}>\n")
    expect_violation("engine/store/store.cpp:3: ${header} is for ")
  endforeach()
  foreach(header sqlite3.h SQLiteCpp/Statement.h)
    plant_more(app/main.cpp "#include <${header}>\n")
    expect_violation("app/main.cpp:4: ${header} is for engine/store only, not for app")
  endforeach()
endif()

if(RULE STREQUAL "sizes")
  function(repeated result line count)
    string(REPEAT "${line}\n" ${count} text)
    set(${result} "${text}" PARENT_SCOPE)
  endfunction()
  repeated(body_98 "    step();" 98)
  repeated(body_99 "    step();" 99)
  repeated(inner_99 "        step();" 99)
  repeated(values_120 "    {1, 2}," 120)

  function(clean_tree)
    file(REMOVE_RECURSE ${WORK})
    repeated(header "// line" 200)
    repeated(source "// line" 500)
    plant(engine/base/limit.h "${header}")
    plant(tests/engine/base/limit_test.cpp "${source}")
    plant(engine/base/table.cpp
      "namespace a {\n\nconst Pair kTable[] = {\n${values_120}};\n\n"
      "struct Big final : Base<int()> {\n${values_120}};\n\n"
      "void exact() {\n${body_98}}\n\nvoid next() {\n${body_98}}\n\n"
      "const char* raw() {\n    return R\"x(\n}\n{\n)x\";\n}\n\n}  // namespace a\n")
  endfunction()
  clean_tree()
  expect_clean()

  plant_more(engine/base/limit.h "// one more\n")
  expect_violation("engine/base/limit.h:201: header of 201 lines, limit 200")
  plant_more(tests/engine/base/limit_test.cpp "// one more\n")
  expect_violation("tests/engine/base/limit_test.cpp:501: source of 501 lines, limit 500")
  plant(app/long.cpp "namespace {\n\nvoid longOne() {\n${body_99}}\n\n}  // namespace\n")
  expect_violation("app/long.cpp:3: function of 101 lines, limit 100: void longOne()")
  plant(ui/chat/long.cpp "Result<int> Chat::many(int a,\n                       int b) const {  // \"why\" [1]\n${body_98}}\n")
  expect_violation("ui/chat/long.cpp:1: function of 101 lines, limit 100: Result<int> Chat::many(int a,")
  plant(bench/long.h "class Bench final {\n  public:\n    void inner() {\n${inner_99}    }\n};\n")
  expect_violation("bench/long.h:3: function of 101 lines, limit 100: void inner()")
  plant(engine/base/long.cpp "Chat::Chat(int a)\n    : m_a(a), m_b{a} {\n${body_98}}\n")
  expect_violation("engine/base/long.cpp:1: function of 101 lines, limit 100: Chat::Chat(int a)")
  plant(tests/long_test.cpp "TEST(Long, test) {\n    call(R\"({\n}\n)\");\n${body_98}}\n")
  expect_violation("tests/long_test.cpp:1: function of 103 lines, limit 100: TEST(Long, test)")
endif()

file(REMOVE_RECURSE ${WORK})
if(failures)
  message(FATAL_ERROR "planted ${RULE}: ${failures} of ${cases} cases failed")
endif()
message(STATUS "planted ${RULE}: ${cases} cases")

# The include rule of the house, as a test: cmake -DROOT=<repository> -P tests/layers.cmake
#
# Reads every part(folder USES …) of engine/CMakeLists.txt and ui/CMakeLists.txt and every #include of engine/, ui/ and
# app/, and prints each violation as file:line: message. A folder includes itself and what its USES names; USES names
# lower layers only; the engine knows no Qt; a third-party header stays in its room. bench/ and tests/ stand outside the
# product and may look at anything. planted.cmake proves that each of these rules can fail.
cmake_minimum_required(VERSION 3.25)
if(NOT ROOT)
  message(FATAL_ERROR "usage: cmake -DROOT=<repository> -P layers.cmake")
endif()

# Folder and layer. base is the ground that the two other folders of layer 1 stand on, so it counts as 0 here.
set(LAYERS
  base 0  config 1  document 1
  trace 2  net 2  llama 2
  extract 3  chunk 3  embed 3  vector 3  store 3  guard 3
  ingest 4  retrieve 4  prompt 4  llm 4
  answer 5
  library 6
  agent 7
  mcp 8  eval 8)
# Third-party header (a regular expression on the name between the quotes or brackets) and the rooms that may include
# it; several rooms are joined with commas.
set(ROOMS
  "^poppler/|^poppler-"             engine/extract
  "^md4c(-html)?\\.h$"              engine/extract
  "^gumbo\\.h$"                     engine/extract
  "^(uchardet/)?uchardet\\.h$"      engine/extract
  "^archive(_entry)?\\.h$"          engine/extract
  "^tesseract/|^leptonica/"         engine/extract
  "^curl/"                          engine/net
  "^(unsupported/)?Eigen/"          engine/embed,engine/vector
  "^sqlite3(ext)?\\.h$|^SQLiteCpp/" engine/store
  "^unicode/|^openssl/"             engine/base
  "^libstemmer(/libstemmer)?\\.h$"  engine/base
  "^llama(-cpp)?\\.h$|^gg(ml|uf)|^jinja/" engine/llama
  "^CLI/"                           app,app/cli)
# Headers that cost seconds per translation unit: never in a header of ours, which others would pay for.
set(SOURCES_ONLY "^nlohmann/|^CLI/|^(unsupported/)?Eigen/")

# Prints file:line: message for the line on which `text` first stands in the file. The line is looked up here, for a
# violation only, so that a clean tree is read once.
function(violation file text message)
  file(READ ${ROOT}/${file} content)
  string(FIND "${content}" "${text}" at)
  string(SUBSTRING "${content}" 0 ${at} before)
  string(REGEX REPLACE "[^\n]+" "" newlines "${before}")
  string(LENGTH "${newlines}" line)
  math(EXPR line "${line} + 1")
  message(NOTICE "${file}:${line}: ${message}")
  set_property(GLOBAL APPEND PROPERTY VIOLATIONS "${file}:${line}")
endfunction()

# "engine/store/migrations/x.h" belongs to engine/store (sub-folders have no layer of their own), "app/main.cpp" to app.
function(folder_of result file)
  get_filename_component(folder "${file}" DIRECTORY)
  string(REGEX MATCH "^[^/]+(/[^/]+)?" folder "${folder}")
  set(${result} "${folder}" PARENT_SCOPE)
endfunction()

function(layer_of result folder)
  string(REPLACE "engine/" "" name ${folder})
  list(FIND LAYERS ${name} at)
  set(layer "")
  if(at GREATER -1)
    math(EXPR at "${at} + 1")
    list(GET LAYERS ${at} layer)
  endif()
  set(${result} "${layer}" PARENT_SCOPE)
endfunction()

# May `folder` use `used`? Engine folders have numbered layers; among ui folders the order of the part() lines decides.
function(check_use list_file call folder used)
  if(folder MATCHES "^engine/" AND NOT used MATCHES "^engine/")
    violation(${list_file} "${call}" "${folder} uses ${used}: the engine knows neither ui nor app")
  elseif(NOT used MATCHES "^engine/")
    if(NOT used IN_LIST DECLARED)
      violation(${list_file} "${call}" "${folder} uses ${used}, which is not declared before it")
    endif()
  elseif(folder MATCHES "^engine/")
    layer_of(ours ${folder})
    layer_of(theirs ${used})
    if(NOT ours STREQUAL "" AND NOT "${theirs}" LESS "${ours}")
      violation(${list_file} "${call}"
        "${folder} (layer ${ours}) uses ${used} (layer ${theirs}): only lower layers are allowed")
    endif()
  elseif(NOT folder STREQUAL "ui/bridge" AND NOT used STREQUAL "engine/document")
    violation(${list_file} "${call}" "${folder} uses ${used}: only ui/bridge reaches the engine")
  endif()
endfunction()

# Reads the part() lines of one file into DECLARED and USES_<folder>, and checks the layers that they name.
function(read_parts list_file)
  file(READ ${ROOT}/${list_file} content)
  string(REGEX REPLACE "#[^\n]*" "" content "${content}")
  string(REGEX MATCHALL "part\\([^)]*\\)" calls "${content}")
  foreach(call IN LISTS calls)
    string(REGEX REPLACE "^part\\([ \t\r\n]*(.*)\\)$" "\\1" arguments "${call}")
    string(REGEX REPLACE "[ \t\r\n]+" ";" arguments "${arguments}")
    cmake_parse_arguments(PART "" "" "USES;LIBS" ${arguments})
    list(GET PART_UNPARSED_ARGUMENTS 0 folder)
    string(REGEX MATCH "^part\\([ \t]*[^ \t\r\n)]*" head "${call}")
    layer_of(layer ${folder})
    if(folder MATCHES "^engine/" AND layer STREQUAL "")
      violation(${list_file} "${head}" "${folder} has no layer in tests/layers.cmake")
    endif()
    foreach(used IN LISTS PART_USES)
      check_use(${list_file} "${head}" ${folder} ${used})
    endforeach()
    set(USES_${folder} ${PART_USES} PARENT_SCOPE)
    list(APPEND DECLARED ${folder})
  endforeach()
  set(DECLARED ${DECLARED} PARENT_SCOPE)
endfunction()

# An include of a file of this repository.
function(check_ours file folder text target)
  folder_of(included ${target})
  if(target MATCHES "^(tests|bench)/")
    violation(${file} "${text}" "the product must not include ${target}")
  elseif(included STREQUAL folder OR folder MATCHES "^app")
    return()
  elseif(folder MATCHES "^engine" AND NOT target MATCHES "^engine/")
    violation(${file} "${text}" "the engine must not include ${target}: it knows neither ui nor app")
  elseif(target MATCHES "^app/")
    violation(${file} "${text}" "ui must not include ${target}: app composes ui, not the other way round")
  elseif(folder MATCHES "^ui" AND included STREQUAL "engine/document")
    return()
  elseif(folder MATCHES "^ui" AND target MATCHES "^engine/" AND NOT folder STREQUAL "ui/bridge")
    violation(${file} "${text}" "only ui/bridge includes the engine (engine/document excepted), not ${folder}")
  elseif(NOT folder IN_LIST DECLARED)
    violation(${file} "${text}" "${folder} has no part() line in a CMakeLists.txt")
  elseif(NOT included IN_LIST USES_${folder})
    violation(${file} "${text}" "${folder} includes ${included}, which its part() line does not name")
  endif()
endfunction()

function(check_foreign file folder text target)
  if(text MATCHES "\"" AND NOT target MATCHES "\\.moc$|^ui_[a-z_]+\\.h$")
    violation(${file} "${text}" "\"${target}\": write our own includes from the root, others in <>")
  endif()
  if(folder MATCHES "^engine" AND target MATCHES "^Q[A-Z]|^Qt|^q[a-z]+\\.h$")
    violation(${file} "${text}" "Qt in the engine: ${target}")
  endif()
  if(file MATCHES "\\.h$" AND target MATCHES "${SOURCES_ONLY}")
    violation(${file} "${text}" "${target} is slow to compile and belongs in .cpp files only")
  endif()
  set(rooms ${ROOMS})
  while(rooms)
    list(POP_FRONT rooms pattern allowed)
    string(REPLACE "," ";" allowed ${allowed})
    if(target MATCHES "${pattern}" AND NOT folder IN_LIST allowed)
      list(JOIN allowed " and " names)
      violation(${file} "${text}" "${target} is for ${names} only, not for ${folder}")
    endif()
  endwhile()
endfunction()

set(DECLARED)
foreach(list_file engine/CMakeLists.txt ui/CMakeLists.txt)
  if(EXISTS ${ROOT}/${list_file})
    read_parts(${list_file})
  endif()
endforeach()

file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${ROOT}
  ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp ${ROOT}/ui/*.h ${ROOT}/ui/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp)
foreach(file IN LISTS files)
  folder_of(folder ${file})
  file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(text IN LISTS includes)
    string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]*).*" "\\1" target "${text}")
    if(target MATCHES "^(engine|ui|app|tests|bench)/")
      check_ours(${file} ${folder} "${text}" ${target})
    else()
      check_foreign(${file} ${folder} "${text}" "${target}")
    endif()
  endforeach()
endforeach()

list(LENGTH files count)
get_property(violations GLOBAL PROPERTY VIOLATIONS)
list(LENGTH violations violation_count)
if(violations)
  message(FATAL_ERROR "layers: ${violation_count} violations in ${count} files")
endif()
message(STATUS "layers: ${count} files, no violation")

// Golden cases: tests/golden/<room>/input/* are fed to a function, what it returns must equal expected/* of
// the same name. With COMMONPLACE_REBASELINE=1 in the environment the expected files are written instead
// (read the diff before you commit it).
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace commonplace::test {

inline std::string readAll(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// `run` gets the content of an input file and returns what belongs into the expected one.
inline void checkGolden(const std::string& room, const std::function<std::string(const std::string&)>& run) {
    const std::filesystem::path folder = std::filesystem::path(COMMONPLACE_TEST_DIR) / "golden" / room;
    const char* rebaseline = std::getenv("COMMONPLACE_REBASELINE");
    const bool write = rebaseline != nullptr && std::string(rebaseline) == "1";
    std::set<std::filesystem::path> names;
    for (const auto& input : filesIn(folder / "input")) {
        SCOPED_TRACE(input.filename().string());
        names.insert(input.filename());
        const std::string actual = run(readAll(input));
        const std::filesystem::path expected = folder / "expected" / input.filename();
        if (write)
            std::ofstream(expected, std::ios::binary) << actual;
        else
            EXPECT_EQ(actual, readAll(expected));
    }
    EXPECT_FALSE(names.empty()) << "no golden cases in " << folder;
    for (const auto& expected : filesIn(folder / "expected"))
        EXPECT_TRUE(names.contains(expected.filename())) << expected << " has no input";
}

}  // namespace commonplace::test

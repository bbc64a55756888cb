#include "tests/engine/answer/pdf_pages.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "engine/base/text.h"

namespace commonplace::test {
namespace {

namespace fs = std::filesystem;

std::string output(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string text;
    char buffer[8192];
    for (std::size_t count; pipe && (count = fread(buffer, 1, sizeof buffer, pipe.get())) > 0;)
        text.append(buffer, count);
    return text;
}

}  // namespace

fs::path testData() {
    const char* named = std::getenv("COMMONPLACE_TEST_DATA");
    return named != nullptr ? fs::path(named) : fs::path(COMMONPLACE_TEST_DIR) / "../../shared/data";
}

bool hasPdftotext() {
    return std::system("command -v pdftotext >/dev/null 2>&1") == 0;
}

std::vector<fs::path> pdfsIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".pdf" && entry.path().native().find('\'') == std::string::npos)
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> pagesOf(const fs::path& file, int most) {
    const std::string text = base::repairUtf8(
        output("pdftotext -f 1 -l " + std::to_string(most) + " '" + file.native() + "' - 2>/dev/null"));
    std::vector<std::string> pages;
    for (std::size_t at = 0, end; (end = text.find('\f', at)) != std::string::npos; at = end + 1)
        pages.push_back(text.substr(at, end - at));
    return pages;
}

}  // namespace commonplace::test

// Pages of real PDFs as pdftotext gives them, for tests that run where the test data is.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace commonplace::test {

/// COMMONPLACE_TEST_DATA, else ../shared/data beside the repository; it need not exist.
std::filesystem::path testData();
bool hasPdftotext();
/// In byte order.
std::vector<std::filesystem::path> pdfsIn(const std::filesystem::path& folder);
/// The first pages of a PDF.
std::vector<std::string> pagesOf(const std::filesystem::path& file, int most);

}  // namespace commonplace::test

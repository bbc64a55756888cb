// Every file of a folder of hostile PDFs through the extractor; statuses against the classes of its
// manifest.tsv.
//
//     extract_hardpdf_bench PROGRAM FOLDER [STEP]      (every STEP-th file)
//
// Exit code 0: at least 97 % agree and at most 3 workers were lost.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/thread_pool.h"
#include "engine/extract/extractor.h"

namespace {

namespace fs = std::filesystem;
using namespace commonplace;

struct Entry {
    fs::path path;
    std::string kind;
};

/// The manifest's columns 1 (path) and 7 (class).
std::vector<Entry> readManifest(const fs::path& folder) {
    std::vector<Entry> entries;
    std::ifstream file(folder / "manifest.tsv");
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::vector<std::string> columns;
        for (std::string column; std::getline(fields, column, '\t');) columns.push_back(column);
        if (columns.size() > 6) entries.push_back({folder / columns[0], columns[6]});
    }
    return entries;
}

bool agrees(const std::string& kind, document::Status status) {
    static const std::multimap<std::string, std::string> kAllowed{{"text", "indexed"},
                                                                  {"text", "partial"},
                                                                  {"text_with_damage", "indexed"},
                                                                  {"text_with_damage", "partial"},
                                                                  {"opens_no_text", "no_text"},
                                                                  {"needs_password", "encrypted"},
                                                                  {"unopenable", "damaged"},
                                                                  {"zero_pages", "damaged"},
                                                                  {"timeout20s", "timed_out"},
                                                                  {"timeout20s", "quarantined"},
                                                                  {"timeout20s", "too_big"}};
    const auto [first, last] = kAllowed.equal_range(kind);
    for (auto it = first; it != last; ++it)
        if (it->second == document::name(status)) return true;
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: extract_hardpdf_bench PROGRAM FOLDER [STEP]\n", stderr);
        return 2;
    }
    const auto entries = readManifest(argv[2]);
    const std::size_t step = argc > 3 ? static_cast<std::size_t>(std::max(1, std::atoi(argv[3]))) : 1;
    base::ThreadPool pool;
    extract::Options options;
    options.program = argv[1];
    options.workers = pool.size();
    auto extractor = extract::Extractor::create(options);
    if (!extractor || entries.empty()) {
        std::fputs(extractor ? "no manifest.tsv there\n" : (extractor.error().message() + "\n").c_str(),
                   stderr);
        return 1;
    }
    const base::Stopwatch watch;
    std::mutex mutex;
    std::size_t asked = 0;
    std::size_t agreed = 0;
    pool.parallelFor((entries.size() + step - 1) / step, [&](std::size_t i) {
        const Entry& entry = entries[i * step];
        const auto snapshot = extract::takeSnapshot(entry.path, 1u << 30, {});
        if (!snapshot) return;
        const auto content = (*extractor)->extract(*snapshot, document::Format::Pdf, {});
        const std::lock_guard lock(mutex);
        ++asked;
        if (content && agrees(entry.kind, content->status)) {
            ++agreed;
            return;
        }
        std::printf("%s: %s, but %s (%s)\n", entry.path.filename().c_str(), entry.kind.c_str(),
                    content ? document::name(content->status) : "error",
                    content ? content->reason.c_str() : content.error().message().c_str());
    });
    const auto usage = (*extractor)->usage();
    std::printf("%zu of %zu agree (%.2f %%), %d workers started, %d lost, %.1f CPU s, %.1f s\n", agreed,
                asked, 100.0 * static_cast<double>(agreed) / static_cast<double>(asked), usage.started,
                usage.killed, usage.cpuSeconds, watch.seconds());
    return agreed * 100 >= asked * 97 && usage.killed <= 3 ? 0 : 1;
}

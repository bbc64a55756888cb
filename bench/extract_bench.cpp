// Text of PDFs by our workers against `pdftotext` (the same library without a sandbox or a wire), on the same
// files in the same run, all processors busy in both.
//
//     extract_bench PROGRAM FOLDER [ROUNDS]
//
// PROGRAM is the commonplace binary. Processor time is the workers', with start-up and transfer, as wait4
// reports it.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/child_process.h"
#include "engine/base/clock.h"
#include "engine/base/thread_pool.h"
#include "engine/extract/extractor.h"

namespace {

namespace fs = std::filesystem;
using namespace commonplace;

struct Measured {
    double cpuSeconds = 0;
    double wallSeconds = 0;
    long pages = 0;
    long bytes = 0;  ///< of text
    long failures = 0;

    void add(const Measured& more) {
        cpuSeconds += more.cpuSeconds;
        wallSeconds += more.wallSeconds;
        pages += more.pages;
        bytes += more.bytes;
        failures += more.failures;
    }
};

std::vector<fs::path> pdfsIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".pdf") files.push_back(entry.path());
    return files;
}

Measured runWorkers(const fs::path& program, const std::vector<fs::path>& files, base::ThreadPool& pool) {
    const base::Stopwatch watch;
    extract::Options options;
    options.program = program;
    options.workers = pool.size();
    auto extractor = extract::Extractor::create(options);
    if (!extractor) return {0, 0, 0, 0, static_cast<long>(files.size())};
    std::atomic<long> pages = 0;
    std::atomic<long> bytes = 0;
    std::atomic<long> failures = 0;
    pool.parallelFor(files.size(), [&](std::size_t i) {
        const auto snapshot = extract::takeSnapshot(files[i], 1u << 30, {});
        const auto content = snapshot ? (*extractor)->extract(*snapshot, document::Format::Pdf, {})
                                      : Result<document::ExtractedDocument>(snapshot.error());
        if (!content || document::isFailure(content->status)) ++failures;
        if (!content) return;
        pages += static_cast<long>(content->pages.size());
        for (const auto& page : content->pages) bytes += static_cast<long>(page.text.size());
    });
    return {(*extractor)->usage().cpuSeconds, watch.seconds(), pages, bytes, failures};
}

Measured runPdftotext(const std::vector<fs::path>& files, base::ThreadPool& pool) {
    const base::Stopwatch watch;
    std::atomic<double> cpu = 0;
    std::atomic<long> failures = 0;
    pool.parallelFor(files.size(), [&](std::size_t i) {
        auto child = base::ChildProcess::start({"/usr/bin/pdftotext", {files[i].native(), "-"}, {}, {}});
        if (!child) {
            ++failures;
            return;
        }
        const auto ended = child->wait();
        if (ended.code != 0 || ended.signal != 0) ++failures;
        cpu += ended.cpuSeconds;
    });
    return {cpu, watch.seconds(), 0, 0, failures};
}

void print(const char* name, const Measured& measured) {
    std::printf("%-10s %7ld pages %8.2f CPU s %8.2f s %9.1f pages/CPU s  failures %ld\n", name,
                measured.pages, measured.cpuSeconds, measured.wallSeconds,
                static_cast<double>(measured.pages) / measured.cpuSeconds, measured.failures);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: extract_bench PROGRAM FOLDER [ROUNDS]\n", stderr);
        return 2;
    }
    const auto files = pdfsIn(argv[2]);
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 3;
    base::ThreadPool pool;
    Measured ours;
    Measured theirs;
    for (int i = 0; i < rounds; ++i) {  // in turns, so that both meet the same weather
        ours.add(runWorkers(argv[1], files, pool));
        theirs.add(runPdftotext(files, pool));
    }
    theirs.pages = ours.pages;
    print("workers", ours);
    print("pdftotext", theirs);
    std::printf("ratio %.3f (pages per CPU second, workers / pdftotext; at least .90 is wanted)\n",
                theirs.cpuSeconds / ours.cpuSeconds);
    return ours.failures == 0 ? 0 : 1;
}

// The built-in encoder, unit by unit, beside the matrix product it mostly consists of (Eigen, AVX2 build).
//
//     embed_bench [CORPUS.jsonl]
//
// Texts are cut from the corpus ({"text": …} a line), or made up. All figures are per second of processor
// time of one thread, so that other load on the machine matters less.
#if defined(__x86_64__)
#pragma GCC target("avx2,fma")  // the rival at its best; the encoder chooses its units by itself
#endif
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <eigen3/Eigen/Core>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "engine/embed/encoder.h"
#include "engine/embed/tokenizer.h"

namespace {

using namespace commonplace::embed;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The best of several runs, each long enough for the clock.
double secondsPerCall(const std::function<void()>& call) {
    call();
    double best = 1e9;
    for (int round = 0; round < 5; ++round) {
        int calls = 0;
        const double start = cpuSeconds();
        double spent = 0;
        for (; spent < 0.1; ++calls, spent = cpuSeconds() - start) call();
        best = std::min(best, spent / calls);
    }
    return best;
}

std::vector<std::string> corpusWords(const char* path) {
    std::vector<std::string> words;
    std::ifstream file(path);
    for (std::string line, word; words.size() < 50000 && std::getline(file, line);)
        for (std::istringstream text(nlohmann::json::parse(line).at("text").get<std::string>());
             text >> word;)
            words.push_back(word);
    return words;
}

std::vector<std::string> madeUpWords() {
    std::vector<std::string> words;
    for (int i = 0; i < 5000; ++i)
        for (const char* word : {"The", "pressure", "distribution", "over", "a", "wing", "was", "measured",
                                 "in", "order", "to", "compare", "it", "with", "theory."})
            words.emplace_back(word);
    return words;
}

/// Token ids of `count` texts of so many words.
std::vector<std::vector<std::int32_t>> texts(const Tokenizer& tokenizer,
                                             const std::vector<std::string>& words, std::size_t count,
                                             std::size_t length) {
    std::vector<std::vector<std::int32_t>> result;
    for (std::size_t at = 0; result.size() < count && at + length <= words.size(); at += length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += words[at + i] + ' ';
        result.push_back(tokenizer.tokenize(text).ids);
    }
    return result;
}

/// Multiply-adds of a token: the dense layers, and attention over the text's other tokens.
double flopOf(std::size_t tokens) {
    return static_cast<double>(tokens) * (2 * 4.65e6 + 2 * 1536.0 * static_cast<double>(tokens));
}

double runUnit(const Encoder& encoder, const Tokenizer& tokenizer, const std::vector<std::string>& words,
               std::size_t length, std::size_t packTokens) {
    auto ids = texts(tokenizer, words, 500, length);
    std::size_t tokens = 0, count = 0;
    double flop = 0;
    for (; count < ids.size() && (count == 0 || tokens < packTokens); ++count) {
        tokens += ids[count].size();
        flop += flopOf(ids[count].size());
    }
    const std::vector<Encoder::Text> pack(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count));
    std::vector<float> vectors(count * Shape::hidden);
    const double seconds = secondsPerCall([&] { encoder.encode(pack, vectors.data()); });
    std::printf("%-10s %6zu %6zu %8.2f %12.0f %12.0f %10.1f\n", encoder.kernel().name, length, count,
                seconds * 1e3, static_cast<double>(count) / seconds, static_cast<double>(tokens) / seconds,
                flop / seconds * 1e-9);
    return flop / seconds * 1e-9;
}

double eigenGflops() {
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Matrix a = Matrix::Random(512, 512), b = Matrix::Random(512, 1536);
    Matrix c(512, 1536);
    const double seconds = secondsPerCall([&] { c.noalias() = a * b; });
    return 2.0 * 512 * 512 * 1536 / seconds * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
    const auto model = Model::open(builtinModelBytes());
    if (!model) return std::fprintf(stderr, "%s\n", model.error().message().c_str()), 1;
    const Tokenizer tokenizer(*model);
    const auto words = argc > 1 ? corpusWords(argv[1]) : madeUpWords();
    std::printf("%-10s %6s %6s %8s %12s %12s %10s\n", "unit", "words", "texts", "ms", "texts/s", "tokens/s",
                "GFLOP/s");
    double best = 0;
    for (const Kernel* kernel : {&baselineKernel(), avx2Kernel(), avx512Kernel()}) {
        if (!kernel) continue;
        const Encoder encoder(*model, *kernel);
        runUnit(encoder, tokenizer, words, 12, 1);
        for (const std::size_t length : {24u, 80u})
            best = runUnit(encoder, tokenizer, words, length, kPackTokens);
    }
    const double rival = eigenGflops();
    std::printf(
        "Eigen GEMM 512 x 512 x 1536: %.1f GFLOP/s; ratio of the best unit, attention and all: %.2f\n", rival,
        best / rival);
    return 0;
}

// Exact search over int8 rows beside a plain matrix-vector product over float rows (Eigen, AVX2 build).
//
//     vector_bench [ROWS [DIMENSION]]        default 100000 512; try 1000000
//
// All figures are milliseconds of processor time of one thread, the median of the queries; GB/s counts the
// bytes of the rows, each as its own side stores them.
#if defined(__x86_64__)
#pragma GCC target("avx2,fma")  // the rival at its best; the index chooses its units by itself
#endif
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <eigen3/Eigen/Core>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "engine/vector/resident_index.h"

namespace {

using namespace commonplace;

constexpr std::size_t kQueries = 25;
constexpr std::size_t kRivalRows =
    200000;  // a float matrix of more would not fit beside the index on a laptop

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<float> unitVector(std::mt19937& generator, std::size_t dimension) {
    std::normal_distribution<float> normal;
    std::vector<float> values(dimension);
    for (float& value : values) value = normal(generator);
    Eigen::Map<Eigen::VectorXf>(values.data(), static_cast<Eigen::Index>(dimension)).normalize();
    return values;
}

double medianMs(const std::vector<std::vector<float>>& queries,
                const std::function<void(const std::vector<float>&)>& ask) {
    std::vector<double> times;
    ask(queries.front());
    for (const auto& query : queries) {
        const double start = cpuSeconds();
        ask(query);
        times.push_back((cpuSeconds() - start) * 1e3);
    }
    std::nth_element(times.begin(), times.begin() + kQueries / 2, times.end());
    return times[kQueries / 2];
}

/// Ten rows a document, two a chunk; the rows repeat a thousand vectors, which the scan cannot know.
void fill(vector::ResidentIndex& index, std::size_t rows, std::mt19937& generator) {
    std::vector<std::string> packed;
    for (int i = 0; i < 1000; ++i) packed.push_back(vector::pack(unitVector(generator, index.dimension())));
    index.reserve(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const auto number = static_cast<std::int64_t>(i);
        const vector::Row row{number / 10, number / 2, packed[i * 7919 % packed.size()]};
        if (!index.add({&row, 1})) std::abort();
    }
}

void print(const char* what, double ms, double bytes) {
    std::printf("%-34s %9.3f ms %7.1f GB/s\n", what, ms, bytes / ms * 1e-6);
}

double runRival(const std::vector<std::vector<float>>& queries, std::size_t rows, std::size_t dimension) {
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Matrix matrix =
        Matrix::Random(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(dimension));
    Eigen::VectorXf scores(matrix.rows());
    const double ms = medianMs(queries, [&](const std::vector<float>& query) {
        scores.noalias() = matrix * Eigen::Map<const Eigen::VectorXf>(query.data(), matrix.cols());
    });
    print("Eigen GEMV, float rows, no top-k", ms, static_cast<double>(rows * dimension * sizeof(float)));
    return ms / static_cast<double>(rows);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100000;
    const std::size_t dimension = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 512;
    if (rows == 0 || dimension == 0)
        return std::fprintf(stderr, "usage: vector_bench [ROWS [DIMENSION]]\n"), 2;
    std::mt19937 generator(1);
    std::vector<std::vector<float>> queries(kQueries);
    for (auto& query : queries) query = unitVector(generator, dimension);

    vector::ResidentIndex index(dimension);
    const double start = cpuSeconds();
    fill(index, rows, generator);
    std::printf("%zu rows x %zu: added in %.2f s, %.0f MB\n", rows, dimension, cpuSeconds() - start,
                static_cast<double>(index.bytes()) * 1e-6);
    const double bytes = static_cast<double>(rows * dimension);
    const double all = medianMs(queries, [&](const auto& query) { index.topChunks(query, 10); });
    print("top 10 of all", all, bytes);
    const double tenth = medianMs(queries, [&](const auto& query) {
        index.topChunks(query, 10, [](std::int64_t document) { return document % 10 == 0; });
    });
    print("top 10 of every tenth document", tenth, bytes / 10);
    const double rival = runRival(queries, std::min(rows, kRivalRows), dimension);
    std::printf("a row costs Eigen %.1f times as much\n", rival / (all / static_cast<double>(rows)));
    return 0;
}

#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/embed/builtin_embedder.h"
#include "engine/eval/eval.h"

namespace commonplace::app::cli {
namespace {

/// A folder for a throw-away index, removed with everything in it.
class ScratchFolder final {
  public:
    static Result<ScratchFolder> make() {
        std::error_code failed;
        const auto place = std::filesystem::temp_directory_path(failed);
        if (failed) return Error(ErrorCode::Io, "the folder for temporary files (TMPDIR) cannot be used");
        std::string pattern = (place / "commonplace-eval-XXXXXX").native();
        if (::mkdtemp(pattern.data()) == nullptr)
            return Error(ErrorCode::Io, "cannot make a temporary folder at " + pattern);
        return ScratchFolder(pattern);
    }
    ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    ~ScratchFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    const std::filesystem::path& path() const { return m_path; }

  private:
    explicit ScratchFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

void printTable(const std::vector<eval::RetrievalReport>& reports) {
    std::printf("%-9s %8s %9s %10s %8s %8s %8s %8s\n", "mode", "ndcg@10", "recall@10", "recall@100", "map",
                "mrr", "p50 ms", "p95 ms");
    for (const auto& r : reports)
        std::printf("%-9s %8.4f %9.4f %10.4f %8.4f %8.4f %8.1f %8.1f\n", retrieve::name(r.mode), r.ndcg10,
                    r.recall10, r.recall100, r.map, r.mrr, r.p50Ms, r.p95Ms);
    std::printf("%zu queries, %zu documents\n", reports.front().queries, reports.front().documents);
    if (reports.size() < 2) return;
    const auto delta = eval::pairedDifference(reports.front(), reports.back());
    std::printf("difference in ndcg@10: %+.4f (95 %% interval %+.4f to %+.4f)\n", delta.mean, delta.low95,
                delta.high95);
}

}  // namespace

int run(const EvalRetrievalOptions& options, const Context& context) {
    auto embedder = embed::openBuiltinEmbedder();
    if (!embedder) return fail(embedder.error());
    auto scratch = ScratchFolder::make();
    if (!scratch) return fail(scratch.error());
    ProgressLine line;
    const auto onProgress = [&line](const eval::EvalProgress& progress) {
        ingest::Progress shown;
        shown.phase = ingest::Phase::Vectors;
        shown.done = static_cast<std::int64_t>(progress.done);
        shown.total = static_cast<std::int64_t>(progress.total);
        shown.current = progress.step;
        line.show(shown);
    };
    base::ThreadPool pool;
    const eval::RetrievalTools tools{**embedder, pool, scratch->path()};
    const auto reports = eval::evalRetrieval(options.task, tools, onProgress, context.stop);
    line.clear();
    if (!reports) return fail(reports.error());
    if (context.output == Output::Json)
        std::cout << toJson(*reports) << '\n';
    else
        printTable(*reports);
    return 0;
}

int run(const EvalPagesOptions& options, const Context& context) {
    const auto questions = eval::readPageQuestions(options.questions);
    if (!questions) return fail(questions.error());
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    auto session = (*library)->openSession();
    if (!session) return fail(session.error());
    const auto scope = options.inDocument ? eval::Scope::OwnDocument : eval::Scope::Library;
    const auto report = (*session)->withRetriever(
        [&](retrieve::Retriever& retriever) {
            return eval::evalPages(*questions, retriever, (*session)->index(), options.results, scope,
                                   context.stop);
        },
        context.stop);
    if (!report) return fail(report.error());
    if (context.output == Output::Json)
        std::cout << toJson(*report) << '\n';
    else
        std::printf("%zu questions: hit@1 %.3f, hit@5 %.3f, hit@10 %.3f, right document in 10 %.3f\n",
                    report->questions, report->hit1, report->hit5, report->hit10, report->documentHit10);
    return 0;
}

}  // namespace commonplace::app::cli

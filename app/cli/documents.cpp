#include <algorithm>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/base/file.h"
#include "engine/library/removal.h"

namespace commonplace::app::cli {
namespace {

using document::Status;

Style styleOf(Status status) {
    if (document::isFailure(status)) return Style::Bad;
    if (status == Status::Indexed) return Style::Good;
    return Style::Warning;
}

/// Notes have no pages: their one text is not counted as one.
std::string pagesOf(const store::LedgerRow& row) {
    return row.format == document::Format::Pdf && row.pages > 0 ? grouped(row.pages) + " p." : "";
}

/// Neither failed nor of any use: as the summary of `index` counts them.
bool isWithoutText(const store::LedgerRow& row) {
    return row.status == Status::NoText || row.status == Status::Unsupported;
}

void print(const store::LedgerRow& row) {
    const std::string path = row.paths.empty() ? "(no path)" : base::displayPath(row.paths.front());
    std::cout << styled(padded(document::name(row.status), 12), styleOf(row.status)) << ' '
              << padded(pagesOf(row), 9) << padded(row.chunks > 0 ? grouped(row.chunks) : "", 7)
              << padded(humanBytes(row.bytes), 9) << safeLine(path);
    if (row.paths.size() > 1)
        std::cout << styled(" (+" + grouped(static_cast<std::int64_t>(row.paths.size()) - 1) + ")",
                            Style::Dim);
    if (row.missing) std::cout << styled("  missing", Style::Warning);
    if (row.offline) std::cout << styled("  offline", Style::Warning);
    if (!row.reason.empty())
        std::cout << '\n' << std::string(13, ' ') << styled(safeLine(row.reason), Style::Dim);
    std::cout << '\n';
}

}  // namespace

int run(const DocumentsOptions& options, const Context& context) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    auto session = (*library)->openSession();
    if (!session) return fail(session.error());
    auto ledger = (*session)->ledger();
    if (!ledger) return fail(ledger.error());
    const auto removed = library::removedRoots((*session)->library());
    if (!removed) return fail(removed.error());
    std::erase_if(*ledger, [&](const auto& row) { return removed->hidesAll(row.paths); });
    const auto useless = std::count_if(ledger->begin(), ledger->end(), isWithoutText);
    if (options.failedOnly)
        std::erase_if(*ledger, [](const auto& row) { return !document::isFailure(row.status); });
    if (context.output == Output::Json) {
        std::cout << toJson(*ledger) << '\n';
        return 0;
    }
    for (const store::LedgerRow& row : *ledger) print(row);
    if (ledger->empty())
        std::cout << (options.failedOnly ? "No file has failed.\n" : "The library is empty.\n");
    if (options.failedOnly && useless > 0)
        std::cout << styled(count(useless, "files") + (useless == 1 ? " is" : " are") +
                                " without text that could be found; 'commonplace documents' says why",
                            Style::Dim)
                  << '\n';
    return 0;
}

}  // namespace commonplace::app::cli

#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/cli/trace_json.h"
#include "app/cli/trace_text.h"
#include "app/version.h"
#include "engine/store/traces.h"
#include "engine/trace/json.h"

namespace commonplace::app::cli {
namespace {

using What = TraceOptions::What;

constexpr std::size_t kListed = 20;

/// "Nothing" has its own line on stdout, so that a person does not look at an empty table.
template <class Rows, class Show>
void print(const Rows& rows, Output output, const Show& show, const char* nothing) {
    if (output == Output::Json)
        std::cout << toJson(rows) << '\n';
    else if (rows.empty())
        std::cout << nothing << '\n';
    else
        std::cout << show(rows);
}

Result<void> showList(store::Traces& traces, const TraceOptions& options, const Context& context) {
    TRY(const auto rows, traces.list(options.limit.value_or(kListed)));
    print(rows, context.output, traceList,
          context.settings.trace.enabled ? "There are no traces yet: every question leaves one."
                                         : "There are no traces: the setting trace.enabled is off.");
    return {};
}

Result<void> showOne(store::Traces& traces, const TraceOptions& options, const Context& context) {
    TRY(const trace::Trace trace, traces.find(options.id));
    std::cout << (context.output == Output::Json ? toJson(trace) + "\n" : traceTree(trace));
    return {};
}

Result<void> showUsage(store::Traces& traces, const TraceOptions& options, const Context& context) {
    TRY(const auto days, traces.usage(options.days));
    print(days, context.output, usageTable, "No model was asked in this time.");
    return {};
}

/// A request of the protocol on each line, as the file exporter of OpenTelemetry writes them.
Result<void> exportOtlp(store::Traces& traces, const TraceOptions& options) {
    const auto write = [](const trace::Trace& trace) -> Result<void> {
        std::cout << trace::toOtlp({trace}, {"commonplace", kVersion}) << '\n';
        return {};
    };
    if (options.id.empty()) return traces.each(options.limit.value_or(store::kTracesKept), write);
    TRY(const trace::Trace trace, traces.find(options.id));
    return write(trace);
}

Result<void> clear(store::Traces& traces, const TraceOptions& options, const Context& context) {
    const bool onlyContent = options.what == What::ClearContent;
    TRY(const std::int64_t count, onlyContent ? traces.eraseContent() : traces.clear());
    if (context.output == Output::Json)
        std::cout << countJson(onlyContent ? "erased" : "deleted", count) << '\n';
    else
        std::cout << (onlyContent ? "Steps whose content was erased: " : "Traces deleted: ") << grouped(count)
                  << '\n';
    return {};
}

Result<void> carryOut(store::Traces& traces, const TraceOptions& options, const Context& context) {
    switch (options.what) {
        case What::Show:
            return options.id.empty() ? showList(traces, options, context)
                                      : showOne(traces, options, context);
        case What::Otlp:
            return exportOtlp(traces, options);
        case What::Usage:
            return showUsage(traces, options, context);
        case What::Clear:
        case What::ClearContent:
            return clear(traces, options, context);
    }
    return {};
}

}  // namespace

int run(const TraceOptions& options, const Context& context) {
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    auto session = (*library)->openSession();
    if (!session) return fail(session.error());
    store::Traces traces((*session)->library().database());
    const auto done = carryOut(traces, options, context);
    return done ? 0 : fail(done.error(), Said::Typed);
}

}  // namespace commonplace::app::cli

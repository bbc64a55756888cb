#include "engine/library/trace_keeper.h"

#include <utility>

#include "engine/store/traces.h"

namespace commonplace::library {

void TraceKeeper::take(const trace::Trace& trace) {
    (void)store::Traces(m_library.database()).add(trace, m_keepDays);
}

trace::Options tracing(const config::TraceSettings& settings, std::vector<std::string> secrets) {
    trace::Options options;
    options.content = settings.content ? trace::Content::On : trace::Content::Off;
    options.secrets = std::move(secrets);
    return options;
}

}  // namespace commonplace::library

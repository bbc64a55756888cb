#include "app/cli/trace_text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string_view>

#include "app/cli/table.h"
#include "app/cli/terminal.h"
#include "engine/trace/names.h"

namespace commonplace::app::cli {
namespace {

using trace::SpanData;

constexpr std::size_t kIdDigits = 8;
constexpr std::size_t kLongestModel = 24;  // columns
constexpr std::size_t kBarColumns = 24;
constexpr const char* kUnknown = "?";

std::string localTime(std::int64_t ns, const char* format) {
    const std::time_t seconds = ns / 1'000'000'000;
    std::tm parts{};
    localtime_r(&seconds, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, format, &parts)};
}

std::string number(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// Whole milliseconds, and two digits where there are not ten.
std::string milliseconds(double ms) {
    return (ms < 9.995 ? number(ms, 2) : grouped(std::llround(ms))) + " ms";
}
double msOf(const SpanData& span) {
    return static_cast<double>(span.endNs - span.startNs) / 1e6;
}

std::string tokens(const std::optional<std::int64_t>& count, const store::Spent& spent) {
    if (!count) return kUnknown;
    return (spent.callsWithoutTokens > 0 ? "> " : "") + grouped(*count);
}

/// A cost that is known for some calls only is a lower bound, as are their tokens.
std::string cost(const store::Spent& spent) {
    if (!spent.costUsd) return kUnknown;
    const double usd = *spent.costUsd;
    return (spent.callsWithoutCost > 0 ? "> $" : "$") + number(usd, usd < 1 ? 4 : 2);
}

/// What `>` and `?` in a table of usage stand for.
std::string lowerBounds(const std::vector<store::ModelDay>& days) {
    std::int64_t unknown = 0, failed = 0;
    for (const store::ModelDay& day : days) {
        unknown += std::max(day.spent.callsWithoutTokens, day.spent.callsWithoutCost);
        failed += day.failed;
    }
    if (unknown == 0) return {};
    const std::string calls = unknown == 1 ? "1 call" : grouped(unknown) + " calls";
    return styled(calls + " did not tell all of tokens and cost (" + grouped(failed) +
                      " failed): > is at least, ? is not known.",
                  Style::Dim) +
           "\n";
}

/// A model of a file goes by the file's name.
std::string shownModel(const std::string& model) {
    const std::size_t slash = model.rfind('/');
    const bool isFile = model.starts_with('/') && slash + 1 < model.size();
    return elidedInside(safeLine(isFile ? model.substr(slash + 1) : model), kLongestModel);
}

std::string textOf(const trace::Attributes& attributes, const char* key) {
    const auto* text = trace::find<std::string>(attributes, key);
    return text == nullptr ? std::string() : safeLine(*text);
}

std::string outcome(const SpanData& span) {
    if (span.status.outcome != trace::Outcome::Error) return "ok";
    const std::string type = textOf(span.attributes, trace::kErrorType);
    return type.empty() || type == trace::kOtherError ? "error" : type;
}

std::string questionOf(const SpanData& root) {
    const std::string question = textOf(root.content, trace::kQuestion);
    if (!question.empty()) return question;
    return "(not recorded) #" + textOf(root.attributes, trace::kQuestionHash).substr(0, kIdDigits);
}

std::string modelOf(const SpanData& root) {
    const std::string model = textOf(root.attributes, trace::kRequestModel);
    return model.empty() ? "-" : shownModel(model);
}

std::string modeOf(const SpanData& root) {
    const std::string mode = textOf(root.attributes, trace::kMode);
    const auto* abstained = trace::find<bool>(root.attributes, trace::kAbstained);
    return abstained != nullptr && *abstained ? "abstained" : mode.empty() ? "-" : mode;
}

Row listRow(const store::TraceSummary& trace) {
    const bool hasCalls = trace.spent.calls > 0;
    return {localTime(trace.root.startNs, "%Y-%m-%d %H:%M"),
            trace::toHex(trace.id).substr(0, kIdDigits),
            modelOf(trace.root),
            modeOf(trace.root),
            milliseconds(msOf(trace.root)),
            hasCalls ? tokens(trace.spent.inputTokens, trace.spent) : "-",
            hasCalls ? tokens(trace.spent.outputTokens, trace.spent) : "-",
            hasCalls ? cost(trace.spent) : "-",
            outcome(trace.root),
            questionOf(trace.root)};
}

/// One line of the tree: the branches before the name, and the span.
struct Line {
    std::string branch;
    const SpanData* span;
};

/// The children of each span in their order; a span whose parent is not there (one that ended too late) hangs
/// on the root.
class Tree {
  public:
    explicit Tree(const trace::Trace& trace) : m_spans(trace.spans) {
        if (!m_spans.empty()) add(m_spans.front(), "", "");
    }
    const std::vector<Line>& lines() const { return m_lines; }

  private:
    bool isKnown(const trace::SpanId& id) const {
        return std::any_of(m_spans.begin(), m_spans.end(),
                           [&](const SpanData& span) { return span.id == id; });
    }
    bool isChild(const SpanData& span, const SpanData& parent) const {
        if (&span == &m_spans.front()) return false;
        const bool isOrphan = !span.parent || *span.parent == span.id || !isKnown(*span.parent);
        return isOrphan ? &parent == &m_spans.front() : *span.parent == parent.id;
    }
    void add(const SpanData& span, const std::string& branch, const std::string& below) {
        if (m_lines.size() >= m_spans.size()) return;  // a forged circle
        m_lines.push_back({branch, &span});
        std::vector<const SpanData*> children;
        for (const SpanData& other : m_spans)
            if (isChild(other, span)) children.push_back(&other);
        for (const SpanData* child : children) {
            const bool isLast = child == children.back();
            add(*child, below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "));
        }
    }

    const std::vector<SpanData>& m_spans;
    std::vector<Line> m_lines;
};

/// Where in the whole a span ran.
std::string timeBar(const SpanData& span, const SpanData& root) {
    const double whole = std::max(1.0, static_cast<double>(root.endNs - root.startNs));
    const auto place = [&](std::int64_t ns) {
        const double share = std::clamp(static_cast<double>(ns - root.startNs) / whole, 0.0, 1.0);
        return static_cast<std::size_t>(std::lround(share * static_cast<double>(kBarColumns)));
    };
    const std::size_t begin = std::min(place(span.startNs), kBarColumns - 1);
    const std::size_t end = std::max(place(span.endNs), begin + 1);
    std::string bar(begin, ' ');
    for (std::size_t i = begin; i < end; ++i) bar += "━";
    return bar;
}

std::string shown(const trace::Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&value)) {
        char text[64];
        std::snprintf(text, sizeof text, "%g", *real);
        return text;
    }
    if (const auto* text = std::get_if<std::string>(&value)) return safeLine(*text);
    std::string list;
    for (const std::string& text : std::get<std::vector<std::string>>(value))
        list += (list.empty() ? "" : ", ") + safeLine(text);
    return list;
}

std::string details(const SpanData& span) {
    std::string text = "\n" + styled(safeLine(span.name), Style::Bold) + "\n";
    std::size_t width = 0;
    for (const auto* list : {&span.attributes, &span.content})
        for (const trace::Attribute& attribute : *list)
            width = std::max(width, shownWidth(safeLine(attribute.key)));
    const auto line = [&](const std::string& key, const std::string& value) {
        const std::size_t room = std::max<std::size_t>(columns(), width + 40) - width - 5;
        text += "    " + styled(padded(safeLine(key), width), Style::Dim) + "  " + elided(value, room) + "\n";
    };
    for (const auto* list : {&span.attributes, &span.content})
        for (const trace::Attribute& attribute : *list) line(attribute.key, shown(attribute.value));
    if (!span.status.message.empty()) line("message", safeLine(span.status.message));
    for (const trace::Event& event : span.events) line("event", safeLine(event.name));
    return text;
}

std::string heading(const trace::Trace& trace, const SpanData& root) {
    const bool isGood = root.status.outcome != trace::Outcome::Error;
    return styled("Trace " + trace::toHex(trace.id), Style::Bold) + "\n" +
           localTime(root.startNs, "%Y-%m-%d %H:%M:%S") + " · " + milliseconds(msOf(root)) + " · " +
           styled(outcome(root), isGood ? Style::Good : Style::Bad) + "\n" +
           elided(questionOf(root), std::max<std::size_t>(columns(), 40) - 1) + "\n\n";
}

}  // namespace

std::string traceList(const std::vector<store::TraceSummary>& traces) {
    std::vector<Row> rows;
    for (const store::TraceSummary& trace : traces) rows.push_back(listRow(trace));
    const std::vector<Column> columns{{"TIME"},
                                      {"TRACE"},
                                      {"MODEL"},
                                      {"MODE"},
                                      {"TOOK", Align::Right},
                                      {"IN", Align::Right},
                                      {"OUT", Align::Right},
                                      {"COST", Align::Right},
                                      {"STATUS"},
                                      {"QUESTION"}};
    return table(columns, rows);
}

std::string traceTree(const trace::Trace& trace) {
    const Tree tree(trace);
    if (tree.lines().empty()) return {};
    const SpanData& root = trace.spans.front();
    std::size_t width = 0;
    for (const Line& line : tree.lines())
        width = std::max(width, shownWidth(line.branch + safeLine(line.span->name)));
    std::string text = heading(trace, root);
    for (const Line& line : tree.lines()) {
        const bool failed = line.span->status.outcome == trace::Outcome::Error;
        const std::string time = milliseconds(msOf(*line.span));
        text += padded(styled(line.branch, Style::Dim) +
                           styled(safeLine(line.span->name), failed ? Style::Bad : Style::Plain),
                       width) +
                "  " + std::string(12 - std::min<std::size_t>(12, time.size()), ' ') + time + "  " +
                styled(timeBar(*line.span, root), failed ? Style::Bad : Style::Accent) + "\n";
    }
    for (const Line& line : tree.lines()) text += details(*line.span);
    return text;
}

std::string usageTable(const std::vector<store::ModelDay>& days) {
    std::vector<Row> rows;
    for (const store::ModelDay& day : days)
        rows.push_back({day.day, shownModel(day.model.empty() ? kUnknown : day.model),
                        grouped(day.spent.calls), grouped(day.failed),
                        tokens(day.spent.inputTokens, day.spent), tokens(day.spent.outputTokens, day.spent),
                        cost(day.spent), milliseconds(day.p50Ms), milliseconds(day.p95Ms)});
    const std::vector<Column> columns{{"DAY (UTC)"},           {"MODEL"},
                                      {"CALLS", Align::Right}, {"FAILED", Align::Right},
                                      {"IN", Align::Right},    {"OUT", Align::Right},
                                      {"COST", Align::Right},  {"P50", Align::Right},
                                      {"P95", Align::Right}};
    return table(columns, rows) + lowerBounds(days);
}

}  // namespace commonplace::app::cli

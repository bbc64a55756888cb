#include "engine/trace/tracer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <optional>

#include "engine/base/text.h"

namespace commonplace::trace {
namespace {

constexpr std::string_view kCut = " [cut]";
constexpr std::string_view kHidden = "[secret]";
constexpr std::size_t kShortestSecret = 4;  // bytes; shorter ones are no secret, and stand everywhere

/// The wall clock may be set back while a question runs: only the start is taken from it.
class SteadyWallClock final {
  public:
    std::int64_t operator()() const {
        using std::chrono::nanoseconds, std::chrono::duration_cast;
        return duration_cast<nanoseconds>(m_wall.time_since_epoch() +
                                          (std::chrono::steady_clock::now() - m_steady))
            .count();
    }

  private:
    std::chrono::system_clock::time_point m_wall = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point m_steady = std::chrono::steady_clock::now();
};

std::string withoutSecrets(std::string text, const std::vector<std::string>& secrets) {
    for (const std::string& secret : secrets) {
        if (secret.size() < kShortestSecret) continue;
        for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += kHidden.size())
            text.replace(at, secret.size(), kHidden);
    }
    return text;
}

/// Secrets go before the text is cut: a cut could leave half of one.
std::string cleaned(std::string text, std::size_t longest, const Options& options) {
    text = withoutSecrets(base::repairUtf8(text), options.secrets);
    if (text.size() <= longest) return text;
    return std::string(base::clipUtf8(text, longest - kCut.size())) + std::string(kCut);
}

Value cleaned(Value value, std::size_t longest, const Options& options) {
    if (auto* text = std::get_if<std::string>(&value)) *text = cleaned(std::move(*text), longest, options);
    if (auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        if (texts->size() > kMostEntries) texts->resize(kMostEntries);
        for (std::string& text : *texts) text = cleaned(std::move(text), longest, options);
    }
    return value;
}

bool isFinite(const Value& value) {
    const auto* number = std::get_if<double>(&value);
    return number == nullptr || std::isfinite(*number);
}

void put(Attributes& attributes, std::string_view key, Value value) {
    const auto known = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const Attribute& attribute) { return attribute.key == key; });
    if (known != attributes.end())
        known->value = std::move(value);
    else if (attributes.size() < kMostEntries)
        attributes.push_back({std::string(key), std::move(value)});
}

}  // namespace

/// What the spans of one trace share.
struct Span::Recording {
    Recording(Sink* wanted, std::shared_ptr<const Options> chosen)
        : sink(wanted),
          options(std::move(chosen)),
          clock(options->clock ? options->clock : SteadyWallClock()) {
        trace.id = makeTraceId(options->random);
    }

    void finish(SpanData span) {
        const bool isRoot = !span.parent;
        {
            const std::lock_guard lock(mutex);
            if (isDone || (!isRoot && trace.spans.size() + 1 >= kMostSpans)) return;
            trace.spans.push_back(std::move(span));
            isDone = isRoot;
        }
        if (isRoot) handOver();
    }

    /// Nobody else touches the spans once the trace is done.
    void handOver() {
        std::rotate(trace.spans.begin(), trace.spans.end() - 1, trace.spans.end());  // the root ended last
        std::stable_sort(trace.spans.begin() + 1, trace.spans.end(),
                         [](const SpanData& a, const SpanData& b) { return a.startNs < b.startNs; });
        sink->take(trace);
    }

    Sink* sink;
    std::shared_ptr<const Options> options;
    std::function<std::int64_t()> clock;
    std::mutex mutex;
    bool isDone = false;
    Trace trace;
};

Span::Span(std::shared_ptr<Recording> recording, std::string_view name, Kind kind)
    : m_recording(std::move(recording)) {
    m_data.id = makeSpanId(m_recording->options->random);
    m_data.kind = kind;
    m_data.startNs = m_recording->clock();
    rename(name);
}

Span::Span(Span&& other) noexcept
    : m_recording(std::exchange(other.m_recording, nullptr)), m_data(std::move(other.m_data)) {}

Span& Span::operator=(Span&& other) noexcept {
    if (this == &other) return *this;
    end();
    m_recording = std::exchange(other.m_recording, nullptr);
    m_data = std::move(other.m_data);
    return *this;
}

Span Span::child(std::string_view name, Kind kind) const {
    if (!isRecording()) return {};
    Span span(m_recording, name, kind);
    span.m_data.parent = m_data.id;
    return span;
}

bool Span::recordsContent() const {
    return isRecording() && m_recording->options->content == Content::On;
}

void Span::setValue(std::string_view key, Value value) {
    if (isFinite(value))
        put(m_data.attributes, key, cleaned(std::move(value), kLongestText, *m_recording->options));
}

void Span::setContentValue(std::string_view key, Value value) {
    if (isFinite(value))
        put(m_data.content, key, cleaned(std::move(value), kLongestContent, *m_recording->options));
}

void Span::rename(std::string_view name) {
    if (isRecording()) m_data.name = cleaned(std::string(name), kLongestText, *m_recording->options);
}

void Span::event(std::string_view name, Attributes attributes) {
    if (!isRecording() || m_data.events.size() >= kMostEntries) return;
    const Options& options = *m_recording->options;
    Event event{cleaned(std::string(name), kLongestText, options), m_recording->clock(), {}};
    for (Attribute& attribute : attributes)
        if (isFinite(attribute.value))
            put(event.attributes, attribute.key, cleaned(std::move(attribute.value), kLongestText, options));
    m_data.events.push_back(std::move(event));
}

void Span::fail(const Error& error) {
    fail(base::name(error.code()), error.message());
}

void Span::fail(std::string_view errorType, std::string_view message) {
    if (!isRecording()) return;
    m_data.status.outcome = Outcome::Error;
    if (recordsContent())
        m_data.status.message = cleaned(std::string(message), kLongestText, *m_recording->options);
    setValue("error.type", std::string(errorType));
}

void Span::end() {
    const auto recording = std::exchange(m_recording, nullptr);
    if (!recording) return;
    m_data.endNs = std::max(m_data.startNs, recording->clock());
    recording->finish(std::move(m_data));
}

Tracer::Tracer(Sink* sink, Options options)
    : m_sink(sink), m_options(std::make_shared<const Options>(std::move(options))) {}

Span Tracer::start(std::string_view name, Kind kind) const {
    if (m_sink == nullptr) return {};
    return Span(std::make_shared<Span::Recording>(m_sink, m_options), name, kind);
}

}  // namespace commonplace::trace

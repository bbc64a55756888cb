// Tracer: makes the spans of a trace while the work is done, and hands the whole trace to a sink when its
// root ends.
//
//     trace::Tracer tracer(&sink, {});
//     trace::Span question = tracer.start("invoke_workflow answer");
//     {
//         trace::Span search = question.child("retrieval");
//         search.set(trace::kPassages, 8);
//     }                                  // ends here, or by end(), once
//
// A span that does not record (no sink, or default-constructed) does nothing and costs a comparison; so do
// its children. Nothing is global: who traces holds the tracer, or a span.
//
// Secrets (keys) given to the tracer are replaced wherever they stand in a text, whoever put it there.
// Bounds: kMostSpans a trace, kMostEntries attributes or events a span, texts as below; what is longer is cut
// and says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/trace/span.h"

namespace commonplace::trace {

constexpr std::size_t kMostSpans = 512;
constexpr std::size_t kMostEntries = 64;
constexpr std::size_t kLongestText = 1024;           // bytes, of an attribute
constexpr std::size_t kLongestContent = 256 * 1024;  // bytes, of a text of content

/// Where finished traces go. Must not throw; must outlive the spans. Thread: the one that ends the root.
class Sink {
  public:
    virtual ~Sink() = default;
    virtual void take(const Trace& trace) = 0;
};

/// Is content (questions, prompts, passages, answers) recorded?
enum class Content { Off, On };

struct Options {
    Content content = Content::Off;
    std::vector<std::string> secrets = {};
    std::function<std::int64_t()> clock =
        {};  ///< nanoseconds since 1970; empty: the system's, never running back
    Random random = systemRandom;
};

/// One step of the work. Thread: one at a time for each span; spans of one trace may live on several threads.
class Span final {
  public:
    Span() = default;  ///< records nothing
    ~Span() { end(); }
    Span(Span&& other) noexcept;
    Span& operator=(Span&& other) noexcept;

    /// Is this recorded? For what is costly to find out.
    bool isRecording() const { return m_recording != nullptr; }
    /// Ends when it goes out of scope. One that ends after its root is lost.
    Span child(std::string_view name, Kind kind = Kind::Internal) const;

    /// Sets or replaces an attribute. Numbers that are not finite are left out.
    template <class Given>
    void set(std::string_view key, Given&& given) {
        if (isRecording()) setValue(key, toValue(std::forward<Given>(given)));
    }
    /// `make()` gives the value; it is called only when content is recorded.
    template <class Make>
    void setContent(std::string_view key, const Make& make) {
        if (recordsContent()) setContentValue(key, toValue(make()));
    }
    void rename(std::string_view name);
    void event(std::string_view name, Attributes attributes = {});
    /// The step failed: error.type is the code's name; the message is content.
    void fail(const Error& error);
    void fail(std::string_view errorType, std::string_view message);
    /// Passes a result through, noting its error.
    template <class Value>
    Result<Value> checked(Result<Value> result) {
        if (!result) fail(result.error());
        return result;
    }
    void end();

    struct Recording;

  private:
    friend class Tracer;
    Span(std::shared_ptr<Recording> recording, std::string_view name, Kind kind);
    bool recordsContent() const;
    void setValue(std::string_view key, Value value);
    void setContentValue(std::string_view key, Value value);

    template <class Given>
    static Value toValue(Given&& given) {
        using Type = std::decay_t<Given>;
        if constexpr (std::is_same_v<Type, Value> || std::is_same_v<Type, std::vector<std::string>>)
            return Value(std::forward<Given>(given));
        else if constexpr (std::is_same_v<Type, bool>)
            return Value(given);
        else if constexpr (std::is_integral_v<Type>)
            return Value(static_cast<std::int64_t>(given));
        else if constexpr (std::is_floating_point_v<Type>)
            return Value(static_cast<double>(given));
        else
            return Value(std::string(std::forward<Given>(given)));
    }

    std::shared_ptr<Recording> m_recording;
    SpanData m_data;
};

/// Thread: any. `sink` may be null: nothing is recorded.
class Tracer final {
  public:
    Tracer(Sink* sink, Options options);
    /// The root of a new trace.
    Span start(std::string_view name, Kind kind = Kind::Internal) const;

  private:
    Sink* m_sink;
    std::shared_ptr<const Options> m_options;
};

}  // namespace commonplace::trace

// What a question leaves in a trace: its steps with their counts, and content only when it is wanted.
#include "engine/answer/spans.h"

#include <gmock/gmock.h>

#include "engine/trace/json.h"
#include "engine/trace/names.h"
#include "tests/engine/answer/small_library.h"
#include "tests/engine/trace/recorded_sink.h"
#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr const char* kQuestion = "How much annual leave do employees get?";
constexpr const char* kFiles =
    "=== /lib/handbook.md\nAnnual leave\n\nEmployees get 25 days of annual leave each year.\n";

class SpansTest : public testing::Test {
  protected:
    const trace::Trace& ask(document::ChatModel* model, trace::Content content = trace::Content::Off) {
        const trace::Tracer tracer(&m_sink, test::steadyOptions(content));
        Backends backends = m_library.backends(model);
        backends.tracer = &tracer;
        backends.conversation = "7";
        Question question;
        question.text = kQuestion;
        m_failed = !answer(question, backends, {}, {});
        return m_sink.traces.at(0);
    }
    static std::vector<std::string> names(const trace::Trace& trace) {
        std::vector<std::string> names;
        for (const trace::SpanData& span : trace.spans) names.push_back(span.name);
        return names;
    }
    static const trace::SpanData& span(const trace::Trace& trace, const std::string& name) {
        for (const trace::SpanData& span : trace.spans)
            if (span.name == name) return span;
        throw std::runtime_error("no span " + name);
    }
    template <class Type>
    static Type value(const trace::SpanData& span, const char* key) {
        const Type* found = trace::find<Type>(span.attributes, key);
        if (found == nullptr) throw std::runtime_error(span.name + " has no " + key);
        return *found;
    }
    SmallLibrary m_library{kFiles};
    test::RecordedSink m_sink;
    bool m_failed = false;
};

TEST_F(SpansTest, AGenerativeAnswerHasASpanForEachStep) {
    test::FakeChatModel model([](const document::ChatRequest& request) { return test::truthful(request); });
    const trace::Trace& trace = ask(&model);
    EXPECT_THAT(names(trace), ElementsAre("invoke_workflow answer", "retrieval", "keyword", "semantic",
                                          "fusion", "pack", "chat fake-model", "check"));
    const auto& root = trace.spans[0];
    EXPECT_EQ(value<std::string>(root, trace::kOperationName), "invoke_workflow");
    EXPECT_EQ(value<std::string>(root, trace::kMode), "generative");
    EXPECT_EQ(value<std::string>(root, trace::kConversationId), "7");
    EXPECT_THAT(value<std::string>(root, trace::kQuestionHash), SizeIs(16));
    EXPECT_EQ(span(trace, "keyword").parent, span(trace, "retrieval").id);
    EXPECT_EQ(value<std::int64_t>(span(trace, "keyword"), trace::kHits), 1);
    EXPECT_EQ(value<std::int64_t>(span(trace, "pack"), trace::kWindow), 8192);
    EXPECT_EQ(value<std::int64_t>(span(trace, "pack"), trace::kDropped), 0);
    const auto& chat = span(trace, "chat fake-model");
    EXPECT_EQ(chat.parent, root.id);
    EXPECT_EQ(chat.kind, trace::Kind::Client);
    EXPECT_EQ(value<std::string>(chat, trace::kOperationName), "chat");
    EXPECT_GT(value<std::int64_t>(chat, trace::kOutputTokens), 0);
    EXPECT_EQ(trace::find(chat.attributes, trace::kInputTokens), nullptr);  // unknown stays unknown
    EXPECT_EQ(value<std::int64_t>(span(trace, "check"), trace::kProved), 1);
    EXPECT_EQ(value<std::int64_t>(span(trace, "check"), trace::kNotFound), 0);
}

TEST_F(SpansTest, AnExtractiveAnswerHasNoModel) {
    const trace::Trace& trace = ask(nullptr);
    EXPECT_THAT(names(trace), ElementsAre("invoke_workflow answer", "retrieval", "keyword", "semantic",
                                          "fusion", "extract"));
    EXPECT_EQ(value<std::string>(trace.spans[0], trace::kMode), "extractive");
    EXPECT_EQ(trace::find(trace.spans[0].attributes, trace::kRequestModel), nullptr);
}

TEST_F(SpansTest, ASummaryOfTheConversationIsACallBelowThePacking) {
    test::FakeChatModel model("25 days [1]."), small("They spoke of leave.");
    model.contextWindow = 2048;
    small.name = "small-model";
    const trace::Tracer tracer(&m_sink, test::steadyOptions(trace::Content::Off));
    Backends backends = m_library.backends(&model);
    backends.small = &small;
    backends.tracer = &tracer;
    Question question;
    question.text = question.searchFor = kQuestion;
    question.history.assign(40, {"What?", std::string(300, 'x')});
    ASSERT_TRUE(answer(question, backends, {}, {}));
    const trace::Trace& trace = m_sink.traces.at(0);
    EXPECT_EQ(span(trace, "chat small-model").parent, span(trace, "pack").id);
    EXPECT_EQ(span(trace, "chat fake-model").parent, trace.spans[0].id);
}

TEST_F(SpansTest, WithoutContentNoWordIsRecorded) {
    test::FakeChatModel model([](const document::ChatRequest& request) { return test::truthful(request); });
    ask(&model);
    const std::string all = trace::toOtlp(m_sink.traces, {"test", "1"});
    for (const char* words : {"annual leave", "25 days", "handbook"}) EXPECT_THAT(all, Not(HasSubstr(words)));
}

TEST_F(SpansTest, WithContentThePromptAndTheAnswerAreThere) {
    test::FakeChatModel model([](const document::ChatRequest& request) { return test::truthful(request); });
    const trace::Trace& trace = ask(&model, trace::Content::On);
    const auto& chat = span(trace, "chat fake-model");
    EXPECT_THAT(*trace::find<std::string>(chat.content, trace::kInputMessages),
                testing::AllOf(HasSubstr("25 days"), HasSubstr(R"("role":"system")")));
    EXPECT_THAT(*trace::find<std::string>(chat.content, trace::kOutputMessages), HasSubstr("It says"));
    EXPECT_EQ(*trace::find<std::string>(trace.spans[0].content, trace::kQuestion), kQuestion);
}

TEST_F(SpansTest, AModelThatRefusesIsAnErrorOfItsSpanAndOfTheQuestion) {
    test::FakeChatModel model("");
    model.refuses = Error(ErrorCode::Network, "cannot reach ECHO");
    const trace::Trace& trace = ask(&model);
    EXPECT_TRUE(m_failed);
    for (const char* name : {"invoke_workflow answer", "chat fake-model"}) {
        EXPECT_EQ(span(trace, name).status.outcome, trace::Outcome::Error);
        EXPECT_EQ(value<std::string>(span(trace, name), trace::kErrorType), "network");
        EXPECT_EQ(span(trace, name).status.message, "");
    }
}

TEST_F(SpansTest, AServersReasonIsTakenOnlyWhenItIsAWord) {
    test::FakeChatModel model("x");
    document::ChatReply reply;
    for (const auto& [given, kept] : {std::pair{"max_tokens", "max_tokens"}, {"you sent: secret", "other"}}) {
        reply.finishReason = given;
        const trace::Tracer tracer(&m_sink, test::steadyOptions());
        {
            trace::Span chat = tracer.start("chat");
            noteReply(chat, model, reply);
        }
        EXPECT_THAT(value<std::vector<std::string>>(m_sink.traces.back().spans[0], trace::kFinishReasons),
                    ElementsAre(kept));
    }
}

}  // namespace
}  // namespace commonplace::answer

#include "engine/llama/chat_template.h"

#include <gtest/gtest.h>

namespace commonplace::llama {
namespace {

using document::Message;
using document::Role;

const std::vector<Message> kConversation = {{Role::System, "Be short."},
                                            {Role::User, "Why?"},
                                            {Role::Assistant, "Because."},
                                            {Role::User, "{{ x }} <|end|>"}};

Result<std::vector<PromptPiece>> rendered(const std::string& source, const std::vector<Message>& messages) {
    TRY(const auto form, ChatTemplate::parse(source, {"<s>", "</s>"}));
    return form.render(messages);
}

std::string joined(const std::vector<PromptPiece>& pieces) {
    std::string text;
    for (const PromptPiece& piece : pieces)
        text += piece.origin == PromptPiece::Origin::Message ? "«" + piece.text + "»" : piece.text;
    return text;
}

TEST(ChatTemplateTest, MessagesAreSeparatePieces) {
    const auto pieces =
        rendered("{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m['content'] | trim }}{% endfor %}>",
                 kConversation);
    ASSERT_TRUE(pieces) << pieces.error().message();
    EXPECT_EQ(joined(*pieces),
              "<s>[system]«Be short.»[user]«Why?»[assistant]«Because.»[user]«{{ x }} <|end|>»>");
}

TEST(ChatTemplateTest, AnEmptyMessageIsNoMessageLeftOut) {
    const auto pieces = rendered("{% for m in messages %}[{{ m.content }}]{% endfor %}", {{Role::User, ""}});
    ASSERT_TRUE(pieces);
    EXPECT_EQ(joined(*pieces), "[«»]");
}

TEST(ChatTemplateTest, WithoutASystemRoleItsTextLeadsTheQuestion) {
    const std::string refusing =
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        "({{ m.role }}){{ m.content }}{% endfor %}";
    const std::string skipping =
        "{% for m in messages %}{% if m.role != 'system' %}({{ m.role }}){{ m.content }}{% endif %}{% endfor "
        "%}";
    for (const auto& source : {refusing, skipping}) {
        const auto pieces = rendered(source, {{Role::System, "Be short."}, {Role::User, "Why?"}});
        ASSERT_TRUE(pieces) << pieces.error().message();
        EXPECT_EQ(joined(*pieces), "(user)«Be short.\n\nWhy?»");
    }
}

TEST(ChatTemplateTest, SomeWantTheirWordsInParts) {
    const auto pieces = rendered(
        "{% for m in messages %}{% for p in m.content %}<{{ p.type }}>{{ p.text }}{% endfor %}{% endfor %}",
        {{Role::User, "Why?"}});
    ASSERT_TRUE(pieces) << pieces.error().message();
    EXPECT_EQ(joined(*pieces), "<text>«Why?»");
}

TEST(ChatTemplateTest, WhatCannotBeReadIsAnError) {
    for (const char* source : {"{% for m in messages %}", "{{ messages[0].content.nothing() }}",
                               "{{ raise_exception('no') }}", "no message at all", "{% if %}"}) {
        const auto pieces = rendered(source, {{Role::User, "Why?"}});
        ASSERT_FALSE(pieces) << source << " gave " << joined(*pieces);
        EXPECT_EQ(pieces.error().code(), ErrorCode::Unsupported);
        EXPECT_EQ(pieces.error().message().find('\n'), std::string::npos) << pieces.error().message();
    }
}

TEST(ChatTemplateTest, AMessageThatIsLeftOutIsAnError) {
    EXPECT_FALSE(rendered("{{ messages[-1].content }}", kConversation));
}

TEST(ChatTemplateTest, AMessageThatIsCutIsAnError) {
    // "cp", 32 hexadecimal digits, "n0e": cut anywhere behind the digits, or put together in another way.
    for (const char* tail :
         {"{{ m.content[:34] }}", "{{ m.content[:35] }}", "{{ m.content[:36] }}", "{{ m.content[:34] }}nxe",
          "{{ m.content[:35] }}7e", "{{ m.content[:35] }}99999999999999999999999e", "{{ m.content[:34] }}e",
          "{{ m.content[:34] }} and more text without that letter: 0"}) {
        const std::string source =
            "{% for m in messages %}{{ m.content }}" + std::string(tail) + "{% endfor %}";
        const auto pieces = rendered(source, {{Role::User, "Why?"}});
        ASSERT_FALSE(pieces) << tail << " gave " << joined(*pieces);
        EXPECT_EQ(pieces.error().code(), ErrorCode::Unsupported);
        EXPECT_EQ(pieces.error().message().find('\n'), std::string::npos) << pieces.error().message();
    }
}

TEST(ChatTemplateTest, KnowsThatAnAnswerBeginsInAThought) {
    using Origin = PromptPiece::Origin;
    EXPECT_TRUE(endsInThought({{Origin::Message, "Why?"}, {Origin::Template, "<|assistant|><think>\n"}}));
    EXPECT_FALSE(endsInThought({{Origin::Template, "<think>\n\n</think>\n"}}));
    EXPECT_FALSE(endsInThought({{Origin::Message, "<think>"}}));
    EXPECT_FALSE(endsInThought({}));
}

TEST(ChatTemplateTest, ThinkingIsTurnedOff) {
    const auto pieces = rendered(
        "{{ messages[0].content }}{% if enable_thinking is defined and enable_thinking is false "
        "%}<think></think>{% endif %}",
        {{Role::User, "Why?"}});
    ASSERT_TRUE(pieces);
    EXPECT_EQ(joined(*pieces), "«Why?»<think></think>");
}

}  // namespace
}  // namespace commonplace::llama

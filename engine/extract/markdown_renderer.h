// MarkdownRenderer: md4c's events to running text; the rules are those of markdown.h. Thread: one.
#pragma once

#include <md4c.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/extract/script_digits.h"
#include "engine/extract/text_builder.h"

namespace commonplace::extract {

/// Receives md4c's events. Methods are named after them.
class MarkdownRenderer final {
  public:
    explicit MarkdownRenderer(TextBuilder& out) : m_out(out) {}

    void enterBlock(MD_BLOCKTYPE type, const void* detail);
    void leaveBlock(MD_BLOCKTYPE type);
    void enterSpan(MD_SPANTYPE type, const void* detail);
    void leaveSpan(MD_SPANTYPE type);
    void text(MD_TEXTTYPE type, std::string_view text);

  private:
    struct List {
        bool ordered = false;
        bool tight = false;
        unsigned next = 1;
    };

    void enterList(List list);
    void leaveList();
    void enterItem(const MD_BLOCK_LI_DETAIL& detail);
    void leaveParagraph();
    void openBlockRun(MD_BLOCKTYPE type, const void* detail);
    void openSpanRun(MD_SPANTYPE type, const void* detail);
    void formulaMark(MD_SPANTYPE type);
    void inlineHtml(std::string_view tag);
    void inlineHeading(const std::string& tag);

    TextBuilder& m_out;
    std::vector<List> m_lists;
    std::string m_raw;  ///< of the code or HTML block that is open
    bool m_inRaw = false;
    std::string m_link;  ///< the words of the wiki link that is open
    bool m_inLink = false;
    std::size_t m_paragraph = 0;
    Script m_script = Script::Normal;
    bool m_inlineHeading = false;
    RowRole m_rowRole = RowRole::Body;
};

}  // namespace commonplace::extract

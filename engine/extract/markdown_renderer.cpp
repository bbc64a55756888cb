#include "engine/extract/markdown_renderer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/text.h"
#include "engine/extract/html.h"

namespace commonplace::extract {
namespace {

/// An attribute's text with its character references decoded.
std::string textOf(const MD_ATTRIBUTE& attribute) {
    std::string text;
    for (MD_SIZE i = 0; attribute.text != nullptr && attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET begin = attribute.substr_offsets[i];
        const std::string_view part(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
        if (attribute.substr_types[i] == MD_TEXT_ENTITY)
            text += decodeEntity(part);
        else if (attribute.substr_types[i] != MD_TEXT_NULLCHAR)
            text += part;
    }
    return text;
}

constexpr unsigned kMostNumber = kMostRunNumber;

std::optional<RunKind> runKindOf(MD_SPANTYPE type) {
    switch (type) {
        case MD_SPAN_STRONG:
            return RunKind::Strong;
        case MD_SPAN_EM:
            return RunKind::Emphasis;
        case MD_SPAN_DEL:
            return RunKind::Strike;
        case MD_SPAN_CODE:
            return RunKind::Code;
        case MD_SPAN_A:
        case MD_SPAN_WIKILINK:
            return RunKind::Link;
        case MD_SPAN_IMG:
            return RunKind::Image;
        default:
            return std::nullopt;
    }
}

}  // namespace

void MarkdownRenderer::enterBlock(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
        case MD_BLOCK_UL:
            return enterList({false, static_cast<const MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0, 1});
        case MD_BLOCK_OL: {
            const auto* list = static_cast<const MD_BLOCK_OL_DETAIL*>(detail);
            return enterList({true, list->is_tight != 0, list->start});
        }
        case MD_BLOCK_LI:
            return enterItem(*static_cast<const MD_BLOCK_LI_DETAIL*>(detail));
        case MD_BLOCK_H:
            return m_out.beginHeading(static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level));
        case MD_BLOCK_TR:
            return m_out.beginRow(m_rowRole);
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            return m_out.beginCell();
        case MD_BLOCK_THEAD:
        case MD_BLOCK_TBODY:
            m_rowRole = type == MD_BLOCK_THEAD ? RowRole::Head : RowRole::Body;
            return;
        case MD_BLOCK_HR:
            return m_out.rule();
        case MD_BLOCK_CODE:
        case MD_BLOCK_HTML:
            m_inRaw = true;
            m_raw.clear();
            break;
        default:
            break;
    }
    m_out.block();
    m_paragraph = m_out.size();
    openBlockRun(type, detail);
}

void MarkdownRenderer::openBlockRun(MD_BLOCKTYPE type, const void* detail) {
    if (!m_out.collectsRuns()) return;
    if (type == MD_BLOCK_QUOTE) m_out.openRun(RunKind::Quote);
    if (type == MD_BLOCK_TABLE) m_out.openRun(RunKind::Table);
    if (type == MD_BLOCK_CODE)
        m_out.openRun(RunKind::CodeBlock, 0, textOf(static_cast<const MD_BLOCK_CODE_DETAIL*>(detail)->lang));
}

void MarkdownRenderer::leaveBlock(MD_BLOCKTYPE type) {
    switch (type) {
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            return leaveList();
        case MD_BLOCK_LI:
            m_out.dropMarker();
            return m_out.closeRun(RunKind::Item);
        case MD_BLOCK_H:
            return m_out.endHeading();
        case MD_BLOCK_TR:
            return m_out.endRow();
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            return m_out.endCell();
        case MD_BLOCK_THEAD:
        case MD_BLOCK_TBODY:
            return;
        case MD_BLOCK_P:
            leaveParagraph();
            break;
        case MD_BLOCK_CODE:
            m_inRaw = false;
            m_out.text(std::string_view(m_raw).substr(0, m_raw.find_last_not_of('\n') + 1));
            m_out.closeRun(RunKind::CodeBlock);
            break;
        case MD_BLOCK_QUOTE:
            m_out.closeRun(RunKind::Quote);
            break;
        case MD_BLOCK_TABLE:
            m_out.closeRun(RunKind::Table);
            break;
        case MD_BLOCK_HTML:
            m_inRaw = false;
            m_out.append(htmlToText(m_raw, m_out.collectsRuns() ? Runs::Collect : Runs::Leave));
            break;
        default:
            break;
    }
    m_out.block();
}

void MarkdownRenderer::enterList(List list) {
    m_lists.empty() ? m_out.block() : m_out.line();
    m_lists.push_back(list);
}

void MarkdownRenderer::leaveList() {
    m_lists.pop_back();
    m_lists.empty() ? m_out.block() : m_out.line();
}

void MarkdownRenderer::enterItem(const MD_BLOCK_LI_DETAIL& detail) {
    List& list = m_lists.back();
    list.tight ? m_out.line() : m_out.block();
    m_out.openRun(RunKind::Item, list.ordered ? static_cast<int>(std::min(list.next, kMostNumber)) : 0);
    std::string marker((m_lists.size() - 1) * 2, ' ');
    marker += list.ordered ? std::to_string(list.next++) + ". " : "- ";
    if (detail.is_task != 0) marker += detail.task_mark == ' ' ? "[ ] " : "[x] ";
    m_out.marker(std::move(marker));
}

/// Obsidian hides "%% … %%"; such lines are instructions to programs, not the author's words.
void MarkdownRenderer::leaveParagraph() {
    if (std::exchange(m_inlineHeading, false)) m_out.endHeading();
    const std::string_view paragraph = base::trim(m_out.since(m_paragraph));
    const bool comment = paragraph.size() > 4 && paragraph.starts_with("%%") && paragraph.ends_with("%%") &&
                         paragraph.find("%%", 2) == paragraph.size() - 2;
    if (comment) m_out.cutTo(m_paragraph);
}

void MarkdownRenderer::openSpanRun(MD_SPANTYPE type, const void* detail) {
    const auto kind = runKindOf(type);
    if (!kind || !m_out.collectsRuns()) return;
    std::string address;
    if (type == MD_SPAN_A) address = textOf(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href);
    if (type == MD_SPAN_WIKILINK)
        address = textOf(static_cast<const MD_SPAN_WIKILINK_DETAIL*>(detail)->target);
    m_out.openRun(*kind, 0, std::move(address));
}

void MarkdownRenderer::enterSpan(MD_SPANTYPE type, const void* detail) {
    openSpanRun(type, detail);
    if (type == MD_SPAN_WIKILINK) {
        m_inLink = true;
        m_link.clear();
    }
    formulaMark(type);
}

void MarkdownRenderer::leaveSpan(MD_SPANTYPE type) {
    formulaMark(type);
    if (type == MD_SPAN_WIKILINK) {
        m_inLink = false;
        // Inside a table the bar is written "\\|", which md4c does not take for one.
        const std::size_t bar = m_link.find("\\|");
        m_out.text(std::string_view(m_link).substr(bar == std::string::npos ? 0 : bar + 2));
    }
    if (const auto kind = runKindOf(type)) m_out.closeRun(*kind);
}

/// Formulas keep their dollar signs: what looked like one may have been two prices.
void MarkdownRenderer::formulaMark(MD_SPANTYPE type) {
    if (type == MD_SPAN_LATEXMATH) m_out.text("$");
    if (type == MD_SPAN_LATEXMATH_DISPLAY) m_out.text("$$");
}

void MarkdownRenderer::inlineHtml(std::string_view tag) {
    const std::string name = base::foldCase(tag.substr(0, tag.find_first_of(" />", 2)));
    if (name == "<br") m_out.line();
    if (name == "<sup") m_script = Script::Raised;
    if (name == "<sub") m_script = Script::Lowered;
    if (name.starts_with("</su")) m_script = Script::Normal;
    inlineHeading(name);
}

/// "<h2>Title</h2>" on one line is a paragraph with tags for md4c, which only takes h1 for a block.
void MarkdownRenderer::inlineHeading(const std::string& tag) {
    const bool opens = tag.size() == 3 && tag.starts_with("<h") && tag[2] >= '1' && tag[2] <= '6';
    const bool closes = tag.size() == 4 && tag.starts_with("</h") && tag[3] >= '1' && tag[3] <= '6';
    if ((opens || closes) && std::exchange(m_inlineHeading, opens)) m_out.endHeading();
    if (opens) m_out.beginHeading(tag[2] - '0');
}

void MarkdownRenderer::text(MD_TEXTTYPE type, std::string_view text) {
    if (m_inRaw || m_inLink) {
        (m_inRaw ? m_raw : m_link) += text;
        return;
    }
    switch (type) {
        case MD_TEXT_NULLCHAR:
            return;
        case MD_TEXT_BR:
        case MD_TEXT_SOFTBR:
            return m_out.line();
        case MD_TEXT_ENTITY:
            return m_out.text(decodeEntity(text));
        case MD_TEXT_HTML:
            return inlineHtml(text);
        default:
            return m_out.text(m_script == Script::Normal ? text : inScript(text, m_script));
    }
}

}  // namespace commonplace::extract

#include "engine/extract/html.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/extract/html_elements.h"
#include "engine/extract/html_tree.h"
#include "engine/extract/script_digits.h"
#include "engine/extract/text_builder.h"

namespace commonplace::extract {
namespace {

constexpr std::size_t kDeclarationBytes = 4096;

class PageText final {
  public:
    explicit PageText(Runs runs) : m_out(runs) {}
    StructuredText convert(const GumboNode& document) {
        walk(document);
        return m_out.finish(std::move(m_title));
    }

  private:
    struct List {
        bool ordered = false;
        int next = 1;
    };
    enum class Visit { Children, Nothing };

    void walk(const GumboNode& top);
    Visit enter(const GumboNode& node);
    Visit enterElement(const GumboNode& node);
    void enterStructure(const GumboNode& node, GumboTag tag);
    void leave(const GumboNode& node);
    void leaveStructure(GumboTag tag);
    void openRun(const GumboElement& element);
    void closeRun(const GumboNode& node);
    void text(const char* text);
    void takeTitle(const GumboNode& node);
    void addPicture(std::string_view description);
    void enterItem();
    void leavePreformatted();

    TextBuilder m_out;
    std::string m_title;
    std::vector<List> m_lists;
    std::vector<bool> m_layout;  ///< for each open table
    int m_preformatted = 0;
    Script m_script = Script::Normal;
};

/// Depth first without recursion: pages nest as deep as their author likes.
void PageText::walk(const GumboNode& top) {
    struct Step {
        const GumboNode* node;
        unsigned next;
    };
    std::vector<Step> open;
    if (enter(top) == Visit::Children) open.push_back({&top, 0});
    while (!open.empty()) {
        Step& step = open.back();
        const GumboVector* children = childrenOf(*step.node);
        if (children == nullptr || step.next >= children->length) {
            leave(*step.node);
            open.pop_back();
            continue;
        }
        const GumboNode& child = childAt(*children, step.next++);
        if (enter(child) == Visit::Children) open.push_back({&child, 0});
    }
}

PageText::Visit PageText::enter(const GumboNode& node) {
    switch (node.type) {
        case GUMBO_NODE_DOCUMENT:
            return Visit::Children;
        case GUMBO_NODE_ELEMENT:
            return enterElement(node);
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            text(node.v.text.text);
            return Visit::Nothing;
        default:
            return Visit::Nothing;
    }
}

PageText::Visit PageText::enterElement(const GumboNode& node) {
    const GumboElement& element = node.v.element;
    const GumboTag tag = element.tag;
    if (tag == GUMBO_TAG_TITLE) {
        takeTitle(node);
        return Visit::Nothing;
    }
    if (isBlock(tag)) m_out.block();
    if (isNoise(tag) || isHidden(element)) return Visit::Nothing;
    if (const int level = headingLevel(tag); level > 0) m_out.beginHeading(level);
    if (isPreformatted(tag)) ++m_preformatted;
    if (tag == GUMBO_TAG_BR) m_out.line();
    if (tag == GUMBO_TAG_IMG) addPicture(attribute(element, "alt"));
    if (tag == GUMBO_TAG_SUP) m_script = Script::Raised;
    if (tag == GUMBO_TAG_SUB) m_script = Script::Lowered;
    if (tag == GUMBO_TAG_HR) m_out.rule();
    enterStructure(node, tag);
    openRun(element);
    return Visit::Children;
}

void PageText::enterStructure(const GumboNode& node, GumboTag tag) {
    const bool layout = !m_layout.empty() && m_layout.back();
    if (isList(tag)) {
        m_lists.empty() ? m_out.block() : m_out.line();
        m_lists.push_back({tag == GUMBO_TAG_OL, 1});
    } else if (tag == GUMBO_TAG_LI) {
        enterItem();
    } else if (tag == GUMBO_TAG_DT || tag == GUMBO_TAG_DD) {
        m_out.line();
    } else if (tag == GUMBO_TAG_TABLE) {
        m_layout.push_back(isLayoutTable(node));
        if (!m_layout.back()) m_out.openRun(RunKind::Table);
    } else if (tag == GUMBO_TAG_TR) {
        layout ? m_out.block() : m_out.beginRow(isHeadRow(node) ? RowRole::Head : RowRole::Body);
    } else if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
        layout ? m_out.block() : m_out.beginCell();
    }
}

void PageText::leave(const GumboNode& node) {
    const GumboTag tag = tagOf(node);
    if (isPreformatted(tag)) leavePreformatted();
    closeRun(node);
    if (tag == GUMBO_TAG_SUP || tag == GUMBO_TAG_SUB) m_script = Script::Normal;
    if (headingLevel(tag) > 0) m_out.endHeading();
    leaveStructure(tag);
    if (isBlock(tag)) m_out.block();
}

void PageText::leaveStructure(GumboTag tag) {
    const bool layout = !m_layout.empty() && m_layout.back();
    if (isList(tag)) {
        m_lists.pop_back();
        m_lists.empty() ? m_out.block() : m_out.line();
    } else if (tag == GUMBO_TAG_LI) {
        m_out.dropMarker();
        m_out.closeRun(RunKind::Item);
    } else if (tag == GUMBO_TAG_TABLE) {
        if (!layout) m_out.closeRun(RunKind::Table);
        m_layout.pop_back();
    } else if (tag == GUMBO_TAG_TR && !layout) {
        m_out.endRow();
    } else if ((tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && !layout) {
        m_out.endCell();
    }
}

/// In preformatted text the rest is how code is written down, not what it looks like.
void PageText::openRun(const GumboElement& element) {
    if (!m_out.collectsRuns() || (m_preformatted > 0 && !isPreformatted(element.tag))) return;
    const auto kind = runKindOf(element);
    if (!kind) return;
    m_out.openRun(*kind, 0, std::string(kind == RunKind::Link ? attribute(element, "href") : ""));
}

void PageText::closeRun(const GumboNode& node) {
    if (node.type != GUMBO_NODE_ELEMENT || !m_out.collectsRuns()) return;
    if (m_preformatted > 0 && !isPreformatted(node.v.element.tag)) return;
    if (const auto kind = runKindOf(node.v.element)) m_out.closeRun(*kind);
}

void PageText::text(const char* text) {
    if (m_preformatted > 0) {
        m_out.text(text);
    } else if (m_script != Script::Normal) {
        m_out.collapsedText(inScript(text, m_script));
    } else {
        m_out.collapsedText(text);
    }
}

void PageText::takeTitle(const GumboNode& node) {
    const GumboVector* children = childrenOf(node);
    if (!m_title.empty() || children->length == 0) return;
    const GumboNode& content = childAt(*children, 0);
    if (content.type == GUMBO_NODE_TEXT) m_title = base::collapseSpace(content.v.text.text);
}

void PageText::addPicture(std::string_view description) {
    m_out.space();
    m_out.openRun(RunKind::Image);
    m_out.collapsedText(description);
    m_out.closeRun(RunKind::Image);
    m_out.space();
}

void PageText::enterItem() {
    m_out.line();
    const std::size_t depth = m_lists.empty() ? 0 : m_lists.size() - 1;
    // The indentation shows the level to a reader; beyond eight it would only be white space.
    std::string marker(std::min<std::size_t>(depth, 8) * 2, ' ');
    const bool ordered = !m_lists.empty() && m_lists.back().ordered;
    m_out.openRun(RunKind::Item, ordered ? m_lists.back().next : 0);
    marker += ordered ? std::to_string(m_lists.back().next++) + ". " : "- ";
    m_out.marker(std::move(marker));
}

void PageText::leavePreformatted() {
    --m_preformatted;
    const std::string_view all = m_out.since(0);
    m_out.cutTo(all.find_last_not_of('\n') + 1);
}

}  // namespace

StructuredText htmlToText(std::string_view page, Runs runs) {
    const HtmlTree tree(page);
    return tree.document() == nullptr ? StructuredText() : PageText(runs).convert(*tree.document());
}

std::string declaredEncoding(std::string_view bytes) {
    const std::string head = base::foldCase(base::repairUtf8(bytes.substr(0, kDeclarationBytes)));
    std::size_t at = head.find("charset");
    const std::size_t xml = head.starts_with("<?xml") ? head.find("encoding") : std::string::npos;
    if (xml < at) at = xml;
    if (at == std::string::npos) return {};
    at = head.find('=', at);
    if (at == std::string::npos) return {};
    at = head.find_first_not_of(" \t\n\"'", at + 1);
    if (at == std::string::npos) return {};
    const std::size_t end = head.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.:", at);
    const std::string name = head.substr(at, end == std::string::npos ? end : end - at);
    // Whoever could read this declaration was not reading UTF-16 (WHATWG HTML, 13.2.3.2).
    return name.size() > 40 || name.starts_with("utf-16") ? std::string() : name;
}

std::string decodeEntity(std::string_view entity) {
    std::string text = htmlToText(entity).text;
    return text.empty() ? " " : text;
}

}  // namespace commonplace::extract

#include "engine/extract/html_elements.h"

#include <algorithm>
#include <string>
#include <vector>

namespace commonplace::extract {

namespace {

const GumboElement* elementOf(const GumboNode& node) {
    return node.type == GUMBO_NODE_ELEMENT ? &node.v.element : nullptr;
}

}  // namespace

GumboTag tagOf(const GumboNode& node) {
    const GumboElement* element = elementOf(node);
    return element == nullptr ? GUMBO_TAG_LAST : element->tag;
}

const GumboVector* childrenOf(const GumboNode& node) {
    if (node.type == GUMBO_NODE_DOCUMENT) return &node.v.document.children;
    const GumboElement* element = elementOf(node);  // templates have no visible children
    return element == nullptr ? nullptr : &element->children;
}

const GumboNode& childAt(const GumboVector& children, unsigned index) {
    return *static_cast<const GumboNode*>(children.data[index]);
}

std::string_view attribute(const GumboElement& element, const char* name) {
    const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool isNoise(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_NOSCRIPT:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_SVG:
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_APPLET:
        case GUMBO_TAG_CANVAS:
        case GUMBO_TAG_AUDIO:
        case GUMBO_TAG_VIDEO:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_DATALIST:
        case GUMBO_TAG_TEXTAREA:
        case GUMBO_TAG_NOFRAMES:
        case GUMBO_TAG_RP:
        case GUMBO_TAG_ANNOTATION_XML:
            return true;
        default:
            return false;
    }
}

bool isBlock(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_BODY:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_DETAILS:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_HGROUP:
        case GUMBO_TAG_HR:
        case GUMBO_TAG_LEGEND:
        case GUMBO_TAG_LISTING:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_P:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_TABLE:
        case GUMBO_TAG_XMP:
            return true;
        default:
            return false;
    }
}

bool isPreformatted(GumboTag tag) {
    return tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_LISTING || tag == GUMBO_TAG_XMP ||
           tag == GUMBO_TAG_PLAINTEXT;
}

bool isList(GumboTag tag) {
    return tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_MENU || tag == GUMBO_TAG_DIR;
}

int headingLevel(GumboTag tag) {
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? static_cast<int>(tag - GUMBO_TAG_H1) + 1 : 0;
}

std::optional<RunKind> runKindOf(const GumboElement& element) {
    switch (element.tag) {
        case GUMBO_TAG_B:
        case GUMBO_TAG_STRONG:
        case GUMBO_TAG_DT:
            return RunKind::Strong;
        case GUMBO_TAG_I:
        case GUMBO_TAG_EM:
        case GUMBO_TAG_CITE:
        case GUMBO_TAG_VAR:
            return RunKind::Emphasis;
        case GUMBO_TAG_S:
        case GUMBO_TAG_STRIKE:
        case GUMBO_TAG_DEL:
            return RunKind::Strike;
        case GUMBO_TAG_CODE:
        case GUMBO_TAG_KBD:
        case GUMBO_TAG_SAMP:
        case GUMBO_TAG_TT:
            return RunKind::Code;
        case GUMBO_TAG_A:
            if (attribute(element, "href").empty()) return std::nullopt;
            return RunKind::Link;
        case GUMBO_TAG_BLOCKQUOTE:
            return RunKind::Quote;
        default:
            break;
    }
    if (isPreformatted(element.tag)) return RunKind::CodeBlock;
    return std::nullopt;
}

bool isHeadRow(const GumboNode& row) {
    const GumboVector* children = childrenOf(row);
    bool any = false;
    for (unsigned i = 0; children != nullptr && i < children->length; ++i) {
        const GumboTag tag = tagOf(childAt(*children, i));
        if (tag == GUMBO_TAG_TD) return false;
        any = any || tag == GUMBO_TAG_TH;
    }
    return any;
}

bool isHidden(const GumboElement& element) {
    // Some pages hide their body until a script shows it.
    if (element.attributes.length == 0 || element.tag == GUMBO_TAG_BODY || element.tag == GUMBO_TAG_HTML)
        return false;
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
    if (attribute(element, "role") == "navigation") return true;
    std::string style(attribute(element, "style"));
    style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos;
}

bool isLayoutTable(const GumboNode& table) {
    std::vector<const GumboNode*> waiting{&table};
    while (!waiting.empty()) {
        const GumboNode& node = *waiting.back();
        waiting.pop_back();
        const GumboTag tag = tagOf(node);
        const bool arranges =
            tag == GUMBO_TAG_TABLE || isList(tag) || isPreformatted(tag) || headingLevel(tag) > 0;
        if (&node != &table && arranges) return true;
        const GumboVector* children = childrenOf(node);
        for (unsigned i = 0; children != nullptr && i < children->length; ++i)
            waiting.push_back(&childAt(*children, i));
    }
    return false;
}

}  // namespace commonplace::extract

#include "engine/extract/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <new>

#include "engine/base/text.h"
#include "engine/extract/front_matter.h"
#include "engine/extract/html.h"
#include "engine/extract/script_digits.h"
#include "engine/extract/text_builder.h"

namespace commonplace::extract {
namespace {

/// Receives md4c's events. Methods are named after them.
class Renderer final {
  public:
    explicit Renderer(TextBuilder& out) : m_out(out) {}

    void enterBlock(MD_BLOCKTYPE type, const void* detail);
    void leaveBlock(MD_BLOCKTYPE type);
    void enterSpan(MD_SPANTYPE type);
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
    void formulaMark(MD_SPANTYPE type);
    void inlineHtml(std::string_view tag);

    TextBuilder& m_out;
    std::vector<List> m_lists;
    std::string m_raw;        ///< of the code or HTML block that is open
    bool m_inRaw = false;
    std::string m_link;       ///< the words of the wiki link that is open
    bool m_inLink = false;
    std::size_t m_paragraph = 0;
    Script m_script = Script::Normal;
};

void Renderer::enterBlock(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
        case MD_BLOCK_UL:
            return enterList({false, static_cast<const MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0, 1});
        case MD_BLOCK_OL: {
            const auto* list = static_cast<const MD_BLOCK_OL_DETAIL*>(detail);
            return enterList({true, list->is_tight != 0, list->start});
        }
        case MD_BLOCK_LI: return enterItem(*static_cast<const MD_BLOCK_LI_DETAIL*>(detail));
        case MD_BLOCK_H:
            return m_out.beginHeading(static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level));
        case MD_BLOCK_TR: return m_out.beginRow();
        case MD_BLOCK_TH:
        case MD_BLOCK_TD: return m_out.beginCell();
        case MD_BLOCK_THEAD:
        case MD_BLOCK_TBODY: return;
        case MD_BLOCK_CODE:
        case MD_BLOCK_HTML:
            m_inRaw = true;
            m_raw.clear();
            break;
        default: break;
    }
    m_out.block();
    m_paragraph = m_out.size();
}

void Renderer::leaveBlock(MD_BLOCKTYPE type) {
    switch (type) {
        case MD_BLOCK_UL:
        case MD_BLOCK_OL: return leaveList();
        case MD_BLOCK_LI: return m_out.dropMarker();
        case MD_BLOCK_H: return m_out.endHeading();
        case MD_BLOCK_TR: return m_out.endRow();
        case MD_BLOCK_TH:
        case MD_BLOCK_TD: return m_out.endCell();
        case MD_BLOCK_THEAD:
        case MD_BLOCK_TBODY: return;
        case MD_BLOCK_P: leaveParagraph(); break;
        case MD_BLOCK_CODE:
            m_inRaw = false;
            m_out.text(std::string_view(m_raw).substr(0, m_raw.find_last_not_of('\n') + 1));
            break;
        case MD_BLOCK_HTML:
            m_inRaw = false;
            m_out.append(htmlToText(m_raw));
            break;
        default: break;
    }
    m_out.block();
}

void Renderer::enterList(List list) {
    m_lists.empty() ? m_out.block() : m_out.line();
    m_lists.push_back(list);
}

void Renderer::leaveList() {
    m_lists.pop_back();
    m_lists.empty() ? m_out.block() : m_out.line();
}

void Renderer::enterItem(const MD_BLOCK_LI_DETAIL& detail) {
    List& list = m_lists.back();
    list.tight ? m_out.line() : m_out.block();
    std::string marker((m_lists.size() - 1) * 2, ' ');
    marker += list.ordered ? std::to_string(list.next++) + ". " : "- ";
    if (detail.is_task != 0) marker += detail.task_mark == ' ' ? "[ ] " : "[x] ";
    m_out.marker(std::move(marker));
}

/// Obsidian hides "%% … %%"; such lines are instructions to programs, not the author's words.
void Renderer::leaveParagraph() {
    const std::string_view paragraph = base::trim(m_out.since(m_paragraph));
    const bool comment = paragraph.size() > 4 && paragraph.starts_with("%%") && paragraph.ends_with("%%") &&
                         paragraph.find("%%", 2) == paragraph.size() - 2;
    if (comment) m_out.cutTo(m_paragraph);
}

void Renderer::enterSpan(MD_SPANTYPE type) {
    if (type == MD_SPAN_WIKILINK) {
        m_inLink = true;
        m_link.clear();
    }
    formulaMark(type);
}

void Renderer::leaveSpan(MD_SPANTYPE type) {
    formulaMark(type);
    if (type != MD_SPAN_WIKILINK) return;
    m_inLink = false;
    // Inside a table the bar is written "\\|", which md4c does not take for one.
    const std::size_t bar = m_link.find("\\|");
    m_out.text(std::string_view(m_link).substr(bar == std::string::npos ? 0 : bar + 2));
}

/// Formulas keep their dollar signs: what looked like one may have been two prices.
void Renderer::formulaMark(MD_SPANTYPE type) {
    if (type == MD_SPAN_LATEXMATH) m_out.text("$");
    if (type == MD_SPAN_LATEXMATH_DISPLAY) m_out.text("$$");
}

void Renderer::inlineHtml(std::string_view tag) {
    const std::string name = base::foldCase(tag.substr(0, tag.find_first_of(" />", 2)));
    if (name == "<br") m_out.line();
    if (name == "<sup") m_script = Script::Raised;
    if (name == "<sub") m_script = Script::Lowered;
    if (name.starts_with("</su")) m_script = Script::Normal;
}

void Renderer::text(MD_TEXTTYPE type, std::string_view text) {
    if (m_inRaw || m_inLink) {
        (m_inRaw ? m_raw : m_link) += text;
        return;
    }
    switch (type) {
        case MD_TEXT_NULLCHAR: return;
        case MD_TEXT_BR:
        case MD_TEXT_SOFTBR: return m_out.line();
        case MD_TEXT_ENTITY: return m_out.text(decodeEntity(text));
        case MD_TEXT_HTML: return inlineHtml(text);
        default: return m_out.text(m_script == Script::Normal ? text : inScript(text, m_script));
    }
}

Renderer& rendererOf(void* user) { return *static_cast<Renderer*>(user); }

void parse(std::string_view note, Renderer& renderer) {
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_WIKILINKS | MD_FLAG_LATEXMATHSPANS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        rendererOf(user).enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
        rendererOf(user).leaveBlock(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void*, void* user) {
        rendererOf(user).enterSpan(type);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* user) {
        rendererOf(user).leaveSpan(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
        rendererOf(user).text(type, {text, size});
        return 0;
    };
    // Our callbacks never ask for a stop: what is left is md4c's only other failure.
    if (md_parse(note.data(), static_cast<MD_SIZE>(note.size()), &parser, &renderer) != 0) throw std::bad_alloc();
}

bool isFence(std::string_view line) {
    const std::string_view mark = base::trim(line).substr(0, 3);
    return mark == "```" || mark == "~~~";
}

/// md4c takes "![[page]]" (an embedded note or picture) for a broken image; without the "!" it is a wiki link.
std::string embedsAsLinks(std::string_view body) {
    if (body.find("![[") == std::string_view::npos) return std::string(body);
    std::string result;
    bool code = false;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size() - 1) + 1;
        std::string line(body.substr(at, end - at));
        if (isFence(line)) code = !code;
        for (std::size_t mark = 0; !code && (mark = line.find("![[", mark)) != std::string::npos;) line.erase(mark, 1);
        result += line;
        at = end;
    }
    return result;
}

std::string join(const std::vector<std::string>& values) {
    std::string joined;
    for (const auto& value : values) joined.append(joined.empty() ? "" : ", ").append(value);
    return joined;
}

void addProperty(TextBuilder& out, const char* name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    out.line();
    out.text(name + join(values));
}

bool startsWithHeading(std::string_view body, const std::string& title) {
    body = base::trim(body);
    const std::string_view first = base::trim(body.substr(0, body.find('\n')));
    return first.starts_with("# ") && base::trim(first.substr(2)) == title;
}

/// The title becomes a heading of the text: so it travels along with every passage, as the headings below it do.
void addProperties(TextBuilder& out, const FrontMatter& matter, std::string_view body) {
    if (!matter.title.empty() && !startsWithHeading(body, matter.title)) {
        out.beginHeading(1);
        out.collapsedText(matter.title);
        out.endHeading();
    }
    addProperty(out, "Aliases: ", matter.aliases);
    addProperty(out, "Tags: ", matter.tags);
    out.block();
}

}  // namespace

StructuredText markdownToText(std::string_view note) {
    const FrontMatter matter = parseFrontMatter(note);
    const std::string body = embedsAsLinks(note.substr(matter.bytes));
    TextBuilder out;
    addProperties(out, matter, body);
    Renderer renderer(out);
    parse(body, renderer);
    return out.finish(matter.title);
}

}  // namespace commonplace::extract

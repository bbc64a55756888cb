#include "engine/extract/markdown.h"

#include <algorithm>
#include <new>

#include "engine/base/text.h"
#include "engine/extract/front_matter.h"
#include "engine/extract/markdown_renderer.h"

namespace commonplace::extract {
namespace {

MarkdownRenderer& rendererOf(void* user) {
    return *static_cast<MarkdownRenderer*>(user);
}

void parse(std::string_view note, MarkdownRenderer& renderer) {
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
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
        rendererOf(user).enterSpan(type, detail);
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
    if (md_parse(note.data(), static_cast<MD_SIZE>(note.size()), &parser, &renderer) != 0)
        throw std::bad_alloc();
}

bool isFence(std::string_view line) {
    const std::string_view mark = base::trim(line).substr(0, 3);
    return mark == "```" || mark == "~~~";
}

/// md4c takes "![[page]]" (an embedded note or picture) for a broken image; without the "!" it is a wiki
/// link.
std::string embedsAsLinks(std::string_view body) {
    if (body.find("![[") == std::string_view::npos) return std::string(body);
    std::string result;
    bool code = false;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size() - 1) + 1;
        std::string line(body.substr(at, end - at));
        if (isFence(line)) code = !code;
        for (std::size_t mark = 0; !code && (mark = line.find("![[", mark)) != std::string::npos;)
            line.erase(mark, 1);
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

/// The title becomes a heading of the text: so it travels along with every passage, as the headings below it
/// do.
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

StructuredText markdownToText(std::string_view note, Runs runs) {
    const FrontMatter matter = parseFrontMatter(note);
    const std::string body = embedsAsLinks(note.substr(matter.bytes));
    TextBuilder out(runs);
    addProperties(out, matter, body);
    MarkdownRenderer renderer(out);
    parse(body, renderer);
    return out.finish(matter.title);
}

}  // namespace commonplace::extract

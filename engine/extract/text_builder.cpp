#include "engine/extract/text_builder.h"

#include <algorithm>

#include "engine/base/text.h"

namespace commonplace::extract {
namespace {

bool isAsciiSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

}  // namespace

void TextBuilder::ask(Break wanted) {
    if (m_inCell || m_headingLevel > 0) wanted = std::min(wanted, Break::Space);
    m_break = std::max(m_break, wanted);
}

void TextBuilder::flush() {
    std::string& text = m_result.text;
    if (!text.empty()) {
        if (m_break == Break::Space && !isAsciiSpace(text.back())) text += ' ';
        if (m_break == Break::Line) text += '\n';
        if (m_break == Break::Block) text += "\n\n";
    }
    m_break = Break::None;
    const std::size_t marker = text.size();
    text += m_marker;
    m_marker.clear();
    m_runs.textComes(marker, text.size());
    if (m_headingLevel > 0 && m_headingEmpty) {
        m_headingBegin = text.size();
        m_headingEmpty = false;
    }
}

void TextBuilder::text(std::string_view text) {
    if (text.empty()) return;
    flush();
    m_result.text += text;
}

void TextBuilder::collapsedText(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (isAsciiSpace(text[at])) {
            space();
            ++at;
            continue;
        }
        const auto end =
            std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isAsciiSpace);
        const auto length = static_cast<std::size_t>(end - text.begin()) - at;
        this->text(text.substr(at, length));
        at += length;
    }
}

void TextBuilder::append(const StructuredText& piece) {
    if (piece.text.empty()) return;
    block();
    flush();
    const std::size_t offset = size();
    m_result.text += piece.text;
    for (auto heading : piece.headings) {
        heading.begin += offset;
        m_result.headings.push_back(std::move(heading));
    }
    for (FormatRun run : piece.runs) {
        run.range = {run.range.begin + offset, run.range.end + offset};
        m_runs.add(std::move(run));
    }
    block();
}

void TextBuilder::beginHeading(int level) {
    block();
    m_headingLevel = std::clamp(level, 1, 6);
    m_headingEmpty = true;
}

void TextBuilder::endHeading() {
    if (m_headingLevel > 0 && !m_headingEmpty) {
        std::string text = base::collapseSpace(since(m_headingBegin));
        if (!text.empty()) {
            m_runs.add({RunKind::Heading, {m_headingBegin, size()}, m_headingLevel, 0, {}});
            m_result.headings.push_back({0, m_headingBegin, m_headingLevel, std::move(text)});
        }
    }
    m_headingLevel = 0;
    block();
}

void TextBuilder::rule() {
    block();
    if (size() > 0) m_runs.add({RunKind::Rule, {size(), size()}, 0, 0, {}});
}

void TextBuilder::beginRow(RowRole role) {
    m_inCell = false;
    line();
    m_cells = 0;
    m_rowBegin = size();
    m_rowBreak = m_break;
    if (collectsRuns()) m_runs.open({RunKind::Row, {}, role == RowRole::Head ? 1 : 0, 0, {}});
}

void TextBuilder::beginCell() {
    m_inCell = false;
    // The separator is text of its own, so that "a | | c" keeps c in the third column.
    if (m_cells++ > 0) {
        if (m_break == Break::Space) m_break = Break::None;
        text(" | ");
    }
    m_inCell = true;
    openRun(RunKind::Cell, m_cells - 1);
}

void TextBuilder::endCell() {
    m_inCell = false;
    closeRun(RunKind::Cell);
}

void TextBuilder::endRow() {
    m_inCell = false;
    // A row of empty cells says nothing.
    if (since(m_rowBegin).find_first_not_of(" |\n") == std::string_view::npos) {
        cutTo(m_rowBegin);
        m_break = m_rowBreak;
    }
    closeRun(RunKind::Row);
}

void TextBuilder::cutTo(std::size_t size) {
    m_result.text.resize(size);
    auto& headings = m_result.headings;
    while (!headings.empty() && headings.back().begin >= size) headings.pop_back();
    m_runs.cut(size);
}

StructuredText TextBuilder::finish(std::string title) {
    m_result.title = std::move(title);
    if (m_result.title.empty() && !m_result.headings.empty()) m_result.title = m_result.headings.front().text;
    m_result.runs = m_runs.finish();
    return std::move(m_result);
}

}  // namespace commonplace::extract

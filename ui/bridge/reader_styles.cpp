#include "ui/bridge/reader_styles.h"

#include "ui/bridge/reader_quote.h"
#include "ui/bridge/safe_document.h"

namespace commonplace::ui {
namespace {

using extract::RunKind;
using Kind = ReaderStyleKind;

Kind kindOf(RunKind kind) {
    switch (kind) {
        case RunKind::Heading:
            return Kind::Heading;
        case RunKind::Quote:
            return Kind::Quote;
        case RunKind::Item:
            return Kind::Item;
        case RunKind::Marker:
            return Kind::Marker;
        case RunKind::CodeBlock:
            return Kind::CodeBlock;
        case RunKind::Table:
            return Kind::Table;
        case RunKind::Row:
            return Kind::Row;
        case RunKind::Cell:
            return Kind::Cell;
        case RunKind::Rule:
            return Kind::Rule;
        case RunKind::Image:
            return Kind::Image;
        case RunKind::Link:
            return Kind::Link;
        case RunKind::Strong:
            return Kind::Strong;
        case RunKind::Emphasis:
            return Kind::Emphasis;
        case RunKind::Strike:
            return Kind::Strike;
        case RunKind::Code:
            return Kind::Code;
    }
    return Kind::Strong;
}

}  // namespace

QVector<ReaderStyle> stylesOf(const extract::StyledText& styled) {
    QVector<ReaderStyle> styles;
    if (styled.runs.empty()) return styles;
    const std::vector<int> units = unitsBefore(styled.text);
    styles.reserve(static_cast<qsizetype>(styled.runs.size()));
    for (const extract::FormatRun& run : styled.runs) {
        QString detail = QString::fromStdString(run.detail);
        if (run.kind == RunKind::Link && !isOpenable(detail)) detail.clear();
        styles.append({kindOf(run.kind),
                       {units[run.range.begin], units[run.range.end]},
                       run.level,
                       run.number,
                       detail});
    }
    return styles;
}

}  // namespace commonplace::ui

#include "ui/chat/export_menu.h"

namespace commonplace::ui {

ExportMenu::ExportMenu(QWidget* parent) : QMenu(parent) {
    setObjectName(QStringLiteral("exportMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this](const QString& name, ExportFormat format, const QString& suffix) {
        addAction(name, this, [this, name, format, suffix] { emit chosen(format, name, suffix); });
    };
    add(tr("Markdown"), ExportFormat::Markdown, QStringLiteral("md"));
    add(tr("HTML"), ExportFormat::Html, QStringLiteral("html"));
    add(tr("PDF"), ExportFormat::Pdf, QStringLiteral("pdf"));
    add(tr("JSON"), ExportFormat::Json, QStringLiteral("json"));
}

}  // namespace commonplace::ui

#include "ui/library/filter_bar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

FilterBar::FilterBar(LedgerFilter& rows, QWidget* parent)
    : QWidget(parent), m_rows(rows), m_text(new QLineEdit(this)), m_chips(new QButtonGroup(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid);
    m_text->setObjectName(QStringLiteral("libraryFilter"));
    m_text->setAccessibleName(tr("Filter by name or path"));
    m_text->setPlaceholderText(tr("Filter by name or path"));
    m_text->setClearButtonEnabled(true);
    row->addWidget(m_text, 1);
    const auto chip = [&](LedgerFilter::Show show, const QString& text, const char* name) {
        QPushButton* button = quietButton(text, this);
        button->setProperty("kind", QStringLiteral("chip"));
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        button->setChecked(show == LedgerFilter::Show::All);
        m_chips->addButton(button, static_cast<int>(show));
        row->addWidget(button);
    };
    chip(LedgerFilter::Show::All, tr("All"), "libraryShowAll");
    chip(LedgerFilter::Show::Problems, tr("Problems"), "libraryShowProblems");
    chip(LedgerFilter::Show::WithoutText, tr("Without text"), "libraryShowWithoutText");
    chip(LedgerFilter::Show::Offline, tr("Offline"), "libraryShowOffline");
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_rows.setText(text);
        emit changed();
    });
    connect(m_chips, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (!on) return;
        m_rows.setShow(static_cast<LedgerFilter::Show>(id));
        emit changed();
    });
}

QString FilterBar::text() const {
    return m_text->text();
}

void FilterBar::setShow(LedgerFilter::Show show) {
    m_chips->button(static_cast<int>(show))->setChecked(true);
}

void FilterBar::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::clear() {
    m_text->clear();
    setShow(LedgerFilter::Show::All);
}

}  // namespace commonplace::ui

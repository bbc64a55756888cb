#include "ui/library/document_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/library/ledger_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr qsizetype kMostPaths = 5;

QString factsOf(const LedgerEntry& entry) {
    QStringList facts;
    if (entry.pages > 0)
        facts << (entry.pages == 1 ? DocumentPanel::tr("1 page")
                                   : DocumentPanel::tr("%L1 pages").arg(entry.pages));
    if (entry.pagesWithoutText > 0)
        facts << DocumentPanel::tr("%L1 without text").arg(entry.pagesWithoutText);
    facts << (entry.chunks == 1 ? DocumentPanel::tr("1 passage")
                                : DocumentPanel::tr("%L1 passages").arg(entry.chunks));
    if (entry.chunks > 0)
        facts << (entry.vectors > 0 ? DocumentPanel::tr("%L1 vectors").arg(entry.vectors)
                                    : DocumentPanel::tr("not yet findable by meaning"));
    facts << sizeText(entry.bytes);
    if (const QString time = timeText(entry.indexedAt); !time.isEmpty())
        facts << DocumentPanel::tr("read %1").arg(time);
    return facts.join(QStringLiteral(" · "));
}

QString pathsOf(const LedgerEntry& entry) {
    QString text = readable(entry.paths.mid(0, kMostPaths).join(QLatin1Char('\n')));
    if (entry.paths.size() > kMostPaths)
        text += DocumentPanel::tr("\nand %L1 more").arg(entry.paths.size() - kMostPaths);
    return text;
}

}  // namespace

DocumentPanel::DocumentPanel(QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("libraryDocument"));
    setProperty("kind", QStringLiteral("card"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kGrid, kGrid, kGrid, kGrid + 4);
    column->setSpacing(kGrid / 2);
    column->addWidget(makeHead());
    m_reason = textLabel({}, LabelTone::Ink, this);
    m_reason->setObjectName(QStringLiteral("libraryDocumentReason"));
    m_advice = textLabel({}, LabelTone::Muted, this);
    m_advice->setObjectName(QStringLiteral("libraryDocumentAdvice"));
    column->addWidget(m_reason);
    column->addWidget(m_advice);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    m_facts = field(*grid, 0, tr("Content"));
    m_paths = field(*grid, 1, tr("Found at"));
    m_sha = field(*grid, 2, tr("SHA-256"));
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);
    column->addWidget(makeButtons());
}

QWidget* DocumentPanel::makeHead() {
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    m_name = textLabel({}, LabelTone::Ink, head);
    m_name->setObjectName(QStringLiteral("libraryDocumentName"));
    setTextFont(*m_name, TextSize::Heading, TextWeight::Bold);
    QToolButton* close = iconButton(QStringLiteral("close"), tr("Close the details"), head);
    close->setObjectName(QStringLiteral("libraryDocumentClose"));
    connect(close, &QToolButton::clicked, this, &DocumentPanel::closeRequested);
    row->addWidget(m_name, 1);
    row->addWidget(close);
    return head;
}

QWidget* DocumentPanel::makeButtons() {
    auto* buttons = new QWidget(this);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, kGrid / 2, 0, 0);
    row->setSpacing(kGrid);
    const auto add = [&](auto* button, const char* name, DocumentAction action) {
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QAbstractButton::clicked, this, [this, action] { emit actionRequested(action); });
        row->addWidget(button);
        return button;
    };
    m_open = add(primaryButton(tr("Open"), buttons), "libraryOpen", DocumentAction::Open);
    m_retry = add(quietButton(tr("Read again"), buttons), "libraryRetry", DocumentAction::Retry);
    m_exclude = add(quietButton(tr("Exclude"), buttons), "libraryExclude", DocumentAction::Exclude);
    row->addStretch();
    m_external = add(iconButton(QStringLiteral("link"), tr("Open in the system viewer"), buttons),
                     "libraryOpenExternally", DocumentAction::OpenExternally);
    m_reveal = add(iconButton(QStringLiteral("folder"), tr("Show in folder"), buttons), "libraryReveal",
                   DocumentAction::Reveal);
    add(iconButton(QStringLiteral("copy"), tr("Copy path"), buttons), "libraryCopyPath",
        DocumentAction::CopyPath);
    return buttons;
}

QLabel* DocumentPanel::field(QGridLayout& grid, int row, const QString& name) {
    QLabel* label = textLabel(name, LabelTone::Muted, this);
    QLabel* value = textLabel({}, LabelTone::Ink, this);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(name);
    label->setWordWrap(false);
    for (QLabel* each : {label, value}) setTextFont(*each, TextSize::Small);
    grid.addWidget(label, row, 0, Qt::AlignTop);
    grid.addWidget(value, row, 1);
    return value;
}

void DocumentPanel::setEntry(const LedgerEntry& entry) {
    m_entry = entry;
    m_name->setText(nameText(entry));
    const QString reason = reasonText(entry);
    m_reason->setText(reason.isEmpty() ? reason : statusText(entry) + QStringLiteral(": ") + reason);
    m_reason->setVisible(!reason.isEmpty());
    m_advice->setText(adviceText(entry));
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_facts->setText(factsOf(entry));
    m_paths->setText(pathsOf(entry));
    m_sha->setText(entry.sha256.isEmpty() ? tr("the file was not read") : entry.sha256);
    m_open->setEnabled(entry.chunks > 0);
    m_retry->setVisible(isRetryable(entry));
    const bool present = entry.presence == Presence::Present;
    m_external->setEnabled(present);
    m_reveal->setEnabled(present);
    const bool excluded = entry.state == DocumentState::Excluded;
    m_exclude->setText(excluded ? tr("Include") : tr("Exclude"));
    m_exclude->setAccessibleName(m_exclude->text());
    m_exclude->setToolTip(excluded ? tr("Read this file after all")
                                   : tr("Leave this file out of the library; the file itself stays"));
    m_exclude->setVisible(present);
    setVisible(true);
}

}  // namespace commonplace::ui

#include "ui/chat/chat_header.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

ChatHeader::ChatHeader(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel(this)),
      m_facts(textLabel({}, LabelTone::Muted, this)),
      m_export(iconButton(QStringLiteral("export"), tr("Export conversation…"), this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kGrid, 10, 2 * kGrid, 10);
    m_title->setObjectName(QStringLiteral("chatTitle"));
    setTextFont(*m_title, TextSize::Heading, TextWeight::Bold);
    m_title->setMinimumWidth(40);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setObjectName(QStringLiteral("chatFacts"));
    setTextFont(*m_facts, TextSize::Small);
    m_facts->setWordWrap(false);
    m_export->setObjectName(QStringLiteral("exportChat"));
    QSizePolicy keepsItsRoom = m_export->sizePolicy();
    keepsItsRoom.setRetainSizeWhenHidden(true);
    m_export->setSizePolicy(keepsItsRoom);
    row->addWidget(m_title, 1);
    row->addWidget(m_facts);
    row->addWidget(m_export);
    connect(m_export, &QToolButton::clicked, this,
            [this] { emit exportWanted(m_export->mapToGlobal(QPoint(0, m_export->height()))); });
}

void ChatHeader::setTitle(const QString& title) {
    m_title->setText(title);
}

void ChatHeader::setFacts(const LibraryFacts& facts) {
    m_facts->setText(facts.files == 0 ? tr("no files yet")
                                      : tr("%1 of %2 files read").arg(facts.filesRead).arg(facts.files));
}

void ChatHeader::setExport(Export possible) {
    m_export->setVisible(possible == Export::Possible);
}

}  // namespace commonplace::ui

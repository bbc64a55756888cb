#include "ui/chat/message_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

MessageView::MessageView(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QToolButton* MessageView::addAction(QHBoxLayout& row, const QString& iconName, const QString& text,
                                    const QString& name, MessageAction action) {
    constexpr int kIconPixels = 16;
    QToolButton* button = iconButton(iconName, text, row.parentWidget());
    button->setObjectName(name);
    button->setIconSize({kIconPixels, kIconPixels});
    connect(button, &QToolButton::clicked, this, [this, action] { emit actionWanted(m_message.id, action); });
    row.addWidget(button);
    return button;
}

void MessageView::addVersions(QHBoxLayout& row) {
    m_older = addAction(row, QStringLiteral("left"), tr("Previous version"), QStringLiteral("olderVersion"),
                        MessageAction::OlderVersion);
    m_version = textLabel({}, LabelTone::Muted, row.parentWidget());
    m_version->setObjectName(QStringLiteral("version"));
    m_version->setWordWrap(false);
    setTextFont(*m_version, TextSize::Small);
    row.addWidget(m_version);
    m_newer = addAction(row, QStringLiteral("right"), tr("Next version"), QStringLiteral("newerVersion"),
                        MessageAction::NewerVersion);
}

void MessageView::showVersions() {
    const qsizetype count = m_message.siblings.size(), at = m_message.siblings.indexOf(m_message.id);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_older), static_cast<QWidget*>(m_version), static_cast<QWidget*>(m_newer)})
        widget->setVisible(count > 1);
    m_version->setText(tr("%1 of %2").arg(at + 1).arg(count));
    m_older->setEnabled(at > 0);
    m_newer->setEnabled(at + 1 < count);
}

QVector<Place> placesOf(const ChatAnswer& answer) {
    QVector<Place> places;
    for (const ChatCitation& citation : answer.abstained ? answer.nearest : answer.citations)
        if (citation.place.number > 0) {
            places.append(citation.place);
            places.last().finding = findingOn(citation);
        }
    return places;
}

}  // namespace commonplace::ui

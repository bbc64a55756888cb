#include "ui/chat/search_edit.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMostCharacters = 1000;

}  // namespace

QString searchedWith(const ChatAnswer& answer) {
    if (!answer.searchedFor.isEmpty()) return answer.searchedFor;
    if (answer.carriedWords.isEmpty()) return {};
    return (answer.question + QLatin1Char(' ') + answer.carriedWords.join(QLatin1Char(' '))).simplified();
}

SearchEdit::SearchEdit(const ChatAnswer& answer, QWidget* parent)
    : QWidget(parent), m_query(new QLineEdit(this)), m_ask(quietButton(tr("Ask again"), this)) {
    setObjectName(QStringLiteral("searchEdit"));
    m_query->setObjectName(QStringLiteral("searchedFor"));
    m_query->setAccessibleName(tr("Searched for"));
    m_query->setMaxLength(kMostCharacters);
    m_query->setText(searchedWith(answer));
    m_query->setCursorPosition(0);
    m_ask->setObjectName(QStringLiteral("askWithSearch"));
    m_ask->setToolTip(tr("Ask again with these words (Enter)"));
    auto* hint = textLabel(tr("Other words make another version of this answer; this one stays."),
                           LabelTone::Muted, this);
    setTextFont(*hint, TextSize::Small);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_query, 1);
    row->addWidget(m_ask);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    column->addLayout(row);
    column->addWidget(hint);
    connect(m_query, &QLineEdit::returnPressed, this, &SearchEdit::ask);
    connect(m_ask, &QPushButton::clicked, this, &SearchEdit::ask);
    connect(m_query, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_ask->setEnabled(!text.trimmed().isEmpty()); });
}

void SearchEdit::ask() {
    const QString query = m_query->text().simplified();
    if (!query.isEmpty()) emit wanted(query);
}

}  // namespace commonplace::ui

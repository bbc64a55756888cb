#include "ui/library/undo_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <utility>

#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kOfferMs = 10'000;

}  // namespace

UndoBar::UndoBar(QWidget* parent)
    : QFrame(parent), m_text(textLabel({}, LabelTone::Ink, this)), m_button(quietButton(tr("Undo"), this)) {
    setObjectName(QStringLiteral("libraryUndoBar"));
    setProperty("kind", QStringLiteral("card"));
    m_button->setObjectName(QStringLiteral("libraryUndo"));
    setThemedIcon(*m_button, QStringLiteral("undo"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * kGrid, kGrid, kGrid, kGrid);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kOfferMs);
    connect(&m_timer, &QTimer::timeout, this, &UndoBar::settle);
    connect(m_button, &QPushButton::clicked, this, &UndoBar::undo);
    hide();
}

UndoBar::~UndoBar() = default;

void UndoBar::offer(const QString& text, std::function<void()> undo) {
    m_undo = std::move(undo);
    m_text->setText(text);
    m_timer.start();
    show();
}

void UndoBar::settle() {
    m_timer.stop();
    m_undo = nullptr;
    hide();
}

void UndoBar::undo() {
    const auto undo = std::exchange(m_undo, nullptr);
    settle();
    if (undo) undo();
}

}  // namespace commonplace::ui

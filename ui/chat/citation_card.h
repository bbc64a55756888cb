// What a chip stands for: the card beside the pointer, and the larger ones that list the nearest passages.
#pragma once

#include <QAbstractButton>
#include <QFrame>

#include "ui/bridge/chat_types.h"
#include "ui/chat/citation_chip.h"

class QLabel;

namespace commonplace::ui {

/// Shows beside the pointer and never takes the focus.
class CitationCard final : public QFrame {
    Q_OBJECT
  public:
    explicit CitationCard(QWidget* parent);
    /// `tone`: of its chip.
    void showFor(const ChatCitation& citation, ChipTone tone, const QPoint& pointer);

  private:
    struct Verdict {
        QString text;
        const char* tone;
    };
    static Verdict verdictOn(const ChatCitation& citation, ChipTone tone);

    QLabel* m_title;
    QLabel* m_quote;
    QLabel* m_proof;
};

/// A passage as a button.
class PassageCard final : public QAbstractButton {
    Q_OBJECT
  public:
    PassageCard(const ChatCitation& citation, QWidget* parent);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    ChatCitation m_citation;
};

}  // namespace commonplace::ui

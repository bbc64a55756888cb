// The words of one message: selectable, as tall as they are, never loading anything. Screen readers see its
// text.
#pragma once

#include <QTextBrowser>
#include <QUrl>

#include "ui/chat/answer_markup.h"
#include "ui/chat/citation_chip.h"

namespace commonplace::ui {

class SafeDocument;

class MessageText final : public QTextBrowser {
    Q_OBJECT
  public:
    explicit MessageText(QWidget* parent);

    void showQuestion(const QString& text);
    void showAnswer(const AnswerMarkup& answer);
    /// Citations are counted from 1, in the order of the answer's list; 0: none.
    void setActiveChip(int citation);
    /// The widest line, when there is no need to wrap.
    int idealWidth() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void chipActivated(int citation);
    /// The pointer (or the focus) is on a chip, in global coordinates; 0: on none.
    void chipHovered(int citation, commonplace::ui::ChipTone tone, const QPoint& below);
    void linkActivated(const QUrl& address);

  protected:
    QVariant loadResource(int type, const QUrl& name) override;
    QMimeData* createMimeDataFromSelection() const override;
    void doSetSource(const QUrl&, QTextDocument::ResourceType) override {
    }  // a message leads nowhere by itself
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    void render(const AnswerMarkup& answer);
    void describeForReaders();
    void paintBackgrounds();

    SafeDocument* m_document;
    CitationChip* m_chip;
    AnswerMarkup m_answer;
    bool m_isAnswer = false;
};

}  // namespace commonplace::ui

// Where a question is written: grows with it, names the scope and the model, asks and stops.
#pragma once

#include <QFrame>
#include <QPlainTextEdit>
#include <QString>
#include <QStringList>
#include <QVector>

class QLabel;
class QPushButton;

namespace commonplace::ui {

class ModelButton;

/// Something that questions can be limited to.
struct Scope {
    QString name;       ///< "Reports"
    QStringList paths;  ///< empty: all documents
};

/// Enter asks, Shift+Enter makes a line; as tall as its text, up to eight lines.
class ComposerText final : public QPlainTextEdit {
    Q_OBJECT
  public:
    explicit ComposerText(QWidget* parent);

  signals:
    void askWanted();
    void escapePressed();

  protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fitHeight();
};

class Composer final : public QFrame {
    Q_OBJECT
  public:
    explicit Composer(QWidget* parent);

    QString text() const;
    void setText(const QString& text);
    void setScopes(const QVector<Scope>& scopes);
    /// A scope that is none of setScopes() is shown by the names of its files.
    void setScope(const QStringList& paths);
    QStringList scope() const { return m_scope; }
    /// Who answers, and who else could.
    ModelButton& model() { return *m_modelButton; }
    enum class State { Idle, Answering };
    void setState(State state);
    /// Shown above the text while a question is edited; empty: none.
    void setNote(const QString& note);
    void focusText();
    /// As if it was typed here; takes the focus.
    void type(const QString& text);

  signals:
    void askWanted();
    void stopWanted();
    void draftChanged();
    void scopeChanged();
    void noteDismissed();
    /// There was nothing to end here.
    void escaped();

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void buildRow();
    void openScopeMenu();
    void chooseScope(const QStringList& paths);
    void escape();
    void showScope();

    ComposerText* m_text;
    QWidget* m_noteRow;
    QLabel* m_note;
    QPushButton* m_scopeButton;
    ModelButton* m_modelButton;
    QPushButton* m_ask;
    QPushButton* m_stop;
    QVector<Scope> m_scopes;
    QStringList m_scope;
    State m_state = State::Idle;
};

}  // namespace commonplace::ui

// SearchEdit: what an answer was searched with, to be changed: asking again makes another version of the
// answer. Thread: GUI.
#pragma once

#include <QString>
#include <QWidget>

#include "ui/bridge/chat_types.h"

class QLineEdit;
class QPushButton;

namespace commonplace::ui {

/// Of a follow-up: as a model rewrote it or a person did, else with the words that were carried over. Empty:
/// the question was searched as it stands.
QString searchedWith(const ChatAnswer& answer);

class SearchEdit final : public QWidget {
    Q_OBJECT
  public:
    /// Return asks; Escape goes to whoever holds it.
    SearchEdit(const ChatAnswer& answer, QWidget* parent);

  signals:
    void wanted(const QString& query);

  private:
    void ask();

    QLineEdit* m_query;
    QPushButton* m_ask;
};

}  // namespace commonplace::ui

// SearchPage: search as you type; hits by document, marked, opened with Enter. Needs no model.
#pragma once

#include <QStringList>
#include <QTimer>
#include <QVector>
#include <QWidget>

#include "ui/bridge/search_bridge.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace commonplace::ui {

class HitModel;

class SearchPage final : public QWidget {
    Q_OBJECT
  public:
    explicit SearchPage(SearchBridge& bridge, QWidget* parent = nullptr);

    QString query() const;
    void setQuery(const QString& query);
    /// The folders to choose from beside "All documents" (LedgerBridge::rootsChanged).
    void setFolders(const QStringList& folders);

  public slots:
    /// Puts the cursor into the field and selects what stands there (Ctrl+F, Ctrl+L).
    void focusQuery();
    /// Searches again: the library has changed.
    void refresh();

  signals:
    void placeActivated(const commonplace::ui::Place& place, const QVector<commonplace::ui::Place>& all);
    void askAbout(const QStringList& paths, const QString& query);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeTop();
    QWidget* makeStatus();
    QWidget* makeResults();
    QWidget* makeStates();
    void makeActions();
    void onEdited();
    void searchNow();
    void showResults(const SearchResults& results);
    void showCounts(const SearchResults& results);
    void move(int step);
    void activate(const QModelIndex& index);
    void activateCurrent();
    void toggleWhy();

    SearchBridge& m_bridge;
    HitModel* m_model;
    QTimer m_debounce;
    QString m_shownQuery;
    enum class Arrival { Show, Open };
    Arrival m_arrival = Arrival::Show;  ///< what becomes of the results that are awaited
    QLineEdit* m_field = nullptr;
    QComboBox* m_scope = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_note = nullptr;
    QLabel* m_error = nullptr;
    QPushButton* m_ask = nullptr;
    QListView* m_list = nullptr;
    QStackedWidget* m_states = nullptr;
    QWidget* m_empty = nullptr;
    QWidget* m_nothing = nullptr;
};

}  // namespace commonplace::ui

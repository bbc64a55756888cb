// WindowState: what the window remembers between two starts (geometry, theme, what was open), in an INI file.
//
// QSettings writes from the event loop of the thread that made it, with a lock file and two fdatasync(): in
// the GUI thread that is a block of 1 to 20 ms on a quiet disk and of 120 ms on a busy one (200 writes,
// measured). Here values change in memory; a thread of its own writes those that have changed, soon after the
// last change and once more at the end. Another window's values in the same file are kept (QSettings merges).
//
// Thread: GUI. The same thread reads the file once, at the beginning; the first value() waits for that. Made
// before the QApplication, which takes longer, it costs the first picture nothing.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QVariant>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

namespace commonplace::ui {

class WindowState final : public QObject {
    Q_OBJECT
  public:
    /// `file` empty: commonplace/window.ini in the person's configuration folder.
    explicit WindowState(const QString& file, QObject* parent = nullptr);
    /// Returns when all is written.
    ~WindowState() override;

    QVariant value(const QString& key, const QVariant& otherwise = {}) const;
    void setValue(const QString& key, const QVariant& value);
    /// Writes now instead of soon; returns at once.
    void save();

  private:
    using Values = QHash<QString, QVariant>;
    void read();
    void write(const std::stop_token& end);

    const QString m_file;
    Values m_values;  ///< of the GUI thread, once it is read
    std::latch m_isRead{1};
    QTimer m_soon;
    std::mutex m_mutex;
    std::condition_variable_any m_waiting;
    Values m_unsaved;  ///< of the GUI thread
    Values m_due;      // guarded by m_mutex
    std::jthread m_files;
};

}  // namespace commonplace::ui

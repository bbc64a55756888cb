// One window per library: a second start hands its files to the first and ends. A local socket in the user's
// runtime folder, named after the library; what arrives is a bounded list of paths, and nothing else.
// Thread: GUI.
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace commonplace::ui {

class SingleInstance final : public QObject {
    Q_OBJECT
  public:
    /// `libraryFolder` tells instances apart: two libraries may have a window each.
    explicit SingleInstance(const QString& libraryFolder, QObject* parent = nullptr);

    /// True when another window has taken the paths: this program has nothing left to do. Otherwise this one
    /// listens from now on. Waits at most half a second for an answer.
    bool handOver(const QStringList& paths);

  signals:
    /// Another start wants the window in front, with these paths added (possibly none).
    void requested(const QStringList& paths);

  private:
    void listen();
    void receive();

    QString m_name;
    QLocalServer m_server;
};

}  // namespace commonplace::ui

#include "ui/window/single_instance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

namespace commonplace::ui {
namespace {

constexpr int kPatienceMs = 500;
constexpr qint64 kMaxMessage = 4 << 20;
constexpr int kMaxSilenceMs = 3000;

QByteArray encoded(const QStringList& paths) {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << paths;
    return bytes;
}

}  // namespace

SingleInstance::SingleInstance(const QString& libraryFolder, QObject* parent) : QObject(parent) {
    const QByteArray hash = QCryptographicHash::hash(libraryFolder.toUtf8(), QCryptographicHash::Sha256);
    // A folder of this user's alone: in /tmp anybody could wait under the name and be told what is opened.
    m_name = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) +
             QStringLiteral("/commonplace-") + QString::fromLatin1(hash.toHex().left(16));
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::receive);
}

bool SingleInstance::handOver(const QStringList& paths) {
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (socket.waitForConnected(kPatienceMs)) {
        socket.write(encoded(paths));
        socket.flush();
        if (socket.waitForReadyRead(kPatienceMs) && socket.read(2) == "ok") return true;
    }
    listen();
    return false;
}

void SingleInstance::listen() {
    if (m_server.listen(m_name)) return;
    QLocalServer::removeServer(m_name);  // left behind by a window that was killed
    m_server.listen(m_name);
}

void SingleInstance::receive() {
    QLocalSocket* socket = m_server.nextPendingConnection();
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(kMaxSilenceMs, socket, [socket] { socket->abort(); });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (socket->bytesAvailable() > kMaxMessage) {
            socket->abort();
            return;
        }
        QDataStream stream(socket);
        stream.startTransaction();
        QStringList paths;
        stream >> paths;
        if (!stream.commitTransaction()) return;
        socket->write("ok");
        socket->flush();
        emit requested(paths);
    });
}

}  // namespace commonplace::ui

#include "ui/bridge/paths.h"

#include <QByteArrayView>
#include <algorithm>

namespace commonplace::ui {
namespace {

constexpr char16_t kFirstByte = 0xDC80, kLastByte = 0xDCFF;
constexpr qsizetype kLongestCharacter = 4;  // bytes of UTF-8

bool isCarriedByte(const QString& path, qsizetype at) {
    const char16_t unit = path[at].unicode();
    return unit >= kFirstByte && unit <= kLastByte && (at == 0 || !path[at - 1].isHighSurrogate());
}

qsizetype nextCarriedByte(const QString& path, qsizetype from) {
    while (from < path.size() && !isCarriedByte(path, from)) ++from;
    return from;
}

/// Of the UTF-8 character that `bytes` begin with; 0: they begin with none.
qsizetype characterLength(QByteArrayView bytes) {
    for (qsizetype length = 1; length <= std::min(kLongestCharacter, bytes.size()); ++length)
        if (QString::fromUtf8(bytes.first(length)).toUtf8() == bytes.first(length)) return length;
    return 0;
}

QString carried(QByteArrayView bytes) {
    QString path;
    while (!bytes.isEmpty()) {
        const qsizetype length = characterLength(bytes);
        if (length > 0)
            path += QString::fromUtf8(bytes.first(length));
        else
            path += QChar(static_cast<char16_t>(0xDC00 + static_cast<unsigned char>(bytes.front())));
        bytes = bytes.sliced(std::max<qsizetype>(1, length));
    }
    return path;
}

}  // namespace

QString windowPath(const std::string& path) {
    const QByteArrayView bytes(path.data(), static_cast<qsizetype>(path.size()));
    QString text = QString::fromUtf8(bytes);
    return text.toUtf8() == bytes ? text : carried(bytes);
}

QStringList windowPaths(const std::vector<std::string>& paths) {
    QStringList all;
    all.reserve(static_cast<qsizetype>(paths.size()));
    for (const std::string& path : paths) all.push_back(windowPath(path));
    return all;
}

std::string nativePath(const QString& path) {
    std::string native;
    for (qsizetype from = 0; from < path.size();) {
        const qsizetype end = nextCarriedByte(path, from);
        native += path.sliced(from, end - from).toStdString();
        if (end < path.size()) native += static_cast<char>(path[end].unicode() - 0xDC00);
        from = end + 1;
    }
    return native;
}

std::vector<std::string> nativePaths(const QStringList& paths) {
    std::vector<std::string> native;
    for (const QString& path : paths) native.push_back(nativePath(path));
    return native;
}

QString readable(const QString& path) {
    qsizetype at = nextCarriedByte(path, 0);
    if (at == path.size()) return path;
    QString text = path;
    for (; at < path.size(); at = nextCarriedByte(path, at + 1)) text[at] = QChar::ReplacementCharacter;
    return text;
}

QString shownPath(const std::string& path) {
    return readable(windowPath(path));
}

QString fileName(const QString& path) {
    const QString name = readable(path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty));
    return name.isEmpty() ? path : name;
}

QUrl fileUrl(const QString& path) {
    const QByteArray bytes = QByteArray::fromStdString(nativePath(path));
    return QUrl::fromEncoded("file://" + bytes.toPercentEncoding("/"), QUrl::StrictMode);
}

QString pathOf(const QUrl& url) {
    if (!url.isLocalFile()) return {};
    const QByteArray bytes = QByteArray::fromPercentEncoding(url.path(QUrl::FullyEncoded).toLatin1());
    return windowPath(bytes.toStdString());
}

QString storedPath(const QString& path) {
    return readable(path) == path ? path : fileUrl(path).toString(QUrl::FullyEncoded);
}

QString pathFromStored(const QString& stored) {
    return stored.startsWith(QLatin1String("file://")) ? pathOf(QUrl(stored, QUrl::StrictMode)) : stored;
}

}  // namespace commonplace::ui

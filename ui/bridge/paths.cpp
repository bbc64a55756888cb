#include "ui/bridge/paths.h"

#include <QFile>

#include "engine/base/file.h"

namespace commonplace::ui {

QString shownPath(const std::string& path) {
    return QString::fromStdString(base::displayPath(path));
}

QStringList shownPaths(const std::vector<std::string>& paths) {
    QStringList shown;
    shown.reserve(static_cast<qsizetype>(paths.size()));
    for (const std::string& path : paths) shown.push_back(shownPath(path));
    return shown;
}

std::string nativePath(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

std::vector<std::string> nativePaths(const QStringList& paths) {
    std::vector<std::string> native;
    for (const QString& path : paths) native.push_back(nativePath(path));
    return native;
}

}  // namespace commonplace::ui

// Paths between the engine (native bytes) and the window (QString). Pure, any thread.
#pragma once

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

namespace commonplace::ui {

/// For people; undecodable bytes become U+FFFD.
QString shownPath(const std::string& path);
QStringList shownPaths(const std::vector<std::string>& paths);
std::string nativePath(const QString& path);
std::vector<std::string> nativePaths(const QStringList& paths);

}  // namespace commonplace::ui

// Paths between the engine (native bytes) and the window (QString). Pure, any thread.
//
// A file name on Linux is any bytes; one from an old disk may be Latin-1 and no UTF-8. Within the window a
// path is a QString that carries every byte: one that is not UTF-8 travels as the lone surrogate
// U+DC80 + (byte - 0x80), which no decoded text holds (the way of Python's PEP 383). So windowPath() and
// nativePath() lose nothing, and two names that look alike stay two. What a person reads goes through
// readable() first.
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>
#include <string>
#include <vector>

namespace commonplace::ui {

/// As the window carries it; nativePath() gives the same bytes back.
QString windowPath(const std::string& path);
QStringList windowPaths(const std::vector<std::string>& paths);
std::string nativePath(const QString& path);
std::vector<std::string> nativePaths(const QStringList& paths);

/// A carried path (or any text with one in it) for people: undecodable bytes become U+FFFD.
QString readable(const QString& path);
/// readable(windowPath(path)): for what is only ever shown.
QString shownPath(const std::string& path);
/// The readable last part of a carried path; the path itself where it has none ("/").
QString fileName(const QString& path);

/// The file:// address of a carried path and back, byte for byte. Empty for an address that is no local file.
QUrl fileUrl(const QString& path);
QString pathOf(const QUrl& url);

/// As JSON can hold a carried path (which would lose what is not UTF-8): itself, or its fileUrl(); and back.
QString storedPath(const QString& path);
QString pathFromStored(const QString& stored);

}  // namespace commonplace::ui

// The window as a program: application, one instance, appearance, bridges, MainWindow.
#pragma once

#include <QString>
#include <QStringList>

#include "ui/bridge/host.h"

namespace commonplace::ui {

struct WindowOptions {
    HostOptions host;
    QString stateFile;      ///< geometry, theme, what was open (INI); empty: the default place
    QString sampleLibrary;  ///< folder of the sample documents; empty: not installed
    QStringList paths;      ///< added to the library at once
};

/// Until the window is closed, or the process is told to end (SIGTERM, SIGINT, SIGHUP), which closes it;
/// returns the exit code. Hands its paths to a window that is already open for the same library and returns
/// 0.
int runWindow(int argc, char** argv, WindowOptions options);

}  // namespace commonplace::ui

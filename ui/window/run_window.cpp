#include "ui/window/run_window.h"

#include <QApplication>

#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/main_window.h"
#include "ui/window/quit_signals.h"
#include "ui/window/single_instance.h"
#include "ui/window/window_state.h"

namespace commonplace::ui {
namespace {

void nameApplication() {
    QApplication::setApplicationName(QStringLiteral("commonplace"));
    QApplication::setApplicationDisplayName(QStringLiteral("Commonplace"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.commonplace.Commonplace"));
}

}  // namespace

int runWindow(int argc, char** argv, WindowOptions options) {
    WindowState state(options.stateFile);  // is read while the application begins
    QApplication application(argc, argv);
    nameApplication();
    QString& folder = options.host.libraryFolder;
    if (folder.isEmpty()) folder = state.value(QStringLiteral("window/library")).toString();
    SingleInstance instance(Host::folderOf(options.host));
    if (instance.handOver(options.paths)) return 0;
    QuitSignals quitSignals;  // before what it closes: a second signal must not break off the end
    Appearance appearance(application, state);
    Bridges bridges(std::move(options.host));
    MainWindow window(bridges, appearance, state, options.sampleLibrary);
    QObject::connect(&instance, &SingleInstance::requested, &window, [&window](const QStringList& paths) {
        window.comeForward();
        window.add(paths);
    });
    QObject::connect(&quitSignals, &QuitSignals::requested, &window, [&window] {
        window.close();
        QApplication::exit();  // whatever dialog is open
    });
    window.show();
    window.add(options.paths);
    return application.exec();
}

}  // namespace commonplace::ui

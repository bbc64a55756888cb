#include "ui/window/main_window.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QStatusBar>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/bridge/library_bridge.h"

namespace commonplace::ui {
namespace {

constexpr int kTypingMs = 60;  // one search a pause, not one a key

QString textOf(const PlainHit& hit) {
    QString where = hit.path;
    if (hit.page > 0) where += MainWindow::tr(", p. %1").arg(hit.page);
    if (!hit.pageLabel.isEmpty() && hit.pageLabel != QString::number(hit.page))
        where += QStringLiteral(" (%1)").arg(hit.pageLabel);
    return where + QStringLiteral("\n") + hit.snippet;
}

QStringList localFiles(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    return paths;
}

}  // namespace

MainWindow::MainWindow(LibraryBridge& bridge, QWidget* parent) : QMainWindow(parent), m_bridge(bridge) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Commonplace"));
    setAcceptDrops(true);
    resize(900, 640);
    buildLayout();
    connectBridge();
}

void MainWindow::buildLayout() {
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    m_query = new QLineEdit(centre);
    m_query->setObjectName(QStringLiteral("searchField"));
    m_query->setAccessibleName(tr("Search"));
    m_query->setPlaceholderText(tr("Search your documents; drop a folder anywhere to add it"));
    m_query->setClearButtonEnabled(true);
    m_results = new QListWidget(centre);
    m_results->setObjectName(QStringLiteral("searchResults"));
    m_results->setAccessibleName(tr("Results"));
    m_results->setWordWrap(true);
    layout->addWidget(m_query);
    layout->addWidget(m_results);
    setCentralWidget(centre);
    statusBar()->showMessage(tr("Opening the library…"));
    m_typing = new QTimer(this);
    m_typing->setSingleShot(true);
    m_typing->setInterval(kTypingMs);
}

void MainWindow::connectBridge() {
    connect(m_query, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_typing, &QTimer::timeout, this, [this] {
        if (m_query->text().trimmed().isEmpty()) m_results->clear();
        m_bridge.search(m_query->text());
    });
    connect(&m_bridge, &LibraryBridge::opened, this, [this] { statusBar()->showMessage(tr("Ready")); });
    connect(&m_bridge, &LibraryBridge::failed, this,
            [this](const QString& why) { statusBar()->showMessage(why); });
    connect(&m_bridge, &LibraryBridge::indexProgress, this,
            [this](const QString& s) { statusBar()->showMessage(s); });
    connect(&m_bridge, &LibraryBridge::indexFinished, this,
            [this](const QString& s) { statusBar()->showMessage(s); });
    connect(&m_bridge, &LibraryBridge::searchFinished, this,
            [this](const QVector<PlainHit>& hits, const QString& note) {
                m_results->clear();
                for (const PlainHit& hit : hits) m_results->addItem(textOf(hit));
                if (hits.isEmpty())
                    statusBar()->showMessage(note.isEmpty() ? tr("Nothing found") : note);
                else
                    statusBar()->showMessage(note.isEmpty() ? tr("%n passage(s)", nullptr, int(hits.size()))
                                                            : note);
            });
}

void MainWindow::add(const QStringList& paths) {
    if (!paths.isEmpty()) m_bridge.index(paths);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!localFiles(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    add(localFiles(*event->mimeData()));
    event->acceptProposedAction();
}

int runWindow(int argc, char** argv, const QString& libraryFolder, const QStringList& paths) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("commonplace"));
    QApplication::setDesktopFileName(QStringLiteral("org.commonplace.Commonplace"));
    qRegisterMetaType<QVector<PlainHit>>();
    LibraryBridge bridge(libraryFolder);
    MainWindow window(bridge);
    QObject::connect(&bridge, &LibraryBridge::opened, &window, [&window, paths] { window.add(paths); });
    window.show();
    return QApplication::exec();
}

}  // namespace commonplace::ui

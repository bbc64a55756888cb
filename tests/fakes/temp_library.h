// A library in a temporary folder with a real Host, for tests of the window: files are written into
// documents(), the library itself lies beside them. Header only.
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>
#include <QTemporaryDir>
#include <memory>
#include <utility>

#include "ui/bridge/host.h"

namespace commonplace::fakes {

class TempLibrary {
  public:
    TempLibrary() { QDir(m_folder.path()).mkdir(QStringLiteral("documents")); }

    QString documents() const { return m_folder.filePath(QStringLiteral("documents")); }
    QString settingsFile() const { return m_folder.filePath(QStringLiteral("config/settings.json")); }
    QString libraryFolder() const { return m_folder.filePath(QStringLiteral("library")); }

    QString modelsFolder() const { return m_folder.filePath(QStringLiteral("models")); }

    /// Writes documents()/name (folders are made) and returns its path.
    QString write(const QString& name, const QByteArray& text) const {
        const QString path = documents() + QLatin1Char('/') + name;
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) std::abort();
        return path;
    }

    /// A new window process, so to speak: the same library, opened again.
    std::unique_ptr<ui::Host> open(ui::WireEmbedder wireEmbedder = {}) const {
        ui::HostOptions options;
        options.libraryFolder = libraryFolder();
        options.settingsFile = settingsFile().toStdString();
        options.program = COMMONPLACE_PROGRAM;
        options.modelsFolder = m_folder.filePath(QStringLiteral("models")).toStdString();
        options.modelMemory = m_folder.filePath(QStringLiteral("known-models")).toStdString();
        options.wireEmbedder = std::move(wireEmbedder);
        return std::make_unique<ui::Host>(std::move(options));
    }

  private:
    QTemporaryDir m_folder;
};

}  // namespace commonplace::fakes

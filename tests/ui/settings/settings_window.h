// The settings page over a library of its own, with what tests do to its controls by their object names.
#pragma once

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <memory>
#include <utility>

#include "tests/fakes/temp_library.h"
#include "ui/bridge/consent_bridge.h"
#include "ui/settings/settings_page.h"

namespace commonplace::ui {

constexpr int kPatienceMs = 30'000;

struct SettingsWindow {
    /// Waits until the file has been read.
    SettingsWindow(const fakes::TempLibrary& library, std::unique_ptr<Keyring> keyring, QSize size,
                   WireEmbedder wireEmbedder = {})
        : host(library.open(std::move(wireEmbedder))),
          bridge(*host, std::move(keyring)),
          models(*host),
          embedding(*host),
          consents(*host),
          page(bridge, models, embedding, consents) {
        page.resize(size);
        page.show();
        (void)QTest::qWaitFor([this] { return find<QSpinBox>("settingsMaxFile")->isEnabled(); }, kPatienceMs);
    }
    template <class T>
    T* find(const char* name) {
        return page.findChild<T*>(QString::fromLatin1(name));
    }
    void click(const char* name) { find<QAbstractButton>(name)->click(); }
    void type(const char* name, const QString& text) {
        QLineEdit* field = find<QLineEdit>(name);
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    void enter(const char* combo, const QString& text) {
        QLineEdit* line = find<QComboBox>(combo)->lineEdit();
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }

    std::unique_ptr<Host> host;
    SettingsBridge bridge;
    ModelsBridge models;
    EmbeddingBridge embedding;
    ConsentBridge consents;
    SettingsPage page;
};

inline QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace commonplace::ui

// The settings page as the tests about models see it: no keyring, files that are dropped, models that are
// made.
#pragma once

#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QUrl>
#include <string>

#include "tests/support/test_models.h"
#include "tests/ui/settings/settings_window.h"
#include "ui/settings/file_row.h"
#include "ui/settings/transfer_row.h"

namespace commonplace::ui {

using fakes::TempLibrary;

class NoKeyring final : public Keyring {
  public:
    void read(const QString&, OnAnswer onAnswer) override { onAnswer({State::NotFound, {}, {}}); }
    void write(const QString&, const QString&, OnAnswer onAnswer) override { onAnswer({}); }
};

struct Window : SettingsWindow {
    explicit Window(const TempLibrary& library, WireEmbedder wireEmbedder = {})
        : SettingsWindow(library, std::make_unique<NoKeyring>(), {1000, 800}, std::move(wireEmbedder)) {}
    /// Files or folders, as a file manager would drop them onto the list.
    void drop(const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QWidget* target = find<QWidget>("settingsFilesDrop")->parentWidget();
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &drop);
    }
    qsizetype fileCount() { return page.findChildren<FileRow*>().size(); }
    QString transferState() {
        const auto rows = page.findChildren<TransferRow*>();
        return rows.isEmpty() ? QString() : rows.first()->findChild<QLabel*>("settingsTransferState")->text();
    }
};

inline std::string chatModel() {
    return commonplace::test::scriptModel({{{"", "A reply that is recited."}}});
}

}  // namespace commonplace::ui

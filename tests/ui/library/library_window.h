// One window's worth of the library for its tests, over documents of their own.
#pragma once

#include <QDebug>
#include <QTableView>
#include <QTest>
#include <memory>

#include "tests/fakes/temp_library.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/library_page.h"

namespace commonplace::ui {

using fakes::TempLibrary;

constexpr int kPatienceMs = 30'000;

/// One window's worth of the library.
struct Window {
    explicit Window(const TempLibrary& library)
        : host(library.open()), index(*host), ledger(*host), page({index, ledger}) {
        QObject::connect(&index, &IndexBridge::failed, [](const QString& why) { qWarning() << why; });
        QObject::connect(&ledger, &LedgerBridge::failed, [](const QString& why) { qWarning() << why; });
        page.resize(1000, 700);
        page.show();
    }
    template <class T>
    T* find(const char* name) {
        return page.findChild<T*>(QString::fromLatin1(name));
    }
    QAbstractItemModel& rows() { return *find<QTableView>("libraryTable")->model(); }
    int rowOf(const QString& name) {
        for (int row = 0; row < rows().rowCount(); ++row)
            if (rows().index(row, LedgerItemModel::Name).data().toString() == name) return row;
        return -1;
    }
    QString cell(int row, int column) { return rows().index(row, column).data().toString(); }

    std::unique_ptr<Host> host;
    IndexBridge index;
    LedgerBridge ledger;
    LibraryPage page;
};

inline void makeFiles(const TempLibrary& library, int count) {
    for (int i = 0; i < count; ++i)
        library.write(QStringLiteral("many/%1.txt").arg(i),
                      QByteArray("The record of number ") + QByteArray::number(i) + " about the harbour.\n");
}

/// A note, a file that cannot be read, and one in a folder.
inline std::unique_ptr<TempLibrary> threeDocuments() {
    auto library = std::make_unique<TempLibrary>();
    library->write("audit.md", "# Audit report\n\nBackups were never restored as a test.\n");
    library->write("broken.pdf", "this is no pdf");
    library->write("sub/garden.txt", "Tomatoes need water.\n");
    return library;
}

}  // namespace commonplace::ui

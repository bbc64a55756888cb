// Names of files are bytes: what a conversation keeps of them must lead to the same file again.
#include <QJsonDocument>
#include <QTest>

#include "ui/bridge/chat_json.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {

class StoredPathsTest final : public QObject {
    Q_OBJECT

  private slots:
    void scopesKeepEveryByte() {
        const std::vector<std::string> native{"/docs/caf\xe9 100%.md", "/docs/caf\xc3\xa9.md", "/a b\xff",
                                              "/100%25", "/file:"};
        const QStringList back = fromScope(toScope(windowPaths(native)));
        QCOMPARE(nativePaths(back), native);
        QCOMPARE(back, windowPaths(native));
        QCOMPARE(toScope({QStringLiteral("/docs/café.md")}), QByteArray("[\"/docs/café.md\"]"));
        QCOMPARE(fromScope("[\"/docs/100%25\", 7]"), QStringList{QStringLiteral("/docs/100%25")});
    }

    void citationsKeepEveryByte() {
        const std::string path = "/docs/caf\xe9.md";
        answer::Answer answer;
        answer.citations.resize(1);
        answer.citations[0].path = path;
        const ChatAnswer kept = fromDetails(toDetails(answer, {}));
        QCOMPARE(kept.citations.size(), 1);
        QCOMPARE(nativePath(kept.citations[0].place.path), path);
    }
};

}  // namespace commonplace::ui

QTEST_GUILESS_MAIN(commonplace::ui::StoredPathsTest)
#include "stored_paths_test.moc"

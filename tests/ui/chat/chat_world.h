// What the tests of conversations share: a host over a temporary library with the sample documents, and
// models behind a scripted endpoint.
#pragma once

#include <QCoreApplication>
#include <QEventLoop>
#include <QSignalSpy>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "engine/config/settings.h"
#include "engine/library/library.h"
#include "engine/llm/openai_model.h"
#include "engine/store/conversations.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/chat_asking.h"
#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {

inline std::filesystem::path sampleLibrary() {
    return std::filesystem::path(COMMONPLACE_TEST_DIR).parent_path() / "resources/sample-library";
}

inline Result<document::ChatModels> wireForTest(const config::Settings& settings, const std::string& key,
                                                const std::shared_ptr<net::Traffic>& traffic) {
    llm::Endpoint endpoint;
    endpoint.baseUrl = settings.model.baseUrl;
    endpoint.model = settings.model.model.empty() ? "scripted" : settings.model.model;
    endpoint.key = key;
    endpoint.reach = net::Permit(net::Reach::Anywhere, traffic);
    llm::Endpoint small = endpoint;
    small.baseUrl = settings.model.small.baseUrl;
    document::ChatModels models;
    if (!endpoint.baseUrl.empty()) {
        TRY(models.answering, llm::openOpenAiModel(std::move(endpoint)));
    }
    if (!small.baseUrl.empty()) {
        TRY(models.small, llm::openOpenAiModel(std::move(small)));
    }
    return models;
}

class ChatWorld final {
  public:
    ChatWorld() {
        HostOptions options;
        options.libraryFolder = QString::fromStdString((m_folder / "library").string());
        options.settingsFile = m_folder / "settings.json";
        options.program = COMMONPLACE_PROGRAM;
        options.traffic = std::make_shared<net::Traffic>();
        options.wireModels = [this, traffic = options.traffic](const ModelsWanted& wanted) {
            {
                const std::lock_guard lock(m_mutex);
                m_wired = wanted.settings;
            }
            return wireForTest(wanted.settings, wanted.key(wanted.settings.model.baseUrl), traffic);
        };
        m_host = std::make_unique<Host>(std::move(options));
    }

    Host& host() { return *m_host; }
    std::filesystem::path path(const char* name) const { return m_folder / name; }

    /// Indexes the sample documents; what went wrong, empty when nothing did.
    QString index() {
        QString problem;
        std::jthread worker([&] {
            ingest::Gate gate;
            library::Library* library = m_host->waitForLibrary();
            if (!library) {
                problem = QStringLiteral("the library does not open");
                return;
            }
            const library::IndexRequest request{
                {sampleLibrary()}, store::Depth::TextAndVectors, ingest::Retry::No};
            const auto report = library->index(request, gate, {}, {});
            if (!report) problem = QString::fromStdString(report.error().message());
        });
        worker.join();
        return problem;
    }
    void answerFrom(const std::string& url, const std::string& small = {}) {
        config::Settings settings;
        settings.model.baseUrl = url;
        settings.model.small.baseUrl = small;
        write(settings);
    }
    void write(const config::Settings& settings) {
        (void)config::saveSettings(path("settings.json"), settings);
    }
    /// The settings that models were made by last.
    config::Settings wired() const {
        const std::lock_guard lock(m_mutex);
        return m_wired;
    }

  private:
    test::TempFolder m_folder;
    mutable std::mutex m_mutex;
    config::Settings m_wired;  // guarded by m_mutex
    std::unique_ptr<Host> m_host;
};

/// Asks and waits until the answer is there; what it was.
inline ChatMessage answered(ChatBridge& bridge, const AskRequest& request) {
    QSignalSpy finished(&bridge, &ChatBridge::answerFinished);
    bridge.ask(request);
    for (int i = 0; i < 20 && finished.isEmpty(); ++i) finished.wait(1000);
    return finished.isEmpty() ? ChatMessage() : finished.first().at(1).value<ChatMessage>();
}

/// The conversation as the store has it.
inline Chat opened(ChatBridge& bridge, qint64 conversation) {
    QSignalSpy spy(&bridge, &ChatBridge::chatOpened);
    bridge.open(conversation);
    while (spy.isEmpty() && spy.wait(10000)) {
    }
    return spy.isEmpty() ? Chat() : spy.last().at(0).value<Chat>();
}

inline QVector<ChatSummary> listed(ChatBridge& bridge, const QString& search = {}) {
    QSignalSpy spy(&bridge, &ChatBridge::listed);
    bridge.list(search);
    for (int i = 0; i < 10; ++i) {
        if (!spy.isEmpty() && spy.last().at(1).toString() == search) break;
        spy.wait(2000);
    }
    return spy.isEmpty() ? QVector<ChatSummary>() : spy.last().at(0).value<QVector<ChatSummary>>();
}

struct Titled {
    bool worked = false;
    int asked = 0;  ///< how often somebody was asked for leave
};
/// Makes the title that the bridge makes after an answer, here and now.
inline Titled titledNow(ChatWorld& world, qint64 conversation, const ChatMessage& answer) {
    Titled titled;
    std::jthread worker([&] {
        library::Library* library = world.host().waitForLibrary();
        const auto session = library->openSession();
        if (!session) return;
        const auto row = store::Conversations((*session)->library().database()).conversation(conversation);
        if (!row) return;
        const Asking asking{conversation, answer.parent,          answer.id,
                            {},           windowPath(row->model), std::make_shared<LiveAnswer>()};
        const AskingParts parts{world.host(), {}, [&](const Leaving&, std::stop_token) {
                                    ++titled.asked;
                                    return ConsentOutcome::Refused;
                                }};
        const auto done = titleConversation(asking, parts, **session, {});
        titled.worked = done && *done;
    });
    worker.join();
    return titled;
}

}  // namespace commonplace::ui

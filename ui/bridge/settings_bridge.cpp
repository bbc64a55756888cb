#include "ui/bridge/settings_bridge.h"

#include <QMetaObject>
#include <QUrl>
#include <algorithm>

#include "engine/base/clock.h"
#include "engine/config/settings.h"
#include "engine/llm/openai_model.h"
#include "engine/net/http.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr std::uint64_t kMiB = 1ull << 20;
/// A list of models is short; a person is waiting.
constexpr double kTestSeconds = 8;
constexpr qsizetype kMostModels = 500;

AppSettings fromEngine(const config::Settings& settings) {
    AppSettings app;
    app.baseUrl = QString::fromStdString(settings.model.baseUrl);
    app.model = QString::fromStdString(settings.model.model);
    app.contextWindow = settings.model.contextWindow;
    app.maxAnswerTokens = settings.model.maxAnswerTokens;
    for (const std::string& name : settings.index.ignoredNames)
        app.ignoredNames << QString::fromStdString(name);
    app.maxFileMiB = static_cast<int>(std::max<std::uint64_t>(1, settings.index.maxFileBytes / kMiB));
    app.workers = settings.index.workers;
    app.results = settings.search.defaultResults;
    return app;
}

/// What the window does not show keeps its value.
config::Settings applied(config::Settings settings, const AppSettings& app) {
    settings.model.baseUrl = app.baseUrl.trimmed().toStdString();
    settings.model.model = app.model.trimmed().toStdString();
    settings.model.contextWindow = app.contextWindow;
    settings.model.maxAnswerTokens = app.maxAnswerTokens;
    settings.index.ignoredNames.clear();
    for (const QString& name : app.ignoredNames)
        if (!name.trimmed().isEmpty()) settings.index.ignoredNames.push_back(name.trimmed().toStdString());
    // A limit below a whole MiB, written by hand, stays as long as nobody changes it.
    if (app.maxFileMiB != fromEngine(settings).maxFileMiB)
        settings.index.maxFileBytes = static_cast<std::uint64_t>(app.maxFileMiB) * kMiB;
    settings.index.workers = app.workers;
    settings.search.defaultResults = app.results;
    return settings;
}

/// Keys belong to a server, whatever path its address ends with.
QString accountOf(const QString& baseUrl) {
    const QUrl url(baseUrl.trimmed());
    return url.scheme().toLower() + QStringLiteral("://") + url.host().toLower() + QLatin1Char(':') +
           QString::number(url.port(url.scheme() == QLatin1String("http") ? 80 : 443));
}

EndpointReport test(const llm::Endpoint& endpoint, const std::stop_token& stop) {
    EndpointReport report;
    report.baseUrl = QString::fromStdString(endpoint.baseUrl);
    const base::Stopwatch clock;
    const auto models = llm::listModels(endpoint, stop);
    report.tookMs = clock.seconds() * 1000;
    if (!models) {
        report.error = QString::fromStdString(models.error().message());
        return report;
    }
    for (const std::string& id : *models)
        if (report.models.size() < kMostModels) report.models << QString::fromStdString(id);
    const QString wanted = QString::fromStdString(endpoint.model);
    if (report.models.isEmpty())
        report.error = SettingsBridge::tr("The endpoint answers, but it offers no model; load one there.");
    else if (!wanted.isEmpty() && !report.models.contains(wanted))
        report.warning = SettingsBridge::tr("The endpoint does not list the model “%1”.").arg(wanted);
    return report;
}

}  // namespace

Destination destinationOf(const QString& baseUrl) {
    if (baseUrl.trimmed().isEmpty()) return Destination::Nowhere;
    return net::isLoopbackUrl(baseUrl.trimmed().toStdString()) ? Destination::ThisComputer
                                                               : Destination::Remote;
}

QString hostOf(const QString& baseUrl) {
    const QUrl url(baseUrl.trimmed());
    return url.port() < 0 ? url.host() : url.host() + QLatin1Char(':') + QString::number(url.port());
}

QString problemOf(const QString& baseUrl) {
    if (baseUrl.trimmed().isEmpty()) return {};
    const auto checked = llm::openOpenAiModel({.baseUrl = baseUrl.trimmed().toStdString()});
    return checked ? QString() : QString::fromStdString(checked.error().message());
}

SettingsBridge::SettingsBridge(Host& host, std::unique_ptr<Keyring> keyring, QObject* parent)
    : QObject(parent),
      m_host(host),
      m_keyring(std::move(keyring)),
      m_files(
          host,
          [this](const QString& reason) {
              emit failed(reason.isEmpty() ? tr("The library is not open.") : reason);
          },
          Lane::AtEnd::Finish),
      m_network(host, [this](const QString& reason) {
          EndpointReport report;
          report.error = reason.isEmpty() ? tr("The library is not open.") : reason;
          emit tested(report);
      }) {}

SettingsBridge::~SettingsBridge() = default;

QString SettingsBridge::libraryFolder() const {
    return shownPath(m_host.folder().native());
}

void SettingsBridge::load() {
    m_files.post([this](library::Library&, const std::stop_token&) {
        const auto settings = config::loadSettings(m_host.settingsFile());
        if (settings)
            emit loaded(fromEngine(*settings));
        else
            emit failed(QString::fromStdString(settings.error().message()));
    });
}

void SettingsBridge::save(const AppSettings& settings) {
    m_files.post([this, settings](library::Library&, const std::stop_token&) {
        const auto before = config::loadSettings(m_host.settingsFile());
        const auto done = before ? config::saveSettings(m_host.settingsFile(), applied(*before, settings))
                                 : Result<void>(before.error());
        if (done)
            emit saved(settings);
        else
            emit failed(QString::fromStdString(done.error().message()));
    });
}

void SettingsBridge::testEndpoint(const QString& baseUrl, const QString& model, const QString& key) {
    cancelTest();
    llm::Endpoint endpoint;
    endpoint.baseUrl = baseUrl.trimmed().toStdString();
    endpoint.model = model.trimmed().toStdString();
    endpoint.key = key.toStdString();
    endpoint.timeouts.firstByteSeconds = kTestSeconds;
    endpoint.timeouts.silenceSeconds = kTestSeconds;
    m_network.post([this, endpoint, number = m_newestTest](library::Library&, const std::stop_token& stop) {
        const EndpointReport report = test(endpoint, stop);
        const auto deliver = [this, number, report] {
            if (number == m_newestTest) emit tested(report);
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    });
}

void SettingsBridge::cancelTest() {
    ++m_newestTest;
    m_network.cancel();
}

QString SettingsBridge::keyFor(const QString& baseUrl) const {
    return m_keys.value(accountOf(baseUrl));
}

void SettingsBridge::loadKey(const QString& baseUrl) {
    const QString account = accountOf(baseUrl);
    if (baseUrl.trimmed().isEmpty()) return;
    m_keyring->read(account, [this, baseUrl, account](const Keyring::Answer& answer) {
        if (answer.state == Keyring::State::Done && !answer.secret.isEmpty()) {
            m_keys[account] = answer.secret;
            emit keyChanged(baseUrl, KeyPlace::Keyring, {});
            return;
        }
        const KeyPlace place = m_keys.contains(account) ? KeyPlace::ThisSession : KeyPlace::None;
        emit keyChanged(baseUrl, place, answer.reason);
    });
}

void SettingsBridge::setKey(const QString& baseUrl, const QString& key) {
    const QString account = accountOf(baseUrl);
    const QString secret = key.trimmed();
    if (secret.isEmpty())
        m_keys.remove(account);
    else
        m_keys[account] = secret;
    m_keyring->write(account, secret, [this, baseUrl, secret](const Keyring::Answer& answer) {
        if (secret.isEmpty())
            emit keyChanged(baseUrl, KeyPlace::None, answer.reason);
        else if (answer.state == Keyring::State::Done)
            emit keyChanged(baseUrl, KeyPlace::Keyring, {});
        else
            emit keyChanged(baseUrl, KeyPlace::ThisSession, answer.reason);
    });
}

}  // namespace commonplace::ui

#include "ui/bridge/settings_bridge.h"

#include <QMetaObject>
#include <QUrl>
#include <utility>

#include "engine/base/clock.h"
#include "engine/config/settings.h"
#include "engine/llm/model_trial.h"
#include "engine/llm/served_model.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

/// A list of models is short; a person is waiting.
constexpr double kTestSeconds = 8;
constexpr qsizetype kMostModels = 500;

/// As versions before this one filed it: another name for hosts that are numbers of IPv6, and for names that
/// are not written in ASCII.
QString earlierAccountOf(const QString& baseUrl) {
    const QUrl url(baseUrl.trimmed());
    return url.scheme() + QStringLiteral("://") + url.host().toLower() + QLatin1Char(':') +
           QString::number(url.port(url.scheme() == QLatin1String("http") ? 80 : 443));
}

bool isKey(const Keyring::Answer& answer) {
    return answer.state == Keyring::State::Done && !answer.secret.isEmpty();
}

void addTrial(EndpointReport& report, const Result<llm::ModelTrial>& trial) {
    if (!trial || trial->reply.error) {
        const std::string reason = trial ? *trial->reply.error : trial.error().message();
        report.warning =
            SettingsBridge::tr("It did not answer a question: %1").arg(QString::fromStdString(reason));
        return;
    }
    report.firstTokenMs = trial->reply.firstTokenMs;
    report.tokensPerSecond = trial->tokensPerSecond().value_or(0);
    report.context = static_cast<qint64>(trial->context.value_or(0));
}

EndpointReport testServed(llm::Endpoint endpoint, const std::stop_token& stop) {
    EndpointReport report;
    report.baseUrl = QString::fromStdString(endpoint.baseUrl);
    llm::Endpoint listed = endpoint;
    listed.timeouts.firstByteSeconds = listed.timeouts.silenceSeconds = kTestSeconds;
    const base::Stopwatch clock;
    const auto models = llm::listModels(listed, stop);
    report.tookMs = clock.milliseconds();
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
    else
        addTrial(report, llm::tryEndpoint(endpoint, stop));
    return report;
}

EndpointReport testFile(const llm::LocalModelSetup& setup, const std::stop_token& stop) {
    EndpointReport report;
    const base::Stopwatch clock;
    const auto trial = llm::tryFile(setup, stop);
    report.tookMs = clock.milliseconds();
    if (trial)
        addTrial(report, trial);
    else
        report.error = QString::fromStdString(trial.error().message());
    return report;
}

}  // namespace

QString problemOf(const QString& baseUrl) {
    if (baseUrl.trimmed().isEmpty()) return {};
    const auto checked = llm::openModel({.baseUrl = baseUrl.trimmed().toStdString()});
    if (!checked) return QString::fromStdString(checked.error().message());
    // libcurl takes a bare word for a host; a person who typed one meant something else.
    if (!baseUrl.contains(QLatin1String("://")) || hostOf(baseUrl).isEmpty())
        return SettingsBridge::tr(
                   "“%1” is no address; it begins with http:// or https://, as in http://127.0.0.1:8080/v1")
            .arg(baseUrl.trimmed());
    return {};
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
        if (!settings) {
            emit failed(QString::fromStdString(settings.error().message()));
            return;
        }
        const auto deliver = [this, app = fromEngine(*settings)] {
            m_known = app;
            emit loaded(app);
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    });
}

void SettingsBridge::save(const AppSettings& settings) {
    const AppSettings before = std::exchange(m_known, settings);
    // What could not be written is a change that is still to be written.
    const auto otherwise = [this, before] {
        QMetaObject::invokeMethod(
            this, [this, before] { m_known = before; }, Qt::QueuedConnection);
    };
    change([before, settings](const config::Settings& now) { return withChanges(now, before, settings); },
           [this, settings] { emit saved(settings); }, otherwise);
}

void SettingsBridge::saveOffline(Offline offline) {
    change(
        [offline](config::Settings settings) {
            settings.network.offline = offline == Offline::Yes;
            return settings;
        },
        [] {});
}

void SettingsBridge::change(std::function<config::Settings(config::Settings)> work,
                            std::function<void()> then, std::function<void()> otherwise) {
    m_files.post([this, work = std::move(work), then = std::move(then), otherwise = std::move(otherwise)](
                     library::Library&, const std::stop_token&) {
        const auto done = config::changeSettings(m_host.settingsFile(), work);
        if (done) return then();
        if (otherwise) otherwise();
        emit failed(QString::fromStdString(done.error().message()));
    });
}

void SettingsBridge::testModel(const ModelSpot& spot, const QString& key) {
    if (spot.isLocalFile()) {
        llm::LocalModelSetup setup;
        setup.file = nativePath(spot.model);
        setup.window = static_cast<std::size_t>(spot.contextWindow);
        setup.probe = m_host.modelProbe();
        return runTest([setup](const std::stop_token& stop) { return testFile(setup, stop); });
    }
    llm::Endpoint endpoint;
    endpoint.baseUrl = spot.baseUrl.trimmed().toStdString();
    endpoint.model = spot.model.trimmed().toStdString();
    endpoint.key = key.toStdString();
    endpoint.reach = m_host.permit();
    endpoint.window = static_cast<std::size_t>(spot.contextWindow);
    endpoint.api = llm::parseApi(spot.api.toStdString()).value_or(llm::Api::OpenAi);
    endpoint.retry.times = 0;
    runTest([endpoint](const std::stop_token& stop) { return testServed(endpoint, stop); });
}

void SettingsBridge::runTest(std::function<EndpointReport(const std::stop_token&)> work) {
    cancelTest();
    m_network.post([this, work = std::move(work), number = m_newestTest](library::Library&,
                                                                         const std::stop_token& stop) {
        const auto deliver = [this, number, report = work(stop)] {
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
    if (account.isEmpty()) return;
    m_keyring->read(account, [this, baseUrl, account](const Keyring::Answer& answer) {
        if (isKey(answer)) return keyFound(baseUrl, answer.secret);
        const QString earlier = earlierAccountOf(baseUrl);
        if (answer.state == Keyring::State::Unavailable || earlier == account)
            return keyMissing(baseUrl, answer.reason);
        moveKey(earlier, baseUrl);
    });
}

void SettingsBridge::moveKey(const QString& earlier, const QString& baseUrl) {
    m_keyring->read(earlier, [this, earlier, baseUrl](const Keyring::Answer& answer) {
        if (!isKey(answer)) return keyMissing(baseUrl, answer.reason);
        keyFound(baseUrl, answer.secret);
        const auto forget = [this, earlier](const Keyring::Answer& written) {
            if (written.state == Keyring::State::Done) m_keyring->write(earlier, {}, [](const auto&) {});
        };
        m_keyring->write(accountOf(baseUrl), answer.secret, forget);
    });
}

void SettingsBridge::keyFound(const QString& baseUrl, const QString& secret) {
    m_keys[accountOf(baseUrl)] = secret;
    emit keyChanged(baseUrl, KeyPlace::Keyring, {});
}

void SettingsBridge::keyMissing(const QString& baseUrl, const QString& reason) {
    const KeyPlace place = m_keys.contains(accountOf(baseUrl)) ? KeyPlace::ThisSession : KeyPlace::None;
    emit keyChanged(baseUrl, place, reason);
}

void SettingsBridge::setKey(const QString& baseUrl, const QString& key) {
    const QString account = accountOf(baseUrl);
    if (account.isEmpty()) return;
    const QString secret = key.trimmed();
    if (const QString earlier = earlierAccountOf(baseUrl); earlier != account)
        m_keyring->write(earlier, {}, [](const auto&) {});
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

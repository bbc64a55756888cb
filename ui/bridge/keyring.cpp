#include "ui/bridge/keyring.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QTimer>
#include <utility>

namespace commonplace::ui {
namespace {

/// A person may have to unlock the keyring; a service that is not there must not be waited for without end.
constexpr int kPatienceMs = 60'000;

QString serviceName() {
    return QStringLiteral("commonplace");
}

Keyring::Answer answerOf(const QKeychain::Job& job) {
    Keyring::Answer answer;
    if (job.error() == QKeychain::NoError) return answer;
    if (job.error() == QKeychain::EntryNotFound) {
        answer.state = Keyring::State::NotFound;
        return answer;
    }
    answer.state = Keyring::State::Unavailable;
    answer.reason = job.errorString().simplified();
    return answer;
}

class SystemKeyring final : public Keyring {
  public:
    void read(const QString& account, OnAnswer onAnswer) override {
        start(new QKeychain::ReadPasswordJob(serviceName()), account, std::move(onAnswer));
    }

    void write(const QString& account, const QString& secret, OnAnswer onAnswer) override {
        if (secret.isEmpty()) {
            start(new QKeychain::DeletePasswordJob(serviceName()), account, std::move(onAnswer));
            return;
        }
        auto* job = new QKeychain::WritePasswordJob(serviceName());
        job->setTextData(secret);
        start(job, account, std::move(onAnswer));
    }

  private:
    /// The context ends with this object or with the first answer: a late one finds nobody.
    void start(QKeychain::Job* job, const QString& account, OnAnswer onAnswer) {
        auto* context = new QObject(&m_owner);
        job->setKey(account);
        job->setInsecureFallback(false);  // never as plain text on the disk
        QObject::connect(job, &QKeychain::Job::finished, context, [context, onAnswer](QKeychain::Job* done) {
            Answer answer = answerOf(*done);
            if (const auto* reading = qobject_cast<QKeychain::ReadPasswordJob*>(done))
                answer.secret = reading->textData();
            context->deleteLater();
            onAnswer(answer);
        });
        QTimer::singleShot(kPatienceMs, context, [context, onAnswer] {
            context->deleteLater();
            onAnswer({State::Unavailable, {}, QCoreApplication::translate("Keyring", "it does not answer")});
        });
        job->start();
    }

    QObject m_owner;
};

}  // namespace

std::unique_ptr<Keyring> systemKeyring() {
    return std::make_unique<SystemKeyring>();
}

}  // namespace commonplace::ui

#include "ui/settings/embedding_consent.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/bridge/destination.h"
#include "ui/bridge/paths.h"
#include "ui/settings/fields.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMostFolders = 3;

QString namesOf(const QStringList& folders) {
    QStringList names;
    for (const QString& folder : folders.mid(0, kMostFolders)) names << fileName(folder);
    if (folders.size() > kMostFolders) names << QStringLiteral("…");
    return names.join(EmbeddingConsent::tr(", "));
}

}  // namespace

EmbeddingConsent::EmbeddingConsent(QWidget* parent)
    : QWidget(parent),
      m_allow(new QCheckBox(this)),
      m_words(noteLabel(QStringLiteral("settingsMeaningConsentText"), this)),
      m_obstacle(noteLabel(QStringLiteral("settingsMeaningObstacle"), this)) {
    m_allow->setObjectName(QStringLiteral("settingsMeaningConsent"));
    m_allow->setAccessibleName(tr("Send the text of all documents to the server"));
    m_words->setBuddy(m_allow);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_allow, 0, Qt::AlignTop);
    row->addWidget(m_words, 1);
    QVBoxLayout* column = tightColumn(this);
    column->addLayout(row);
    column->addWidget(m_obstacle);
    hide();
}

void EmbeddingConsent::askFor(const QString& server) {
    if (server != m_server) m_allow->setChecked(false);
    m_server = server;
    showWords();
}

void EmbeddingConsent::setLocalOnly(const QStringList& folders) {
    m_localOnly = folders;
    showWords();
}

void EmbeddingConsent::setOffline(Offline offline) {
    m_offline = offline;
    showWords();
}

SendDocuments EmbeddingConsent::given() const {
    return !m_server.isEmpty() && m_allow->isChecked() ? SendDocuments::Yes : SendDocuments::No;
}

QString EmbeddingConsent::obstacle() const {
    if (m_server.isEmpty()) return {};
    if (m_offline == Offline::Yes)
        return tr("The program is offline: nothing goes to %1. Go online, or choose a model on this "
                  "computer.")
            .arg(hostOf(m_server));
    if (!m_localOnly.isEmpty())
        return tr("Some folders are for this computer only (%1), and %2 would read all documents. Choose a "
                  "model on this computer, or take them off that list under Privacy.")
            .arg(namesOf(m_localOnly), hostOf(m_server));
    return {};
}

void EmbeddingConsent::insist() {
    m_allow->setFocus();
}

void EmbeddingConsent::showWords() {
    setVisible(!m_server.isEmpty());
    if (m_server.isEmpty()) return;
    const QString host = hostOf(m_server);
    const QString why = obstacle();
    m_allow->setAccessibleName(tr("Send the text of all documents to %1").arg(host));
    say(*m_words,
        tr("Send the text of all documents of this library, those that come later too, and every search to "
           "%1. Nothing is sent before you allow it here.")
            .arg(host),
        "warning");
    m_allow->setVisible(why.isEmpty());
    m_words->setVisible(why.isEmpty());
    say(*m_obstacle, why, "warning");
}

}  // namespace commonplace::ui

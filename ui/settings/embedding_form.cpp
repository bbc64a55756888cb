#include "ui/settings/embedding_form.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/bridge/destination.h"
#include "ui/bridge/paths.h"
#include "ui/settings/endpoint_form.h"
#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

const QString kBuiltin = QStringLiteral("builtin");
constexpr int kMostFolders = 3;

QString namesOf(const QStringList& folders) {
    QStringList names;
    for (const QString& folder : folders.mid(0, kMostFolders)) names << fileName(folder);
    if (folders.size() > kMostFolders) names << QStringLiteral("…");
    return names.join(EmbeddingForm::tr(", "));
}

}  // namespace

EmbeddingForm::EmbeddingForm(SettingsBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge) {
    QVBoxLayout* column = tightColumn(this);
    column->setSpacing(kGrid);
    makeHere();
    makeServer();
    makeConsent();
    m_use = quietButton(tr("Use it"), this);
    m_use->setObjectName(QStringLiteral("settingsMeaningUse"));
    m_problem = noteLabel(QStringLiteral("settingsMeaningProblem"), this);
    m_problem->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(m_use);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(m_problem);
    QLabel* hint = noteLabel(QStringLiteral("settingsMeaningHint"), this);
    hint->setText(
        tr("The vectors of the new model are made beside the old ones; searching goes on meanwhile."));
    column->addWidget(hint);
    connect(m_use, &QPushButton::clicked, this, &EmbeddingForm::choose);
    setFiles({});
    onEdited();
}

void EmbeddingForm::makeHere() {
    m_here = new QRadioButton(this);
    m_here->setObjectName(QStringLiteral("settingsMeaningHere"));
    m_here->setChecked(true);
    m_model = new QComboBox(this);
    m_model->setObjectName(QStringLiteral("settingsMeaningModel"));
    m_model->setEditable(true);
    m_model->setInsertPolicy(QComboBox::NoInsert);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setAccessibleName(tr("Built-in model or file"));
    m_model->lineEdit()->setAccessibleName(m_model->accessibleName());
    m_model->setToolTip(tr("builtin, or a GGUF file of an embedding model"));
    layout()->addWidget(withText(m_here, tr("A model in this program: builtin, or a GGUF file"), this));
    layout()->addWidget(m_model);
    connect(m_model, &QComboBox::currentTextChanged, this, &EmbeddingForm::onEdited);
    connect(m_here, &QRadioButton::toggled, this, &EmbeddingForm::onEdited);
}

void EmbeddingForm::makeServer() {
    m_served = new QRadioButton(this);
    m_served->setObjectName(QStringLiteral("settingsMeaningServer"));
    m_endpoint = new EndpointForm(m_bridge, EndpointForm::For::Vectors, this);
    layout()->addWidget(withText(m_served, tr("A model of a server, here or elsewhere"), this));
    layout()->addWidget(m_endpoint);
    auto* group = new QButtonGroup(this);  // each has its words in a place of its own
    group->addButton(m_here);
    group->addButton(m_served);
    connect(m_endpoint, &EndpointForm::edited, this, &EmbeddingForm::onEdited);
    connect(m_endpoint, &EndpointForm::addressChanged, this, &EmbeddingForm::onEdited);
}

void EmbeddingForm::makeConsent() {
    m_consent = new QWidget(this);
    m_allow = new QCheckBox(m_consent);
    m_allow->setObjectName(QStringLiteral("settingsMeaningConsent"));
    m_allow->setAccessibleName(tr("Send the text of all documents to the server"));
    m_consentText = noteLabel(QStringLiteral("settingsMeaningConsentText"), m_consent);
    m_obstacle = noteLabel(QStringLiteral("settingsMeaningObstacle"), m_consent);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_allow, 0, Qt::AlignTop);
    row->addWidget(m_consentText, 1);
    QVBoxLayout* column = tightColumn(m_consent);
    column->addLayout(row);
    column->addWidget(m_obstacle);
    layout()->addWidget(m_consent);
    m_consentText->setBuddy(m_allow);
}

EmbeddingChoice EmbeddingForm::choice() const {
    EmbeddingChoice chosen;
    if (m_here->isChecked())
        chosen.model = m_model->currentText().trimmed();
    else
        chosen.model =
            QStringLiteral("%1:%2#%3").arg(m_endpoint->api(), m_endpoint->address(), m_endpoint->model());
    const QString server = farServer();
    const bool isAllowed = !server.isEmpty() && server == m_asked && m_allow->isChecked();
    chosen.sendDocuments = isAllowed ? SendDocuments::Yes : SendDocuments::No;
    return chosen;
}

QString EmbeddingForm::farServer() const {
    const QString address =
        m_here->isChecked() ? addressOf({m_model->currentText(), SendDocuments::No}) : m_endpoint->address();
    const bool isFar = destinationOf(address) == Destination::Remote && problemOf(address).isEmpty();
    return isFar ? serverOf(address) : QString();
}

QString EmbeddingForm::obstacle(const QString& server) const {
    if (m_offline == Offline::Yes)
        return tr("The program is offline: nothing goes to %1. Go online, or choose a model on this "
                  "computer.")
            .arg(hostOf(server));
    if (!m_localOnly.isEmpty())
        return tr("Some folders are for this computer only (%1), and %2 would read all documents. Choose a "
                  "model on this computer, or take them off that list under Privacy.")
            .arg(namesOf(m_localOnly), hostOf(server));
    return {};
}

void EmbeddingForm::onEdited() {
    const bool isServed = m_served && m_served->isChecked();
    m_model->setEnabled(!isServed);
    if (!m_consent) return;  // not built yet
    m_endpoint->setVisible(isServed);
    const bool isFar = destinationOf(m_endpoint->address()) == Destination::Remote;
    m_endpoint->setExpected(isFar ? Destination::Remote : Destination::ThisComputer);
    showConsent();
}

/// What was allowed for one server is not allowed for another.
void EmbeddingForm::showConsent() {
    const QString server = farServer();
    if (server != m_asked) m_allow->setChecked(false);
    m_asked = server;
    m_consent->setVisible(!server.isEmpty());
    if (server.isEmpty()) return;
    const QString host = hostOf(server);
    const QString why = obstacle(server);
    m_allow->setAccessibleName(tr("Send the text of all documents to %1").arg(host));
    say(*m_consentText,
        tr("Send the text of all documents of this library, those that come later too, and every search to "
           "%1. Nothing is sent before you allow it here.")
            .arg(host),
        "warning");
    m_allow->setVisible(why.isEmpty());
    m_consentText->setVisible(why.isEmpty());
    say(*m_obstacle, why, "warning");
}

void EmbeddingForm::choose() {
    m_endpoint->settleKey();
    const QString server = farServer();
    const EmbeddingChoice wanted = choice();
    if (m_served->isChecked() && !m_endpoint->isUsable())
        return setTried(tr("Name the server's address and its model first."));
    if (!server.isEmpty() && !obstacle(server).isEmpty()) return setTried(tr("Nothing was sent."));
    if (!server.isEmpty() && wanted.sendDocuments == SendDocuments::No) {
        m_allow->setFocus();
        return setTried(tr("Nothing was sent: %1 may not receive your documents yet.").arg(hostOf(server)));
    }
    setTrying();
    emit chosen(wanted);
}

void EmbeddingForm::setTrying() {
    m_use->setEnabled(false);
    say(*m_problem, tr("Trying it…"), "muted");
}

void EmbeddingForm::setTried(const QString& problem) {
    m_use->setEnabled(true);
    say(*m_problem, problem, "bad");
}

void EmbeddingForm::setValues(const AppSettings& settings) {
    m_localOnly = settings.localOnly;
    showConsent();
}

void EmbeddingForm::setOffline(Offline offline) {
    m_offline = offline;
    showConsent();
}

void EmbeddingForm::setFiles(const QVector<LocalModel>& files) {
    const QString text = m_model->currentText();
    m_model->clear();
    m_model->addItem(kBuiltin);
    for (const LocalModel& file : files)
        if (file.kind == LocalModel::Kind::Embedding) m_model->addItem(file.path);
    m_model->setEditText(text.isEmpty() ? kBuiltin : text);
}

}  // namespace commonplace::ui

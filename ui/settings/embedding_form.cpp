#include "ui/settings/embedding_form.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/bridge/destination.h"
#include "ui/settings/embedding_consent.h"
#include "ui/settings/endpoint_form.h"
#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

const QString kBuiltin = QStringLiteral("builtin");

}  // namespace

EmbeddingForm::EmbeddingForm(SettingsBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge) {
    QVBoxLayout* column = tightColumn(this);
    column->setSpacing(kGrid);
    makeHere();
    makeServer();
    m_consent = new EmbeddingConsent(this);
    column->addWidget(m_consent);
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

EmbeddingChoice EmbeddingForm::choice() const {
    if (m_here->isChecked()) return {m_model->currentText().trimmed(), m_consent->given()};
    return {QStringLiteral("%1:%2#%3").arg(m_endpoint->api(), m_endpoint->address(), m_endpoint->model()),
            m_consent->given()};
}

QString EmbeddingForm::farServer() const {
    const bool isTyped = m_here->isChecked();
    const QString address = isTyped ? addressOf(choice()) : m_endpoint->address();
    const Destination destination =
        isTyped ? destinationOf(choice()) : destinationOf(address, m_endpoint->model());
    const bool isFar = destination == Destination::Remote && problemOf(address).isEmpty();
    return isFar ? serverOf(address) : QString();
}

void EmbeddingForm::onEdited() {
    const bool isServed = m_served && m_served->isChecked();
    m_model->setEnabled(!isServed);
    if (!m_consent) return;  // not made yet
    m_endpoint->setVisible(isServed);
    const bool isFar = destinationOf(m_endpoint->address()) == Destination::Remote;  // whatever it hands on
    m_endpoint->setExpected(isFar ? Destination::Remote : Destination::ThisComputer);
    m_consent->askFor(farServer());
}

void EmbeddingForm::choose() {
    m_endpoint->settleKey();
    const QString server = farServer();
    m_consent->askFor(server);
    const EmbeddingChoice wanted = choice();
    if (m_served->isChecked() && !m_endpoint->isUsable())
        return setTried(tr("Name the server's address and its model first."));
    if (!m_consent->obstacle().isEmpty()) return setTried(tr("Nothing was sent."));
    if (!server.isEmpty() && wanted.sendDocuments == SendDocuments::No) {
        m_consent->insist();
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
    m_consent->setLocalOnly(settings.localOnly);
}

void EmbeddingForm::setOffline(Offline offline) {
    m_consent->setOffline(offline);
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

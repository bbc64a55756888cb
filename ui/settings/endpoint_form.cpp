#include "ui/settings/endpoint_form.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/settings/fields.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

EndpointForm::EndpointForm(SettingsBridge& bridge, For use, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_for(use) {
    QVBoxLayout* column = tightColumn(this);
    makeAddress(column);
    column->addSpacing(kGrid);
    makeModel(column);
    column->addSpacing(kGrid);
    makeKey(column);
    connect(m_address, &QLineEdit::editingFinished, this, &EndpointForm::onAddress);
    connect(m_address, &QLineEdit::textEdited, this, &EndpointForm::addressChanged);
    connect(m_key, &QLineEdit::editingFinished, this, &EndpointForm::onKey);
    connect(m_model, &QComboBox::currentTextChanged, this, &EndpointForm::edited);
    connect(m_api, &QComboBox::currentIndexChanged, this, &EndpointForm::edited);
    connect(&m_bridge, &SettingsBridge::keyChanged, this, &EndpointForm::showKey);
}

QString EndpointForm::fieldName(const char* name) const {
    const QString prefix =
        m_for == For::Answers ? QStringLiteral("settings") : QStringLiteral("settingsMeaning");
    return prefix + QLatin1String(name);
}

void EndpointForm::makeAddress(QVBoxLayout* column) {
    m_address = new QLineEdit(this);
    m_address->setObjectName(fieldName("BaseUrl"));
    m_address->setPlaceholderText(QStringLiteral("http://127.0.0.1:8080/v1"));
    m_address->setClearButtonEnabled(true);
    m_problem = noteLabel(fieldName("BaseUrlProblem"), this);
    m_problem->hide();
    m_api = new QComboBox(this);
    m_api->setObjectName(fieldName("Api"));
    m_api->setAccessibleName(tr("Protocol"));
    m_api->setToolTip(tr("The protocol that the server speaks"));
    m_api->addItem(QStringLiteral("OpenAI"), QStringLiteral("openai"));
    m_api->addItem(QStringLiteral("Ollama"), QStringLiteral("ollama"));
    if (m_for == For::Answers) m_api->addItem(QStringLiteral("Anthropic"), QStringLiteral("anthropic"));
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_address, 1);
    row->addWidget(m_api);
    column->addWidget(nameLabel(tr("Address and protocol"), m_address, this));
    column->addLayout(row);
    column->addWidget(m_problem);
}

void EndpointForm::makeKey(QVBoxLayout* column) {
    m_key = new QLineEdit(this);
    m_key->setObjectName(fieldName("Key"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(noKeyText());
    m_keyState = noteLabel(fieldName("KeyState"), this);
    column->addWidget(nameLabel(tr("Key"), m_key, this));
    column->addWidget(m_key);
    column->addWidget(m_keyState);
}

void EndpointForm::makeModel(QVBoxLayout* column) {
    m_model = new QComboBox(this);
    m_model->setObjectName(fieldName(m_for == For::Answers ? "Model" : "ServerModel"));
    m_model->setEditable(true);
    m_model->setInsertPolicy(QComboBox::NoInsert);
    m_model->lineEdit()->setPlaceholderText(m_for == For::Answers ? tr("the endpoint's first")
                                                                  : tr("its name at the server"));
    m_model->lineEdit()->setAccessibleName(tr("Model"));
    column->addWidget(nameLabel(tr("Model"), m_model, this));
    column->addWidget(m_model);
}

void EndpointForm::setExpected(Destination destination) {
    m_expected = destination;
    m_address->setPlaceholderText(destination == Destination::Remote
                                      ? QStringLiteral("https://api.openai.com/v1")
                                      : QStringLiteral("http://127.0.0.1:8080/v1"));
    if (!m_hasKey) m_key->setPlaceholderText(noKeyText());
}

QString EndpointForm::noKeyText() const {
    return m_expected == Destination::Remote ? tr("the key that the service gave you")
                                             : tr("none needed for a model on this computer");
}

QString EndpointForm::address() const {
    return m_address->text().trimmed();
}
QString EndpointForm::api() const {
    return m_api->currentData().toString();
}
QString EndpointForm::model() const {
    return m_model->currentText().trimmed();
}
QString EndpointForm::key() const {
    const QString typed = m_key->text().trimmed();
    return typed.isEmpty() ? m_bridge.keyFor(address()) : typed;
}
bool EndpointForm::isUsable() const {
    const bool needsModel = m_for == For::Vectors;
    return !address().isEmpty() && problemOf(address()).isEmpty() && !(needsModel && model().isEmpty());
}

void EndpointForm::set(const QString& api, const QString& address, const QString& model) {
    const QSignalBlocker quiet(this);
    const bool isAnother = this->address() != address;
    if (isAnother) m_address->setText(address);
    if (m_model->currentText() != model) m_model->setEditText(model);
    m_api->setCurrentIndex(std::max(0, m_api->findData(api)));
    say(*m_problem, {}, "bad");
    if (isAnother && !address.isEmpty()) m_bridge.loadKey(address);
}

void EndpointForm::offerModels(const QStringList& models) {
    const QString chosen = m_model->currentText();
    const QSignalBlocker quiet(m_model);
    m_model->clear();
    m_model->addItems(models);
    m_model->setEditText(chosen);
}

void EndpointForm::onAddress() {
    const QString problem = problemOf(m_address->text());
    say(*m_problem, problem.isEmpty() ? problem : tr("Not saved: %1").arg(problem), "bad");
    if (!problem.isEmpty()) return;
    m_key->clear();
    if (!address().isEmpty()) m_bridge.loadKey(address());
    emit edited();
}

/// An empty field leaves the stored key alone; a single space deletes it, as the hint says.
void EndpointForm::onKey() {
    const bool hasAddress = !address().isEmpty() && problemOf(address()).isEmpty();
    if (!m_key->isModified() || m_key->text().isEmpty() || !hasAddress) return;
    m_bridge.setKey(address(), m_key->text());
    m_key->clear();
}

void EndpointForm::showKey(const QString& baseUrl, KeyPlace place, const QString& reason) {
    if (hostOf(baseUrl) != hostOf(address())) return;
    const QString stored = tr("stored; type a new one to replace it, a space to delete it");
    m_hasKey = place != KeyPlace::None;
    m_key->setPlaceholderText(m_hasKey ? stored : noKeyText());
    if (place == KeyPlace::Keyring)
        say(*m_keyState, tr("The key is in the system's keyring."), "good");
    else if (place == KeyPlace::ThisSession)
        say(*m_keyState,
            tr("There is no keyring to keep the key in (%1). It is used until the program ends and never "
               "written to "
               "the disk.")
                .arg(reason.isEmpty() ? tr("no reason was given") : reason),
            "warning");
    else
        say(*m_keyState, tr("No key is stored for this address."), "muted");
}

}  // namespace commonplace::ui

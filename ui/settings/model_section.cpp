#include "ui/settings/model_section.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kLeastWindow = 512;
constexpr int kMostWindow = 100'000'000;
constexpr int kMostTokens = 1'000'000;

QSpinBox* tokenBox(int least, int most, int step, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setButtonSymbols(QSpinBox::NoButtons);
    box->setSuffix(QStringLiteral(" ") + ModelSection::tr("tokens"));
    return box;
}

}  // namespace

QString destinationText(const QString& baseUrl) {
    switch (destinationOf(baseUrl)) {
        case Destination::Nowhere:
            return ModelSection::tr(
                "No model: answers are quotations from your documents, found and put together on "
                "this computer. Nothing leaves it.");
        case Destination::ThisComputer:
            return ModelSection::tr("This address is on this computer. Nothing leaves it.");
        case Destination::Remote:
            return ModelSection::tr(
                       "With every question, these are sent to %1: your question, the conversation so "
                       "far, and the passages that were found for it. Searching and reading stay on this "
                       "computer.")
                .arg(hostOf(baseUrl));
    }
    return {};
}

ModelSection::ModelSection(SettingsBridge& bridge, QWidget* parent)
    : Section(tr("Models"),
              tr("A language model can write answers from the passages that are found. Any server that "
                 "speaks the "
                 "OpenAI protocol will do, on this computer (llama.cpp, Ollama, LM Studio) or elsewhere."),
              parent),
      m_bridge(bridge) {
    addWide(makeAddress());
    addWide(makeKey());
    addWide(makeModel());
    addWide(makeNumbers());
    finish();
    connect(m_address, &QLineEdit::editingFinished, this, &ModelSection::onAddress);
    connect(m_address, &QLineEdit::textEdited, this, &ModelSection::showDestination);
    connect(m_key, &QLineEdit::editingFinished, this, &ModelSection::onKey);
    connect(m_test, &QPushButton::clicked, this, &ModelSection::test);
    connect(m_model, &QComboBox::currentTextChanged, this, &ModelSection::edited);
    connect(m_window, &QSpinBox::valueChanged, this, &ModelSection::edited);
    connect(m_tokens, &QSpinBox::valueChanged, this, &ModelSection::edited);
    connect(&m_bridge, &SettingsBridge::tested, this, &ModelSection::showReport);
    connect(&m_bridge, &SettingsBridge::keyChanged, this, &ModelSection::showKey);
    showDestination();
}

QWidget* ModelSection::makeAddress() {
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    QLabel* name = textLabel(tr("Address of the endpoint"), LabelTone::Ink, place);
    setTextFont(*name, TextSize::Body, TextWeight::Medium);
    m_address = new QLineEdit(place);
    m_address->setObjectName(QStringLiteral("settingsBaseUrl"));
    m_address->setAccessibleName(tr("Address of the endpoint"));
    m_address->setPlaceholderText(QStringLiteral("http://127.0.0.1:8080/v1"));
    m_address->setClearButtonEnabled(true);
    name->setBuddy(m_address);
    m_addressProblem = textLabel({}, LabelTone::Bad, place);
    m_addressProblem->setObjectName(QStringLiteral("settingsBaseUrlProblem"));
    m_addressProblem->hide();
    m_destination = textLabel({}, LabelTone::Muted, place);
    m_destination->setObjectName(QStringLiteral("settingsDestination"));
    for (QLabel* label : {m_addressProblem, m_destination}) setTextFont(*label, TextSize::Small);
    for (QWidget* widget : {static_cast<QWidget*>(name), static_cast<QWidget*>(m_address),
                            static_cast<QWidget*>(m_addressProblem), static_cast<QWidget*>(m_destination)})
        column->addWidget(widget);
    return place;
}

QWidget* ModelSection::makeKey() {
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    QLabel* name = textLabel(tr("Key"), LabelTone::Ink, place);
    setTextFont(*name, TextSize::Body, TextWeight::Medium);
    m_key = new QLineEdit(place);
    m_key->setObjectName(QStringLiteral("settingsKey"));
    m_key->setAccessibleName(tr("Key"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(tr("none needed for a model on this computer"));
    name->setBuddy(m_key);
    m_keyState = textLabel({}, LabelTone::Muted, place);
    m_keyState->setObjectName(QStringLiteral("settingsKeyState"));
    setTextFont(*m_keyState, TextSize::Small);
    column->addWidget(name);
    column->addWidget(m_key);
    column->addWidget(m_keyState);
    return place;
}

QWidget* ModelSection::makeModel() {
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    QLabel* name = textLabel(tr("Model"), LabelTone::Ink, place);
    setTextFont(*name, TextSize::Body, TextWeight::Medium);
    m_model = new QComboBox(place);
    m_model->setObjectName(QStringLiteral("settingsModel"));
    m_model->setAccessibleName(tr("Model"));
    m_model->setEditable(true);
    m_model->setInsertPolicy(QComboBox::NoInsert);
    m_model->lineEdit()->setPlaceholderText(tr("the endpoint's first"));
    m_model->lineEdit()->setAccessibleName(tr("Model"));
    name->setBuddy(m_model);
    m_test = quietButton(tr("Test"), place);
    m_test->setObjectName(QStringLiteral("settingsTest"));
    m_test->setToolTip(tr("Ask the endpoint for its models"));
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_model, 1);
    row->addWidget(m_test);
    m_report = textLabel({}, LabelTone::Muted, place);
    m_report->setObjectName(QStringLiteral("settingsReport"));
    setTextFont(*m_report, TextSize::Small);
    column->addWidget(name);
    column->addLayout(row);
    column->addWidget(m_report);
    return place;
}

QWidget* ModelSection::makeNumbers() {
    auto* place = new QWidget(this);
    auto* grid = new QGridLayout(place);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    m_window = tokenBox(kLeastWindow, kMostWindow, 1024, place);
    m_window->setObjectName(QStringLiteral("settingsContextWindow"));
    m_tokens = tokenBox(1, kMostTokens, 128, place);
    m_tokens->setObjectName(QStringLiteral("settingsAnswerTokens"));
    const auto add = [&](int column, const QString& label, QSpinBox* box, const QString& hint) {
        QLabel* name = textLabel(label, LabelTone::Ink, place);
        setTextFont(*name, TextSize::Body, TextWeight::Medium);
        name->setBuddy(box);
        box->setAccessibleName(label);
        QLabel* below = textLabel(hint, LabelTone::Muted, place);
        setTextFont(*below, TextSize::Small);
        grid->addWidget(name, 0, column);
        grid->addWidget(box, 1, column);
        grid->addWidget(below, 2, column, Qt::AlignTop);
        grid->setColumnStretch(column, 1);
    };
    add(0, tr("Context window"), m_window,
        tr("How much the model can read at once, as its server is started."));
    add(1, tr("Longest answer"), m_tokens, tr("An answer ends here at the latest."));
    return place;
}

void ModelSection::setValues(const AppSettings& settings) {
    const QSignalBlocker quiet(this);
    const bool isAnother = m_address->text().trimmed() != settings.baseUrl;
    if (isAnother) m_address->setText(settings.baseUrl);
    if (m_model->currentText() != settings.model) m_model->setEditText(settings.model);
    m_window->setValue(settings.contextWindow);
    m_tokens->setValue(settings.maxAnswerTokens);
    showDestination();
    if (isAnother) m_bridge.loadKey(settings.baseUrl);
}

AppSettings ModelSection::applied(AppSettings settings) const {
    if (problemOf(m_address->text()).isEmpty()) settings.baseUrl = m_address->text().trimmed();
    settings.model = m_model->currentText().trimmed();
    settings.contextWindow = m_window->value();
    settings.maxAnswerTokens = m_tokens->value();
    return settings;
}

void ModelSection::onAddress() {
    const QString problem = problemOf(m_address->text());
    m_addressProblem->setText(problem.isEmpty() ? problem : tr("Not saved: %1").arg(problem));
    m_addressProblem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty()) return;
    m_key->clear();
    m_bridge.loadKey(m_address->text());
    emit edited();
}

/// An empty field leaves the stored key alone; a single space deletes it, as the hint says.
void ModelSection::onKey() {
    if (!m_key->isModified() || m_key->text().isEmpty() || m_address->text().trimmed().isEmpty()) return;
    m_bridge.setKey(m_address->text(), m_key->text());
    m_key->clear();
}

void ModelSection::test() {
    const QString typed = m_key->text().trimmed();
    const QString key = typed.isEmpty() ? m_bridge.keyFor(m_address->text()) : typed;
    m_test->setEnabled(false);
    say(*m_report, tr("Asking %1…").arg(hostOf(m_address->text())), "muted");
    m_bridge.testEndpoint(m_address->text(), m_model->currentText(), key);
}

void ModelSection::showReport(const EndpointReport& report) {
    m_test->setEnabled(true);
    if (!report.error.isEmpty()) {
        say(*m_report, report.error, "bad");
        return;
    }
    const QString chosen = m_model->currentText();
    {
        const QSignalBlocker quiet(m_model);
        m_model->clear();
        m_model->addItems(report.models);
        m_model->setEditText(chosen);
    }
    const QString models =
        report.models.size() == 1 ? tr("1 model") : tr("%L1 models").arg(report.models.size());
    const QString good = tr("Works: %1, answered in %2 ms.").arg(models).arg(qRound(report.tookMs));
    say(*m_report, report.warning.isEmpty() ? good : good + QLatin1Char(' ') + report.warning,
        report.warning.isEmpty() ? "good" : "warning");
}

void ModelSection::showKey(const QString& baseUrl, KeyPlace place, const QString& reason) {
    if (hostOf(baseUrl) != hostOf(m_address->text())) return;
    const QString stored = tr("stored; type a new one to replace it, a space to delete it");
    m_key->setPlaceholderText(place == KeyPlace::None ? tr("none needed for a model on this computer")
                                                      : stored);
    if (place == KeyPlace::Keyring)
        say(*m_keyState, tr("The key is in the system's keyring."), "good");
    else if (place == KeyPlace::ThisSession)
        say(*m_keyState,
            tr("There is no keyring to keep the key in (%1). It is used until the program ends and never "
               "written "
               "to the disk.")
                .arg(reason.isEmpty() ? tr("no reason was given") : reason),
            "warning");
    else
        say(*m_keyState, tr("No key is stored for this address."), "muted");
}

void ModelSection::showDestination() {
    m_destination->setText(destinationText(m_address->text()));
    m_test->setEnabled(!m_address->text().trimmed().isEmpty());
    const bool remote = destinationOf(m_address->text()) == Destination::Remote;
    say(*m_destination, m_destination->text(), remote ? "warning" : "muted");
}

void ModelSection::say(QLabel& label, const QString& text, const char* tone) {
    label.setText(text);
    label.setProperty("tone", QString::fromLatin1(tone));
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

}  // namespace commonplace::ui

#include "ui/settings/model_section.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include "ui/bridge/consent_bridge.h"
#include "ui/bridge/paths.h"
#include "ui/settings/destination_text.h"
#include "ui/settings/endpoint_form.h"
#include "ui/settings/fields.h"
#include "ui/settings/server_offers.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kLeastWindow = 512;
constexpr int kMostWindow = 100'000'000;
constexpr int kMostTokens = 1'000'000;

AnswerBy answerBy(const ModelSpot& spot) {
    if (spot.isLocalFile()) return AnswerBy::File;
    switch (destinationOf(spot.baseUrl)) {
        case Destination::Nowhere:
            return AnswerBy::Nobody;
        case Destination::ThisComputer:
            return AnswerBy::Server;
        case Destination::Remote:
            break;
    }
    return AnswerBy::Service;
}

}  // namespace

ModelSection::ModelSection(SettingsBridge& bridge, ModelsBridge& models, ConsentBridge& consents,
                           QWidget* parent)
    : Section(tr("Models"),
              tr("A language model can write answers from the passages that are found. Every answer is "
                 "checked against your documents, whoever writes it."),
              parent),
      m_bridge(bridge),
      m_models(models),
      m_consents(consents),
      m_cards(new AnswerCards(this)),
      m_destination(noteLabel(QStringLiteral("settingsDestination"), this)),
      m_offers(new ServerOffers(models, this)),
      m_endpoint(new EndpointForm(bridge, EndpointForm::For::Answers, this)) {
    addWide(m_cards);
    addWide(m_destination);
    addWide(m_filePart = makeFile());
    addWide(m_offers);
    addWide(m_endpoint);
    addWide(m_testPart = makeTest());
    addWide(m_numbers = makeNumbers());
    finish();
    connect(m_cards, &AnswerCards::chosenChanged, this, &ModelSection::onChosen);
    connect(m_offers, &ServerOffers::chosen, this,
            [this](const QString& api, const QString& url, const QString& model) {
                m_endpoint->set(api, url, model);
                onEndpoint();
            });
    connect(m_endpoint, &EndpointForm::edited, this, &ModelSection::onEndpoint);
    connect(m_endpoint, &EndpointForm::addressChanged, this, [this] {
        forgetTest();
        showDestination();
    });
    connect(&m_consents, &ConsentBridge::changed, this, &ModelSection::showDestination);
    connect(m_file, &QComboBox::activated, this, [this] {
        m_wantedFile = m_file->currentData().toString();
        forgetTest();
        emit edited();
    });
    connect(m_test, &QPushButton::clicked, this, &ModelSection::test);
    connect(m_window, &QSpinBox::valueChanged, this, [this] {
        showWindow();
        emit edited();
    });
    connect(m_tokens, &QSpinBox::valueChanged, this, &ModelSection::edited);
    connect(&m_bridge, &SettingsBridge::tested, this, &ModelSection::showReport);
    connect(&m_models, &ModelsBridge::filesChanged, this, &ModelSection::showFiles);
    showFiles({});
    showParts();
}

QWidget* ModelSection::makeFile() {
    auto* place = new QWidget(this);
    m_file = new QComboBox(place);
    m_file->setObjectName(QStringLiteral("settingsModelFile"));
    m_fileNote = noteLabel(QStringLiteral("settingsModelFileNote"), place);
    QPushButton* manage = quietButton(tr("Model files…"), place);
    manage->setObjectName(QStringLiteral("settingsManageFiles"));
    connect(manage, &QPushButton::clicked, this, &ModelSection::filesWanted);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_file, 1);
    row->addWidget(manage);
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("Model file"), m_file, place));
    column->addLayout(row);
    column->addWidget(m_fileNote);
    return place;
}

QWidget* ModelSection::makeTest() {
    auto* place = new QWidget(this);
    m_test = quietButton(tr("Test"), place);
    m_test->setObjectName(QStringLiteral("settingsTest"));
    m_test->setToolTip(tr("Ask it something small, and measure how soon and how fast it answers"));
    m_report = noteLabel(QStringLiteral("settingsReport"), place);
    auto* row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid + kGrid / 2);
    row->addWidget(m_test, 0, Qt::AlignTop);
    row->addWidget(m_report, 1);
    row->addStretch();
    return place;
}

QWidget* ModelSection::makeNumbers() {
    auto* place = new QWidget(this);
    auto* grid = new QGridLayout(place);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    m_window = tokenBox(QStringLiteral("settingsContextWindow"), kLeastWindow, kMostWindow, 1024, place);
    m_tokens = tokenBox(QStringLiteral("settingsAnswerTokens"), 1, kMostTokens, 128, place);
    const auto add = [&](int column, const QString& label, QSpinBox* box) {
        QLabel* below = noteLabel(box->objectName() + QStringLiteral("Note"), place);
        grid->addWidget(nameLabel(label, box, place), 0, column);
        grid->addWidget(box, 1, column);
        grid->addWidget(below, 2, column, Qt::AlignTop);
        grid->setColumnStretch(column, 1);
        return below;
    };
    m_windowNote = add(0, tr("Context window"), m_window);
    add(1, tr("Longest answer"), m_tokens)->setText(tr("An answer ends here at the latest."));
    showWindow();
    return place;
}

void ModelSection::setValues(const AppSettings& settings) {
    const QSignalBlocker quiet(this);
    const ModelSpot spot = settings.spot();
    m_cards->setChosen(answerBy(spot));
    if (spot.isLocalFile())
        selectFile(spot.model);
    else
        m_endpoint->set(spot.api, spot.baseUrl, spot.model);
    m_window->setValue(settings.contextWindow);
    m_tokens->setValue(settings.maxAnswerTokens);
    forgetTest();
    showParts();
}

ModelSpot ModelSection::spot() const {
    if (m_cards->chosen() == AnswerBy::Nobody) return {{}, {}, {}, m_window->value()};
    if (m_cards->chosen() == AnswerBy::File)
        return {QStringLiteral("local"), {}, m_file->currentData().toString(), m_window->value()};
    return {m_endpoint->api(), m_endpoint->address(), m_endpoint->model(), m_window->value()};
}

AppSettings ModelSection::applied(AppSettings settings) const {
    settings.contextWindow = m_window->value();
    settings.maxAnswerTokens = m_tokens->value();
    const ModelSpot now = spot();
    const AnswerBy by = m_cards->chosen();
    const bool isServed = by == AnswerBy::Server || by == AnswerBy::Service;
    // A card whose model has not been named yet changes nothing: the answers stay as they were.
    if (by == AnswerBy::File && !now.isLocalFile()) return settings;
    if (isServed && !m_endpoint->isUsable() && !now.baseUrl.isEmpty()) return settings;
    if (isServed && now.baseUrl.isEmpty() && settings.spot().isLocalFile()) return settings;
    const bool isNone = !now.isSet();
    settings.api = isNone ? QStringLiteral("openai") : now.api;
    settings.baseUrl = now.baseUrl;
    settings.model = isNone && by == AnswerBy::Nobody ? QString() : now.model;
    return settings;
}

void ModelSection::onChosen(AnswerBy by) {
    forgetTest();
    showParts();
    if (by == AnswerBy::Server) m_offers->look();
    if (by == AnswerBy::File) m_models.refresh();
    emit edited();
}

/// The address says better than the card where it leads.
void ModelSection::onEndpoint() {
    forgetTest();
    if (m_endpoint->isUsable()) m_cards->setChosen(answerBy({m_endpoint->api(), m_endpoint->address(), {}}));
    showParts();
    emit edited();
}

void ModelSection::showParts() {
    const AnswerBy by = m_cards->chosen();
    const bool isServed = by == AnswerBy::Server || by == AnswerBy::Service;
    m_filePart->setVisible(by == AnswerBy::File);
    m_offers->setVisible(by == AnswerBy::Server);
    m_endpoint->setVisible(isServed);
    m_endpoint->setExpected(by == AnswerBy::Service ? Destination::Remote : Destination::ThisComputer);
    m_testPart->setVisible(by != AnswerBy::Nobody);
    m_numbers->setVisible(by != AnswerBy::Nobody);
    showDestination();
}

void ModelSection::showFiles(const QVector<LocalModel>& models) {
    const QSignalBlocker quiet(m_file);
    m_file->clear();
    for (const LocalModel& model : models)
        if (model.kind != LocalModel::Kind::Embedding && model.problem.isEmpty())
            m_file->addItem(readable(model.name), model.path);
    if (!m_wantedFile.isEmpty())
        selectFile(m_wantedFile);
    else if (m_file->count() > 0)
        m_file->setCurrentIndex(0);
    say(*m_fileNote,
        m_file->count() == 0 ? tr("There is no model file yet: add one under “Model files”.") : QString(),
        "muted");
    showDestination();
    // A file that was added for this card is what the person wants to be used.
    if (m_cards->chosen() == AnswerBy::File && m_wantedFile.isEmpty() && m_file->count() > 0) {
        m_wantedFile = m_file->currentData().toString();
        emit edited();
    }
}

/// One of the settings that does not lie in the folder of models is shown by its path.
void ModelSection::selectFile(const QString& path) {
    m_wantedFile = path;
    if (m_file->findData(path) < 0) m_file->addItem(readable(path), path);
    m_file->setCurrentIndex(m_file->findData(path));
    say(*m_fileNote, {}, "muted");
}

void ModelSection::showDestination() {
    const AnswerBy by = m_cards->chosen();
    const bool isServed = by == AnswerBy::Server || by == AnswerBy::Service;
    const bool isRemote =
        isServed && destinationOf(m_endpoint->address(), m_endpoint->model()) == Destination::Remote;
    if (by == AnswerBy::File)
        say(*m_destination, tr("The model runs in this program. Nothing leaves this computer."), "muted");
    else if (isServed && m_endpoint->address().isEmpty())
        say(*m_destination, tr("Until an address is named, answers stay as they were."), "muted");
    else if (isServed && !problemOf(m_endpoint->address()).isEmpty())
        say(*m_destination, {}, "muted");  // nobody knows yet where a half-typed address leads
    else if (by == AnswerBy::Service && !isRemote)
        say(*m_destination,
            tr("The address below is on this computer, and nothing leaves it. For a remote service, type "
               "that "
               "service's address."),
            "muted");
    else
        say(*m_destination,
            destinationText(isServed ? m_endpoint->address() : QString(), m_endpoint->model(),
                            {m_consents.allowed(), m_offline}),
            isRemote && m_offline == Offline::No ? "warning" : "muted");
    m_test->setEnabled(spot().isSet());
}

void ModelSection::setOffline(Offline offline) {
    m_offline = offline;
    showDestination();
}

void ModelSection::showEvent(QShowEvent* event) {
    Section::showEvent(event);
    m_consents.load();
}

/// A verdict counts for what was tested, not for what stands there now.
void ModelSection::forgetTest() {
    ModelSpot now = spot();
    now.contextWindow = m_tested.contextWindow;
    if (now == m_tested) return;
    m_tested = {};
    m_bridge.cancelTest();
    m_readsAtMost = 0;
    showWindow();
    say(*m_report, {}, "muted");
}

/// What the test has learned stands beside the number that it contradicts.
void ModelSection::showWindow() {
    if (m_readsAtMost > 0 && m_window->value() > m_readsAtMost)
        say(*m_windowNote,
            tr("The model that was tested reads %L1 tokens at most: set this to %L1 or less.")
                .arg(m_readsAtMost),
            "warning");
    else
        say(*m_windowNote,
            tr("How much the model can read at once: as its server is started, or as memory allows."),
            "muted");
}

/// The button keeps the focus: another press begins anew.
void ModelSection::test() {
    const ModelSpot wanted = m_tested = spot();
    const QString whom = wanted.isLocalFile() ? m_file->currentText() : hostOf(wanted.baseUrl);
    say(*m_report, wanted.isLocalFile() ? tr("Loading and asking %1…").arg(whom) : tr("Asking %1…").arg(whom),
        "muted");
    m_bridge.testModel(wanted, m_endpoint->key());
}

void ModelSection::showReport(const EndpointReport& report) {
    if (!report.error.isEmpty()) return say(*m_report, report.error, "bad");
    QStringList parts;
    if (!report.models.isEmpty()) {
        m_endpoint->offerModels(report.models);
        parts << (report.models.size() == 1 ? tr("1 model") : tr("%L1 models").arg(report.models.size()));
        parts << tr("listed in %L1 ms").arg(qRound(report.tookMs));
    }
    if (report.firstTokenMs > 0) parts << tr("first word after %L1 ms").arg(qRound(report.firstTokenMs));
    if (report.tokensPerSecond > 0)
        parts << tr("%1 tokens/s").arg(QLocale().toString(report.tokensPerSecond, 'f', 1));
    if (report.context > 0) parts << tr("reads up to %L1 tokens").arg(report.context);
    m_readsAtMost = report.context;
    showWindow();
    const QString good =
        parts.isEmpty() ? tr("It works.") : tr("Works: %1.").arg(parts.join(QStringLiteral(", ")));
    say(*m_report, report.warning.isEmpty() ? good : good + QLatin1Char(' ') + report.warning,
        report.warning.isEmpty() ? "good" : "warning");
}

}  // namespace commonplace::ui

#include "ui/settings/privacy_section.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>
#include <iterator>

#include "ui/bridge/consent_bridge.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/paths.h"
#include "ui/settings/consent_line.h"
#include "ui/settings/destination_text.h"
#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kRows = 5;

/// The servers elsewhere that help out; the one that answers is asked about with its first question.
QStringList helpingServers(const AppSettings& settings) {
    QVector<ModelSpot> spots{settings.small};
    for (const FallbackSpot& fallback : settings.fallbacks) spots << fallback.spot;
    QStringList servers;
    for (const ModelSpot& spot : spots)
        if (destinationOf(spot.baseUrl, spot.model) == Destination::Remote) servers << serverOf(spot.baseUrl);
    return servers;
}

QString embeddingText(const QString& baseUrl) {
    if (destinationOf(baseUrl) != Destination::Remote)
        return PrivacySection::tr("Reading, searching and finding by meaning happen on this computer.");
    return PrivacySection::
        tr("Finding by meaning is done by %1: the text of every document that is read, and every search, are "
           "sent there. As long as a folder is for this computer only, nothing is.")
            .arg(hostOf(baseUrl));
}

}  // namespace

PrivacySection::PrivacySection(ConsentBridge& consents, QWidget* parent)
    : Section(tr("Privacy"), {}, parent),
      m_consents(consents),
      m_destination(textLabel({}, LabelTone::Ink, this)),
      m_embedding(textLabel({}, LabelTone::Ink, this)) {
    setObjectName(QStringLiteral("settingsPrivacySection"));
    m_destination->setObjectName(QStringLiteral("settingsPrivacy"));
    m_embedding->setObjectName(QStringLiteral("settingsPrivacyEmbedding"));
    addWide(m_destination);
    addWide(m_embedding);
    addWide(makeServers());
    addWide(makeFolders());
    addWide(textLabel(
        tr("The program has no accounts, counts nothing, reports nothing and looks for no updates. A "
           "document "
           "is never opened because its text asks for it: no picture, link or script of a document or an "
           "answer is ever loaded."),
        LabelTone::Muted, this));
    finish();
}

QWidget* PrivacySection::makeServers() {
    auto* place = new QWidget(this);
    auto* list = new QWidget(place);
    m_servers = tightColumn(list);
    m_noServers = noteLabel(QStringLiteral("settingsNoServers"), place);
    m_noServers->setText(tr("None. You are asked before the first question goes to another computer."));
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("Computers that may receive text"), list, place));
    column->addWidget(m_noServers);
    column->addWidget(list);
    connect(&m_consents, &ConsentBridge::changed, this, &PrivacySection::listServers);
    connect(&m_consents, &ConsentBridge::changed, this, &PrivacySection::showDestination);
    return place;
}

void PrivacySection::listServers() {
    QStringList servers = m_consents.allowed() + m_named;
    servers.removeDuplicates();
    servers.sort();  // a line keeps its place when its consent is turned
    dropLinesBut(servers);
    for (int i = 0; i < servers.size(); ++i) {
        if (i < m_lines.size() && m_lines[i]->server() == servers[i]) continue;
        auto* line = new ConsentLine(m_consents, m_servers->parentWidget());
        line->setServer(servers[i]);
        m_servers->insertWidget(i, line);
        m_lines.insert(i, line);
    }
    m_noServers->setVisible(servers.isEmpty());
}

/// A person on the button of a line that goes finds themselves on the next one.
void PrivacySection::dropLinesBut(const QStringList& servers) {
    const QWidget* focus = window()->focusWidget();
    const auto stays = [&servers](const ConsentLine* line) { return servers.contains(line->server()); };
    const auto from = std::find_if(m_lines.cbegin(), m_lines.cend(), [focus, stays](const ConsentLine* line) {
        return !stays(line) && focus && line->isAncestorOf(focus);
    });
    const auto next = std::find_if(from, m_lines.cend(), stays);
    QVector<ConsentLine*> gone;
    std::copy_if(m_lines.cbegin(), m_lines.cend(), std::back_inserter(gone), std::not_fn(stays));
    if (next != m_lines.cend())
        (*next)->setFocus();
    else if (from != m_lines.cend())
        m_add->setFocus();
    for (ConsentLine* line : std::as_const(gone)) m_lines.removeOne(line);
    qDeleteAll(gone);
}

void PrivacySection::showEvent(QShowEvent* event) {
    Section::showEvent(event);
    m_consents.load();
}

QWidget* PrivacySection::makeFolders() {
    auto* place = new QWidget(this);
    m_folders = new QListWidget(place);
    m_folders->setObjectName(QStringLiteral("settingsLocalOnly"));
    m_folders->setProperty("kind", QStringLiteral("card"));
    m_folders->setFixedHeight(kRows * (fontMetrics().lineSpacing() + kGrid));
    // A list asks for all the height there is; what it cannot take would be spread between its neighbours.
    m_folders->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QLabel* hint = noteLabel(QStringLiteral("settingsLocalOnlyNote"), place);
    hint->setText(
        tr("Text from these folders is never sent to a model elsewhere. A question that needs it is answered "
           "by a model on this computer, or with quotations."));
    m_add = quietButton(tr("Add a folder…"), place);
    m_add->setObjectName(QStringLiteral("settingsLocalOnlyAdd"));
    m_remove = quietButton(tr("Remove"), place);
    m_remove->setObjectName(QStringLiteral("settingsLocalOnlyRemove"));
    m_remove->setEnabled(false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addWidget(m_remove);
    row->addStretch();
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("For this computer only"), m_folders, place));
    column->addWidget(hint);
    column->addWidget(m_folders);
    column->addLayout(row);
    connect(m_add, &QPushButton::clicked, this, &PrivacySection::chooseFolder);
    connect(m_remove, &QPushButton::clicked, this, &PrivacySection::removeFolder);
    connect(m_folders, &QListWidget::currentRowChanged, this,
            [this](int at) { m_remove->setEnabled(at >= 0); });
    return place;
}

void PrivacySection::setValues(const AppSettings& settings) {
    m_answering = settings.spot();
    showDestination();
    m_embedding->setText(embeddingText(settings.embeddingUrl));
    m_named = helpingServers(settings);
    listServers();
    m_folders->clear();
    for (const QString& path : settings.localOnly) {
        auto* item = new QListWidgetItem(readable(path), m_folders);
        item->setData(Qt::UserRole, path);
    }
    showFolders();
}

void PrivacySection::setOffline(Offline offline) {
    m_offline = offline;
    showDestination();
}

void PrivacySection::showDestination() {
    const QString& baseUrl = m_answering.baseUrl;
    if (m_answering.isLocalFile())
        m_destination->setText(
            tr("Answers are written by a model in this program. Nothing leaves this computer."));
    else if (destinationOf(baseUrl, m_answering.model) == Destination::ThisComputer)
        m_destination->setText(
            tr("Answers are written by the server at %1, on this computer. Nothing leaves it.")
                .arg(serverOf(baseUrl)));
    else
        m_destination->setText(
            destinationText(baseUrl, m_answering.model, {m_consents.allowed(), m_offline}));
}

/// An empty box would look as if something were missing.
void PrivacySection::showFolders() {
    m_folders->setVisible(m_folders->count() > 0);
    m_remove->setVisible(m_folders->count() > 0);
}

AppSettings PrivacySection::applied(AppSettings settings) const {
    settings.localOnly.clear();
    for (int i = 0; i < m_folders->count(); ++i)
        settings.localOnly << m_folders->item(i)->data(Qt::UserRole).toString();
    return settings;
}

void PrivacySection::chooseFolder() {
    const QUrl url = QFileDialog::getExistingDirectoryUrl(this, tr("A folder for this computer only"));
    if (!url.isEmpty()) addFolder(pathOf(url));
}

void PrivacySection::addFolder(const QString& path) {
    if (path.isEmpty() || applied({}).localOnly.contains(path)) return;
    auto* item = new QListWidgetItem(readable(path), m_folders);
    item->setData(Qt::UserRole, path);
    showFolders();
    emit edited();
}

void PrivacySection::removeFolder() {
    delete m_folders->takeItem(m_folders->currentRow());
    showFolders();
    emit removed();
}

}  // namespace commonplace::ui

#include "ui/settings/files_section.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/settings/fields.h"
#include "ui/settings/file_row.h"
#include "ui/settings/transfer_row.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

const QString kOllama = QStringLiteral("http://127.0.0.1:11434");

QStringList pathsOf(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (const QString path = pathOf(url); !path.isEmpty()) paths << path;
    return paths;
}

void clear(QVBoxLayout& rows) {
    while (QLayoutItem* item = rows.takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
}

}  // namespace

FilesSection::FilesSection(ModelsBridge& bridge, QWidget* parent)
    : Section(tr("Model files"),
              tr("GGUF files that run inside this program. Each is tried in a process of its own "
                 "before it is used."),
              parent),
      m_bridge(bridge) {
    setAcceptDrops(true);
    auto* list = new QWidget(this);
    m_rows = tightColumn(list);
    m_empty = textLabel(tr("There is no model file yet."), LabelTone::Muted, this);
    m_empty->setObjectName(QStringLiteral("settingsFilesEmpty"));
    auto* transfers = new QWidget(this);
    m_transferRows = tightColumn(transfers);
    m_state = noteLabel(QStringLiteral("settingsFilesState"), this);
    m_state->hide();
    addWide(m_empty);
    addWide(list);
    addWide(transfers);
    addWide(m_undoPart = makeUndo());
    addWide(m_state);
    addWide(m_drop = makeDrop());
    addWide(makeDownload());
    addWide(makePull());
    finish();
    connect(&m_bridge, &ModelsBridge::filesChanged, this, &FilesSection::showFiles);
    connect(&m_bridge, &ModelsBridge::transfersChanged, this, &FilesSection::showTransfers);
    connect(&m_bridge, &ModelsBridge::removed, this, &FilesSection::offerUndo);
    connect(&m_bridge, &ModelsBridge::restored, this, &FilesSection::forgetUndo);
    connect(&m_bridge, &ModelsBridge::removedDeleted, this, &FilesSection::onDeleted);
    connect(&m_bridge, &ModelsBridge::tried, this, &FilesSection::onTried);
    connect(&m_bridge, &ModelsBridge::failed, this,
            [this](const QString& reason) { say(*m_state, reason, "bad"); });
    connect(&m_bridge, &ModelsBridge::arrived, this,
            [this](const QString& name) { say(*m_state, tr("%1 is here.").arg(readable(name)), "good"); });
}

QWidget* FilesSection::makeUndo() {
    auto* place = new QWidget(this);
    m_undoText = textLabel({}, LabelTone::Ink, place);
    m_undoText->setObjectName(QStringLiteral("settingsFilesUndoText"));
    QPushButton* undo = quietButton(tr("Undo"), place);
    undo->setObjectName(QStringLiteral("settingsFilesUndo"));
    m_delete = quietButton(tr("Free the space now"), place);
    m_delete->setObjectName(QStringLiteral("settingsFilesDelete"));
    auto* row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_undoText, 1);
    row->addWidget(undo);
    row->addWidget(m_delete);
    place->hide();
    connect(undo, &QPushButton::clicked, this, [this] {
        if (!m_removed.isEmpty()) m_bridge.undoRemove(m_removed.last().name);
    });
    connect(m_delete, &QPushButton::clicked, &m_bridge, &ModelsBridge::deleteRemoved);
    return place;
}

QWidget* FilesSection::makeDrop() {
    auto* place = new QFrame(this);
    place->setObjectName(QStringLiteral("settingsFilesDrop"));
    place->setProperty("kind", QStringLiteral("dropArea"));
    QLabel* words =
        textLabel(tr("Drop GGUF files or folders here, or choose them:"), LabelTone::Muted, place);
    QPushButton* files = quietButton(tr("Add files…"), place);
    files->setObjectName(QStringLiteral("settingsFilesAdd"));
    QPushButton* folder = quietButton(tr("Add a folder…"), place);
    folder->setObjectName(QStringLiteral("settingsFilesAddFolder"));
    m_link = new QCheckBox(place);
    m_link->setObjectName(QStringLiteral("settingsFilesLink"));
    auto* row = new QHBoxLayout;
    row->addWidget(files);
    row->addWidget(folder);
    row->addStretch();
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    column->setSpacing(kGrid);
    column->addWidget(words);
    column->addLayout(row);
    column->addWidget(withText(m_link, tr("Leave them where they are (no copy)"), place));
    connect(files, &QPushButton::clicked, this, &FilesSection::chooseFiles);
    connect(folder, &QPushButton::clicked, this, &FilesSection::chooseFolder);
    return place;
}

QWidget* FilesSection::makeDownload() {
    auto* place = new QWidget(this);
    m_url = new QLineEdit(place);
    m_url->setObjectName(QStringLiteral("settingsDownloadUrl"));
    m_url->setPlaceholderText(QStringLiteral("https://…/model.gguf"));
    m_hash = new QLineEdit(place);
    m_hash->setObjectName(QStringLiteral("settingsDownloadHash"));
    m_hash->setAccessibleName(tr("SHA-256 of the file"));
    m_hash->setPlaceholderText(tr("SHA-256 of the file, if its page names one"));
    QPushButton* start = quietButton(tr("Download"), place);
    start->setObjectName(QStringLiteral("settingsDownload"));
    m_urlProblem = noteLabel(QStringLiteral("settingsDownloadProblem"), place);
    m_urlProblem->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_url, 1);
    row->addWidget(start);
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("Download from an address"), m_url, place));
    column->addLayout(row);
    column->addWidget(m_hash);
    column->addWidget(m_urlProblem);
    connect(start, &QPushButton::clicked, this, &FilesSection::download);
    connect(m_url, &QLineEdit::returnPressed, this, &FilesSection::download);
    return place;
}

QWidget* FilesSection::makePull() {
    auto* place = new QWidget(this);
    m_pullName = new QLineEdit(place);
    m_pullName->setObjectName(QStringLiteral("settingsPullName"));
    m_pullName->setPlaceholderText(QStringLiteral("llama3.2"));
    QPushButton* start = quietButton(tr("Fetch"), place);
    start->setObjectName(QStringLiteral("settingsPull"));
    QLabel* hint = noteLabel(QStringLiteral("settingsPullHint"), place);
    hint->setText(tr("If Ollama runs on this computer, it fetches the model from its library and keeps it."));
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_pullName, 1);
    row->addWidget(start);
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("Fetch with Ollama"), m_pullName, place));
    column->addLayout(row);
    column->addWidget(hint);
    connect(start, &QPushButton::clicked, this, &FilesSection::pull);
    connect(m_pullName, &QLineEdit::returnPressed, this, &FilesSection::pull);
    return place;
}

void FilesSection::setValues(const AppSettings& settings) {
    m_settings = settings;
    showFiles(m_files);
}

void FilesSection::showEvent(QShowEvent* event) {
    Section::showEvent(event);
    m_bridge.refresh();
}

void FilesSection::dragEnterEvent(QDragEnterEvent* event) {
    if (pathsOf(*event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    m_drop->setProperty("active", true);
    m_drop->style()->polish(m_drop);
}

void FilesSection::dragLeaveEvent(QDragLeaveEvent*) {
    m_drop->setProperty("active", false);
    m_drop->style()->polish(m_drop);
}

void FilesSection::dropEvent(QDropEvent* event) {
    dragLeaveEvent(nullptr);
    add(pathsOf(*event->mimeData()));
    event->acceptProposedAction();
}

void FilesSection::chooseFiles() {
    QStringList paths;
    for (const QUrl& url :
         QFileDialog::getOpenFileUrls(this, tr("Add model files"), {}, tr("GGUF models (*.gguf)")))
        paths << pathOf(url);
    add(paths);
}

void FilesSection::chooseFolder() {
    const QUrl url = QFileDialog::getExistingDirectoryUrl(this, tr("Add the models of a folder"));
    if (!url.isEmpty()) add({pathOf(url)});
}

void FilesSection::add(const QStringList& paths) {
    if (paths.isEmpty()) return;
    say(*m_state, {}, "muted");
    m_bridge.addFiles(paths, m_link->isChecked() ? ModelsBridge::Keep::Link : ModelsBridge::Keep::Copy);
}

void FilesSection::download() {
    const QString problem = m_bridge.addUrl(m_url->text(), m_hash->text());
    say(*m_urlProblem, problem, "bad");
    if (!problem.isEmpty()) return;
    m_url->clear();
    m_hash->clear();
    say(*m_state, {}, "muted");
}

void FilesSection::pull() {
    if (m_pullName->text().trimmed().isEmpty()) return;
    say(*m_state, {}, "muted");
    m_bridge.pull(kOllama, m_pullName->text());
    m_pullName->clear();
}

QString FilesSection::useOf(const LocalModel& model) const {
    if (m_settings.spot().isLocalFile() && m_settings.model == model.path) return tr("writes answers");
    if (m_settings.small.isLocalFile() && m_settings.small.model == model.path) return tr("does small tasks");
    return {};
}

void FilesSection::showFiles(const QVector<LocalModel>& models) {
    m_files = models;
    clear(*m_rows);
    m_empty->setVisible(models.isEmpty());
    for (LocalModel model : models) {
        if (model.kind == LocalModel::Kind::Unknown && model.problem.isEmpty())
            model.problem = m_problems.value(model.name);
        const auto trial = m_trying.contains(model.name) ? FileRow::Trial::Running : FileRow::Trial::None;
        auto* row = new FileRow(model, useOf(model), trial, this);
        connect(row, &FileRow::tryWanted, this, [this, name = model.name] { tryOut(name); });
        connect(row, &FileRow::useWanted, this, [this, path = model.path] { emit useWanted(path); });
        connect(row, &FileRow::removeWanted, this, [this, name = model.name] { m_bridge.remove(name); });
        m_rows->addWidget(row);
    }
}

/// The rows stay while only their figures change: a button must not move away from under the pointer.
void FilesSection::showTransfers(const QVector<ModelTransfer>& transfers) {
    while (m_transfers.size() > transfers.size()) m_transfers.takeLast()->deleteLater();
    while (m_transfers.size() < transfers.size()) {
        auto* row = new TransferRow(this);
        const qsizetype at = m_transfers.size();
        const auto idAt = [this, at] { return m_bridge.transfers().value(at).id; };
        connect(row, &TransferRow::pauseWanted, this, [this, idAt] { m_bridge.pause(idAt()); });
        connect(row, &TransferRow::resumeWanted, this, [this, idAt] { m_bridge.resume(idAt()); });
        connect(row, &TransferRow::cancelWanted, this, [this, idAt] { m_bridge.cancel(idAt()); });
        m_transferRows->addWidget(row);
        m_transfers << row;
    }
    for (qsizetype i = 0; i < transfers.size(); ++i) m_transfers[i]->show(transfers[i]);
}

void FilesSection::tryOut(const QString& name) {
    m_trying << name;
    m_problems.remove(name);
    m_bridge.tryOut(name);
    showFiles(m_files);
}

void FilesSection::onTried(const QString& name, const QString& problem) {
    m_trying.removeAll(name);
    if (!problem.isEmpty()) m_problems.insert(name, problem);
    showFiles(m_files);
}

void FilesSection::offerUndo(const QString& name, qint64 freed) {
    m_removed.removeIf([&name](const RemovedFile& one) { return one.name == name; });
    m_removed.push_back({name, freed});
    say(*m_state, {}, "muted");  // what was said of it is not so any more
    showUndo();
}

qint64 FilesSection::freed() const {
    qint64 bytes = 0;
    for (const RemovedFile& one : m_removed) bytes += one.freed;
    return bytes;
}

void FilesSection::onDeleted() {
    const qint64 bytes = freed();
    if (bytes > 0) say(*m_state, tr("%1 were freed.").arg(bytesText(bytes)), "good");
    m_removed.clear();
    showUndo();
}

void FilesSection::forgetUndo(const QString& name) {
    m_removed.removeIf([&name](const RemovedFile& one) { return one.name == name; });
    showUndo();
}

/// The newest first, as Ctrl+Z does.
void FilesSection::showUndo() {
    m_undoPart->setVisible(!m_removed.isEmpty());
    if (m_removed.isEmpty()) return;
    const RemovedFile& newest = m_removed.last();
    const QString name = readable(newest.name);
    const qsizetype others = m_removed.size() - 1;
    m_undoText->setText(others == 0   ? tr("%1 was removed.").arg(name)
                        : others == 1 ? tr("%1 was removed, and another one before it.").arg(name)
                                      : tr("%1 was removed, and %2 others before it.").arg(name).arg(others));
    const qint64 bytes = freed();
    m_delete->setVisible(bytes > 0);
    m_delete->setText(tr("Free %1 now").arg(bytesText(bytes)));
    m_delete->setToolTip(
        tr("Else the space is free after the next start. What is deleted cannot be undone."));
}

}  // namespace commonplace::ui

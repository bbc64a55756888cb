#include "ui/settings/index_section.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMostMiB = 900'000;
constexpr int kMostWorkers = 256;
constexpr int kIgnoredLines = 6;

}  // namespace

IndexSection::IndexSection(const QString& libraryFolder, QWidget* parent)
    : Section(tr("Indexing"), tr("Changes count from the next look at the folders on."), parent),
      m_folder(libraryFolder) {
    m_ignored = new QPlainTextEdit(this);
    m_ignored->setObjectName(QStringLiteral("settingsIgnored"));
    m_ignored->setTabChangesFocus(true);
    m_ignored->setFixedHeight(kIgnoredLines * fontMetrics().lineSpacing() + 2 * kGrid);
    m_maxFile = new QSpinBox(this);
    m_maxFile->setObjectName(QStringLiteral("settingsMaxFile"));
    m_maxFile->setRange(1, kMostMiB);
    m_maxFile->setSuffix(tr(" MiB"));
    m_maxFile->setGroupSeparatorShown(true);
    m_workers = new QSpinBox(this);
    m_workers->setObjectName(QStringLiteral("settingsWorkers"));
    m_workers->setRange(0, kMostWorkers);
    m_workers->setSpecialValueText(tr("one per core"));
    addRow(tr("Library folder"), makeFolder(libraryFolder), {});
    addRow(tr("Folders to pass over"), m_ignored,
           tr("One name a line, wherever such a folder lies; a * at the end matches any ending."));
    addRow(tr("Largest file"), m_maxFile, tr("Larger files are listed in the library, but not read."));
    addRow(tr("Files read at the same time"), m_workers,
           tr("Fewer leave more of the computer to other programs; more than it has cores gain nothing."));
    finish();
    connect(m_ignored, &QPlainTextEdit::textChanged, this, &IndexSection::edited);
    connect(m_maxFile, &QSpinBox::valueChanged, this, &IndexSection::edited);
    connect(m_workers, &QSpinBox::valueChanged, this, &IndexSection::edited);
}

QWidget* IndexSection::makeFolder(const QString& folder) {
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    // A label cannot break a long path: it would make the page wider than the window.
    m_folderLine = new QLineEdit(folder, place);
    m_folderLine->setObjectName(QStringLiteral("settingsFolder"));
    m_folderLine->setAccessibleName(tr("Library folder"));
    m_folderLine->setProperty("kind", QStringLiteral("bare"));
    m_folderLine->setReadOnly(true);
    m_folderLine->setCursorPosition(0);
    m_folderLine->setToolTip(plainToolTip(folder));
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    QPushButton* open = quietButton(tr("Show in folder"), place);
    open->setObjectName(QStringLiteral("settingsOpenFolder"));
    QPushButton* change = quietButton(tr("Change…"), place);
    change->setObjectName(QStringLiteral("settingsChangeFolder"));
    row->addWidget(open);
    row->addWidget(change);
    row->addStretch();
    m_folderNote = textLabel({}, LabelTone::Warning, place);
    m_folderNote->setObjectName(QStringLiteral("settingsFolderNote"));
    m_folderNote->hide();
    column->addWidget(m_folderLine);
    column->addLayout(row);
    column->addWidget(m_folderNote);
    connect(open, &QPushButton::clicked, this, [this] { emit folderOpened(m_folder); });
    connect(change, &QPushButton::clicked, this, &IndexSection::chooseFolder);
    return place;
}

void IndexSection::chooseFolder() {
    const QString chosen =
        QFileDialog::getExistingDirectory(this, tr("Choose the folder of the library"), m_folder);
    if (chosen.isEmpty() || chosen == m_folder) return;
    m_folderNote->setText(
        tr("%1 will be used from the next start on. What is in the present folder stays there.").arg(chosen));
    m_folderNote->show();
    emit folderChosen(chosen);
}

void IndexSection::setValues(const AppSettings& settings) {
    const QSignalBlocker quiet(this);
    const QString names = settings.ignoredNames.join(QLatin1Char('\n'));
    if (m_ignored->toPlainText().trimmed() != names) m_ignored->setPlainText(names);
    m_maxFile->setValue(settings.maxFileMiB);
    m_workers->setValue(settings.workers);
}

AppSettings IndexSection::applied(AppSettings settings) const {
    settings.ignoredNames.clear();
    for (const QString& line : m_ignored->toPlainText().split(QLatin1Char('\n')))
        if (!line.trimmed().isEmpty()) settings.ignoredNames << line.trimmed();
    settings.maxFileMiB = m_maxFile->value();
    settings.workers = m_workers->value();
    return settings;
}

}  // namespace commonplace::ui

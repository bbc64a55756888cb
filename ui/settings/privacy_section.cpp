#include "ui/settings/privacy_section.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/settings/fields.h"
#include "ui/settings/model_section.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kRows = 5;

}  // namespace

PrivacySection::PrivacySection(QWidget* parent)
    : Section(tr("Privacy"), {}, parent), m_destination(textLabel({}, LabelTone::Ink, this)) {
    setObjectName(QStringLiteral("settingsPrivacySection"));
    m_destination->setObjectName(QStringLiteral("settingsPrivacy"));
    addWide(m_destination);
    addWide(makeFolders());
    addWide(textLabel(
        tr("Reading, searching and finding by meaning always happen on this computer. The program has no "
           "accounts, counts nothing, reports nothing and looks for no updates. A document is never "
           "opened because its text asks for it: no picture, link or script of a document or an answer "
           "is ever loaded."),
        LabelTone::Muted, this));
    finish();
}

QWidget* PrivacySection::makeFolders() {
    auto* place = new QWidget(this);
    m_folders = new QListWidget(place);
    m_folders->setObjectName(QStringLiteral("settingsLocalOnly"));
    m_folders->setProperty("kind", QStringLiteral("card"));
    m_folders->setFixedHeight(kRows * (fontMetrics().lineSpacing() + kGrid));
    QLabel* hint = noteLabel(QStringLiteral("settingsLocalOnlyNote"), place);
    hint->setText(
        tr("Text from these folders is never sent to a model elsewhere. A question that needs it is answered "
           "by a model on this computer, or with quotations."));
    QPushButton* add = quietButton(tr("Add a folder…"), place);
    add->setObjectName(QStringLiteral("settingsLocalOnlyAdd"));
    m_remove = quietButton(tr("Remove"), place);
    m_remove->setObjectName(QStringLiteral("settingsLocalOnlyRemove"));
    m_remove->setEnabled(false);
    auto* row = new QHBoxLayout;
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addStretch();
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("For this computer only"), m_folders, place));
    column->addWidget(hint);
    column->addWidget(m_folders);
    column->addLayout(row);
    connect(add, &QPushButton::clicked, this, &PrivacySection::chooseFolder);
    connect(m_remove, &QPushButton::clicked, this, &PrivacySection::removeFolder);
    connect(m_folders, &QListWidget::currentRowChanged, this,
            [this](int at) { m_remove->setEnabled(at >= 0); });
    return place;
}

void PrivacySection::setValues(const AppSettings& settings) {
    m_destination->setText(destinationText(settings.baseUrl, settings.model));
    m_folders->clear();
    for (const QString& path : settings.localOnly) {
        auto* item = new QListWidgetItem(readable(path), m_folders);
        item->setData(Qt::UserRole, path);
    }
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
    emit edited();
}

void PrivacySection::removeFolder() {
    delete m_folders->takeItem(m_folders->currentRow());
    emit edited();
}

}  // namespace commonplace::ui

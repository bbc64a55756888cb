#include "ui/window/sidebar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLayoutItem>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kSmallestWidth = 200;
constexpr int kNavIcon = 18;
constexpr int kMaxFolders = 8;  // more are in the Library

const char* objectNameOf(WindowPlace section) {
    switch (section) {
        case WindowPlace::Ask:
            return "sectionAsk";
        case WindowPlace::Search:
            return "sectionSearch";
        case WindowPlace::Library:
            return "sectionLibrary";
        case WindowPlace::Settings:
            return "sectionSettings";
    }
    return "";
}

/// "New question" with its key on the right, as the first thing in the window.
class NewButton final : public QPushButton {
  public:
    explicit NewButton(QWidget* parent)
        : QPushButton(Sidebar::tr("New question"), parent),
          m_keys(textLabel(Sidebar::tr("Ctrl N"), LabelTone::Muted, this)) {
        setObjectName(QStringLiteral("newQuestion"));
        setProperty("kind", QStringLiteral("newQuestion"));
        setAccessibleName(text());
        setCursor(Qt::PointingHandCursor);
        setTextFont(*m_keys, TextSize::Small);
        m_keys->setObjectName(QStringLiteral("newQuestionKeys"));
        m_keys->setWordWrap(false);
        m_keys->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    QSize sizeHint() const override { return QPushButton::sizeHint().expandedTo({0, 5 * kGrid}); }

  protected:
    void resizeEvent(QResizeEvent* event) override {
        QPushButton::resizeEvent(event);
        placeKeys();
    }
    void changeEvent(QEvent* event) override {
        QPushButton::changeEvent(event);
        if (event->type() == QEvent::FontChange) placeKeys();
    }

  private:
    /// Where the letters are large there is room for the words only.
    void placeKeys() {
        const QSize keys = m_keys->sizeHint();
        const int edge = kGrid + kGrid / 2;
        m_keys->setVisible(2 * edge + fontMetrics().horizontalAdvance(text()) + kGrid + keys.width() <=
                           width());
        m_keys->setGeometry(width() - edge - keys.width(), 0, keys.width(), height());
    }

    QLabel* m_keys;
};

}  // namespace

Sidebar::Sidebar(QWidget& conversations, QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("sidebar"));
    setMinimumWidth(kSmallestWidth);
    m_column->setContentsMargins(kGrid + kGrid / 2, kGrid + kGrid / 2, kGrid + kGrid / 2, kGrid);
    m_column->setSpacing(kGrid / 4);
    auto* create = new NewButton(this);
    connect(create, &QPushButton::clicked, this, &Sidebar::newRequested);
    m_column->addWidget(create);
    m_column->addSpacing(kGrid);
    addSection(WindowPlace::Ask, QStringLiteral("ask"), tr("Ask"));
    addSection(WindowPlace::Search, QStringLiteral("search"), tr("Search"));
    addSection(WindowPlace::Library, QStringLiteral("library"), tr("Library"));
    m_column->addSpacing(kGrid);
    conversations.setParent(this);
    m_column->addWidget(&conversations, 1);
    m_foldersTitle = textLabel(tr("Folders"), LabelTone::Muted, this);
    setTextFont(*m_foldersTitle, TextSize::Small);
    m_foldersTitle->setContentsMargins(kGrid + 2, kGrid, 0, kGrid / 2);
    m_column->addWidget(m_foldersTitle);
    m_folders = new QVBoxLayout;
    m_folders->setSpacing(0);
    m_column->addLayout(m_folders);
    m_column->addSpacing(kGrid);
    addSection(WindowPlace::Settings, QStringLiteral("settings"), tr("Settings"));
    setFolders({});
}

QPushButton* Sidebar::addSection(WindowPlace section, const QString& iconName, const QString& text) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(QString::fromLatin1(objectNameOf(section)));
    button->setProperty("kind", QStringLiteral("nav"));
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setIconSize({kNavIcon, kNavIcon});
    button->setCursor(Qt::PointingHandCursor);
    setThemedIcon(*button, iconName);
    connect(button, &QPushButton::clicked, this, [this, section] { emit sectionRequested(section); });
    m_buttons.insert(section, button);
    m_column->addWidget(button);
    return button;
}

void Sidebar::setCurrent(WindowPlace section) {
    m_buttons.value(section)->setChecked(true);
}

void Sidebar::setFolders(const QVector<SidebarFolder>& folders) {
    while (QLayoutItem* item = m_folders->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_foldersTitle->setVisible(!folders.isEmpty());
    for (const SidebarFolder& folder : folders.mid(0, kMaxFolders)) addFolder(folder);
}

void Sidebar::addFolder(const SidebarFolder& folder) {
    const bool offline = folder.state == SidebarFolder::State::Offline;
    const QString name = fileName(folder.path);
    const QString count = offline ? tr("offline") : QLocale().toString(folder.documents);
    auto* button = new QPushButton(this);
    button->setProperty("kind", QStringLiteral("nav"));
    const int room = 20 * kGrid;
    button->setText(QFontMetrics(button->font()).elidedText(name, Qt::ElideMiddle, room) +
                    QStringLiteral("  ") + count);
    button->setAccessibleName(offline ? tr("%1, offline").arg(name)
                              : folder.documents == 1
                                  ? tr("%1, 1 document").arg(name)
                                  : tr("%1, %2 documents").arg(name).arg(folder.documents));
    button->setToolTip(plainToolTip(readable(folder.path)));
    button->setCursor(Qt::PointingHandCursor);
    button->setEnabled(true);
    button->setProperty("offline", offline);
    connect(button, &QPushButton::clicked, this, [this, path = folder.path] { emit folderActivated(path); });
    m_folders->addWidget(button);
}

void Sidebar::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), tokensFor(*this).panel);
}

}  // namespace commonplace::ui

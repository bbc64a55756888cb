#include "ui/settings/backup_section.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/bridge/consent_bridge.h"
#include "ui/settings/fallback_row.h"
#include "ui/settings/fields.h"
#include "ui/settings/model_picker.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMostFallbacks = 10;

QString money(double usd) {
    return QStringLiteral("$ ") + QLocale().toString(usd, 'f', usd > 0 && usd < 0.01 ? 4 : 2);
}

}  // namespace

BackupSection::BackupSection(ModelsBridge& bridge, ConsentBridge& consents, QWidget* parent)
    : Section(tr("Stand-ins and cost"), tr("Which other models may help, and what they may cost."), parent),
      m_bridge(bridge),
      m_consents(consents) {
    addWide(makeFallbacks());
    m_small = new ModelPicker(QStringLiteral("settingsSmall"), tr("Model for small tasks"), consents, this);
    addRow(tr("Model for small tasks"), m_small,
           tr("It puts follow-up questions into words that can be searched. A small, quick model will do; "
              "without one "
              "the words of the question before are carried over."));
    addWide(makeMoney());
    finish();
    connect(m_small, &ModelPicker::edited, this, &BackupSection::edited);
    connect(&m_bridge, &ModelsBridge::spentChanged, this, &BackupSection::showSpent);
    connect(&m_bridge, &ModelsBridge::filesChanged, this, [this](const QVector<LocalModel>& files) {
        m_files = files;
        m_small->offer(files);
        for (FallbackRow* row : m_fallbacks) row->offer(files);
    });
}

QWidget* BackupSection::makeFallbacks() {
    auto* place = new QWidget(this);
    auto* list = new QWidget(place);
    m_rows = tightColumn(list);
    QPushButton* add = quietButton(tr("Add a model"), place);
    add->setObjectName(QStringLiteral("settingsFallbackAdd"));
    QLabel* hint = noteLabel(QStringLiteral("settingsFallbackHint"), place);
    hint->setText(
        tr("Asked in this order when the model that answers is away, or when a question is too long for it; "
           "never after the first word of an answer. The answer says who wrote it."));
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("Models that stand in"), add, place));
    add->setAccessibleName(tr("Add a model that stands in"));
    column->addWidget(hint);
    column->addWidget(list);
    column->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, [this] {
        if (m_fallbacks.size() < kMostFallbacks)
            addFallback({})->findChild<QWidget*>("settingsFallback")->setFocus();
    });
    return place;
}

QWidget* BackupSection::makeMoney() {
    auto* place = new QWidget(this);
    m_day = moneyBox(QStringLiteral("settingsPerDay"), place);
    m_month = moneyBox(QStringLiteral("settingsPerMonth"), place);
    m_spent = noteLabel(QStringLiteral("settingsSpent"), place);
    auto* grid = new QGridLayout(place);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    grid->addWidget(nameLabel(tr("Most per day"), m_day, place), 0, 0);
    grid->addWidget(nameLabel(tr("Most per month"), m_month, place), 0, 1);
    grid->addWidget(m_day, 1, 0);
    grid->addWidget(m_month, 1, 1);
    grid->addWidget(m_spent, 2, 0, 1, 2);
    m_spent->setText(tr("A question that could cost more is not sent."));
    connect(m_day, &QDoubleSpinBox::valueChanged, this, &BackupSection::edited);
    connect(m_month, &QDoubleSpinBox::valueChanged, this, &BackupSection::edited);
    return place;
}

void BackupSection::setValues(const AppSettings& settings) {
    const QSignalBlocker quiet(this);
    m_small->setSpot(settings.small);
    m_day->setValue(settings.perDayUsd);
    m_month->setValue(settings.perMonthUsd);
    while (m_fallbacks.size() > settings.fallbacks.size()) m_fallbacks.takeLast()->deleteLater();
    while (m_fallbacks.size() < settings.fallbacks.size()) addFallback({});
    for (qsizetype i = 0; i < m_fallbacks.size(); ++i) m_fallbacks[i]->setValue(settings.fallbacks[i]);
}

AppSettings BackupSection::applied(AppSettings settings) const {
    settings.small = m_small->spot();
    settings.perDayUsd = m_day->value();
    settings.perMonthUsd = m_month->value();
    settings.fallbacks.clear();
    for (const FallbackRow* row : m_fallbacks)
        if (row->value().spot.isSet()) settings.fallbacks << row->value();
    return settings;
}

void BackupSection::showEvent(QShowEvent* event) {
    Section::showEvent(event);
    m_consents.load();
    m_bridge.countSpending();
    m_bridge.refresh();
}

FallbackRow* BackupSection::addFallback(const FallbackSpot& fallback) {
    auto* row = new FallbackRow(m_consents, this);
    row->offer(m_files);
    row->setValue(fallback);
    m_fallbacks << row;
    row->setNumber(static_cast<int>(m_fallbacks.size()));
    m_rows->addWidget(row);
    connect(row, &FallbackRow::edited, this, &BackupSection::edited);
    connect(row, &FallbackRow::removeWanted, this, [this, row] { remove(row); });
    connect(row, &FallbackRow::upWanted, this, [this, row] { moveUp(row); });
    return row;
}

void BackupSection::remove(FallbackRow* row) {
    m_fallbacks.removeOne(row);
    row->deleteLater();
    for (qsizetype i = 0; i < m_fallbacks.size(); ++i) m_fallbacks[i]->setNumber(static_cast<int>(i) + 1);
    emit removed();
}

/// The values change places, not the widgets: the pointer stays where it is.
void BackupSection::moveUp(FallbackRow* row) {
    const qsizetype at = m_fallbacks.indexOf(row);
    if (at < 1) return;
    const FallbackSpot mine = row->value();
    row->setValue(m_fallbacks[at - 1]->value());
    m_fallbacks[at - 1]->setValue(mine);
    emit edited();
}

void BackupSection::showSpent(const SpentMoney& spent) {
    QString text =
        tr("Spent today %1, this month %2. A question that could cost more than is left is not sent.")
            .arg(money(spent.today), money(spent.thisMonth));
    if (spent.callsWithoutPrice > 0)
        text += QLatin1Char(' ') +
                (spent.callsWithoutPrice == 1
                     ? tr("1 call went to a model whose price is not known.")
                     : tr("%L1 calls went to models whose price is not known.").arg(spent.callsWithoutPrice));
    m_spent->setText(text);
}

}  // namespace commonplace::ui

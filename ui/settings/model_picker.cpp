#include "ui/settings/model_picker.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/settings/consent_line.h"
#include "ui/settings/fields.h"

namespace commonplace::ui {

ModelPicker::ModelPicker(const QString& objectName, const QString& accessibleName, ConsentBridge& consents,
                         QWidget* parent)
    : QWidget(parent),
      m_box(new QComboBox(this)),
      m_problem(noteLabel(objectName + QStringLiteral("Problem"), this)),
      m_consent(new ConsentLine(consents, this)) {
    m_box->setObjectName(objectName);
    m_box->setEditable(true);
    m_box->setInsertPolicy(QComboBox::NoInsert);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setAccessibleName(accessibleName);
    m_box->lineEdit()->setAccessibleName(accessibleName);
    m_box->lineEdit()->setPlaceholderText(tr("none; a model file, or http://127.0.0.1:8080/v1#model"));
    m_box->installEventFilter(this);
    m_problem->hide();
    QVBoxLayout* column = tightColumn(this);
    column->addWidget(m_box);
    column->addWidget(m_problem);
    column->addWidget(m_consent);
    connect(m_box->lineEdit(), &QLineEdit::editingFinished, this, &ModelPicker::onText);
    connect(m_box, &QComboBox::activated, this, &ModelPicker::onText);
}

/// What was typed counts before Tab goes on: the button that it asks for is the next one.
bool ModelPicker::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab) onText();
    return QWidget::eventFilter(watched, event);
}

QWidget* ModelPicker::control() const {
    return m_box;
}

ModelSpot ModelPicker::spot() const {
    return m_spot;
}

void ModelPicker::setSpot(const ModelSpot& spot) {
    m_spot = spot;
    m_box->setEditText(spotText(spot));
    m_consent->setModel(spot.baseUrl, spot.model);
}

void ModelPicker::offer(const QVector<LocalModel>& files) {
    const QSignalBlocker quiet(m_box);
    const QString text = m_box->currentText();
    m_box->clear();
    for (const LocalModel& file : files)
        if (file.kind == LocalModel::Kind::Chat) m_box->addItem(file.path);
    m_box->setEditText(text);
}

void ModelPicker::onText() {
    const TypedSpot typed = parseSpot(m_box->currentText());
    say(*m_problem, typed.problem, "bad");
    if (!typed.problem.isEmpty()) return;
    ModelSpot spot = typed.spot;
    spot.contextWindow = m_spot.contextWindow;
    if (spot == m_spot) return;
    m_spot = spot;
    m_consent->setModel(spot.baseUrl, spot.model);
    emit edited();
}

}  // namespace commonplace::ui

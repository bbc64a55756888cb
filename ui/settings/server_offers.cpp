#include "ui/settings/server_offers.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMostShown = 30;

}  // namespace

ServerOffers::ServerOffers(ModelsBridge& bridge, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_state(noteLabel(QStringLiteral("settingsServersState"), this)),
      m_look(quietButton(tr("Look for servers"), this)),
      m_list(new QWidget(this)),
      m_rows(tightColumn(m_list)) {
    setAccessibleName(tr("Servers on this computer"));
    m_look->setObjectName(QStringLiteral("settingsServersLook"));
    say(*m_state, tr("Servers of models that run on this computer can be found by themselves."), "muted");
    auto* head = new QHBoxLayout;
    head->addWidget(m_state, 1);
    head->addWidget(m_look);
    QVBoxLayout* column = tightColumn(this);
    column->addLayout(head);
    column->addWidget(m_list);
    connect(m_look, &QPushButton::clicked, this, &ServerOffers::look);
    connect(&m_bridge, &ModelsBridge::serversFound, this, &ServerOffers::show);
}

void ServerOffers::look() {
    m_look->setEnabled(false);
    say(*m_state, tr("Looking for servers of models on this computer…"), "muted");
    m_bridge.detect();
}

void ServerOffers::show(const QVector<ModelServerOffer>& servers) {
    m_look->setEnabled(true);
    m_look->setText(tr("Look again"));
    m_look->setAccessibleName(m_look->text());
    qDeleteAll(m_list->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    for (const ModelServerOffer& server : servers) addServer(server);
    say(*m_state,
        servers.isEmpty()
            ? tr("None was found where Ollama, llama-server and LM Studio usually listen. Start one and look "
                 "again, or type its address.")
            : tr("Choose a model of a server that listens here:"),
        "muted");
}

void ServerOffers::addServer(const ModelServerOffer& server) {
    const auto add = [&](const QString& text, const QString& model) {
        QPushButton* button = quietButton(text, m_list);
        button->setObjectName(QStringLiteral("settingsOffer"));
        button->setStyleSheet(QStringLiteral("text-align: left"));
        connect(button, &QPushButton::clicked, this,
                [this, server, model] { emit chosen(server.api, server.baseUrl, model); });
        m_rows->addWidget(button);
    };
    for (const QString& model : server.models.mid(0, kMostShown))
        add(tr("%1 at %2").arg(model, server.baseUrl), model);
    if (server.models.isEmpty())
        add(server.problem.isEmpty() ? tr("%1: it has no model loaded").arg(server.baseUrl) : server.problem,
            {});
}

}  // namespace commonplace::ui

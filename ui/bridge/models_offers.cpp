#include "ui/bridge/models_offers.h"

#include "ui/bridge/chat_models.h"
#include "ui/bridge/models_bridge.h"
#include "ui/bridge/settings_bridge.h"

namespace commonplace::ui {

ModelsOffers::ModelsOffers(SettingsBridge& settings, ModelsBridge& models, QObject* parent)
    : QObject(parent), m_bridge(models) {
    const auto follow = [this](const AppSettings& now) {
        m_settings = now;
        gather();
    };
    connect(&settings, &SettingsBridge::loaded, this, follow);
    connect(&settings, &SettingsBridge::saved, this, follow);
    connect(&models, &ModelsBridge::filesChanged, this, [this](const QVector<LocalModel>& files) {
        m_files = files;
        gather();
    });
    connect(&models, &ModelsBridge::serversFound, this, [this](const QVector<ModelServerOffer>& servers) {
        m_servers = servers;
        gather();
    });
}

void ModelsOffers::look() {
    m_bridge.refresh();
    m_bridge.detect();
}

void ModelsOffers::gather() {
    QVector<ChatModel> models = chatModels(m_settings, m_files, m_servers);
    if (models == m_models) return;
    m_models = std::move(models);
    emit changed(m_models);
}

}  // namespace commonplace::ui

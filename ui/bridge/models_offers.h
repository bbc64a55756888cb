// ModelsOffers: the models that a conversation can choose, kept up to date from the settings, the folder of
// models and the servers that were found. Thread: GUI; what is on the disk and the network is ModelsBridge's.
#pragma once

#include <QObject>
#include <QVector>

#include "ui/bridge/app_settings.h"
#include "ui/bridge/chat_types.h"
#include "ui/bridge/models_types.h"

namespace commonplace::ui {

class ModelsBridge;
class SettingsBridge;

class ModelsOffers final : public QObject {
    Q_OBJECT
  public:
    ModelsOffers(SettingsBridge& settings, ModelsBridge& models, QObject* parent = nullptr);

    const QVector<ChatModel>& models() const { return m_models; }
    /// Looks at the folder and for servers on this computer; changed() follows when there is anything new.
    void look();

  signals:
    void changed(const QVector<commonplace::ui::ChatModel>& models);

  private:
    void gather();

    ModelsBridge& m_bridge;
    AppSettings m_settings;
    QVector<LocalModel> m_files;
    QVector<ModelServerOffer> m_servers;
    QVector<ChatModel> m_models;
};

}  // namespace commonplace::ui

// Who answers a conversation: the library's default, or what the person chose for it. A choice is a text: ""
// the default, "none" quotations only, else URL#MODEL or the path of a model file, as spotText() writes it.
// Pure functions, any thread.
#pragma once

#include <QString>
#include <QVector>

#include "engine/base/result.h"
#include "ui/bridge/app_settings.h"
#include "ui/bridge/chat_types.h"
#include "ui/bridge/models_types.h"

namespace commonplace::config {
struct Settings;
}

namespace commonplace::ui {

/// The settings with the chosen model, which answers alone: nothing stands in for it. With a choice on this
/// computer nothing leaves it: a small model elsewhere is left out; quotations only need none at all.
/// InvalidArgument for a choice that is none (a database may hold anything).
Result<config::Settings> settingsFor(config::Settings settings, const QString& choice);

/// One line without control characters, of bounded length: a server may say anything. A file without ".gguf".
QString shownModelName(const QString& name);

/// As people see it; `settings` say what the default is. Looks at no disk.
ChatModel chatModelOf(const config::Settings& settings, const QString& choice);
ChatModel chatModelOf(const ModelSpot& spot);

/// What can be chosen beside the default and quotations: the other models of the settings, the files that can
/// chat, and the models of the servers that listen here. Each once.
QVector<ChatModel> chatModels(const AppSettings& settings, const QVector<LocalModel>& files,
                              const QVector<ModelServerOffer>& servers);

}  // namespace commonplace::ui

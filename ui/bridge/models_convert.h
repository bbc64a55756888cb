// From the engine's values about models to the window's. Inside ui/bridge only. Pure, any thread.
#pragma once

#include "engine/llm/detect.h"
#include "engine/llm/model_folder.h"
#include "engine/store/spendings.h"
#include "ui/bridge/models_types.h"

namespace commonplace::ui {

LocalModel toWindow(const llm::ModelFile& file);
/// Paused, without an id.
ModelTransfer toWindow(const llm::UnfinishedFile& file);
ModelServerOffer toWindow(const llm::LocalServer& server);
SpentMoney toWindow(const store::SpendingSums& sums);

}  // namespace commonplace::ui

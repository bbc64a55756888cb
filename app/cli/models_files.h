// What the commands about models share.
#pragma once

#include <string>

#include "engine/llm/model_folder.h"

namespace commonplace::app::cli {

/// The one of this user.
llm::ModelFolder modelFolder();
/// One line for people.
std::string describe(const llm::ModelFile& model);
/// "Loading 1.2 GB of 4.1 GB (29 %)"
std::string progressText(const std::string& what, const net::DownloadProgress& progress);
/// Says it on standard error when a model that reads `tokens` at once is too small for questions with
/// passages.
void warnOfSmallWindow(std::size_t tokens);

}  // namespace commonplace::app::cli

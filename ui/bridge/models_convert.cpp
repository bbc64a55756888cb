#include "ui/bridge/models_convert.h"

#include <QLocale>

#include "engine/llm/price.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {

QString bytesText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, bytes < 1'000'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

LocalModel toWindow(const llm::ModelFile& file) {
    LocalModel model;
    model.name = windowPath(file.name);
    model.path = windowPath(file.file.native());
    model.isLink = file.isLink;
    model.bytes = static_cast<qint64>(file.bytes);
    model.problem = QString::fromStdString(file.problem);
    if (!file.facts) return model;
    model.kind =
        file.facts->kind == llama::ModelKind::Chat ? LocalModel::Kind::Chat : LocalModel::Kind::Embedding;
    model.architecture = QString::fromStdString(file.facts->architecture);
    model.quantisation = QString::fromStdString(file.facts->quantisation);
    model.context = static_cast<qint64>(file.facts->trainedWindow);
    return model;
}

ModelTransfer toWindow(const llm::UnfinishedFile& file) {
    ModelTransfer transfer;
    transfer.kind = ModelTransfer::Kind::Download;
    transfer.state = ModelTransfer::State::Paused;
    transfer.name = fileName(windowPath(file.name));
    transfer.source = QString::fromStdString(file.url);
    transfer.done = static_cast<qint64>(file.progress.done);
    if (file.progress.total) transfer.total = static_cast<qint64>(*file.progress.total);
    return transfer;
}

ModelServerOffer toWindow(const llm::LocalServer& server) {
    ModelServerOffer offer;
    offer.api = QString::fromLatin1(llm::name(server.api));
    offer.baseUrl = QString::fromStdString(server.baseUrl);
    for (const std::string& model : server.models) offer.models << QString::fromStdString(model);
    offer.problem = QString::fromStdString(server.problem.value_or(std::string()));
    return offer;
}

SpentMoney toWindow(const store::SpendingSums& sums) {
    const auto usd = [](std::int64_t pico) {
        return static_cast<double>(pico) / static_cast<double>(llm::kUsd);
    };
    return {usd(sums.dayPicoUsd), usd(sums.monthPicoUsd), sums.monthCallsWithoutPrice};
}

}  // namespace commonplace::ui

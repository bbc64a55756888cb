#include "ui/bridge/reading_model.h"

#include <utility>

#include "ui/bridge/chat_models.h"

namespace commonplace::ui {
namespace {

using document::ChatModel;
using document::ChatReply;
using document::ChatRequest;

class ReadingModel final : public ChatModel {
  public:
    ReadingModel(std::unique_ptr<ChatModel> model, OnReading onReading)
        : m_model(std::move(model)), m_onReading(std::move(onReading)) {}

    const std::string& id() const override { return m_model->id(); }
    std::size_t window() const override { return m_model->window(); }
    std::size_t learnWindow(std::stop_token stop) override { return m_model->learnWindow(std::move(stop)); }
    document::Place place() const override { return m_model->place(); }
    document::ModelServer server() const override { return m_model->server(); }
    const document::TokenCounter* counter() const override { return m_model->counter(); }
    std::optional<double> mostCostUsd(const ChatRequest& request) const override {
        return m_model->mostCostUsd(request);
    }
    Result<ChatReply> chat(const ChatRequest& request, const OnText& onText, std::stop_token stop) override {
        if (request.blocks && !request.blocks->passages.empty()) tell(request.blocks->passages.size());
        return m_model->chat(request, onText, std::move(stop));
    }

  private:
    void tell(std::size_t passages) const {
        PromptReading reading{shownModelName(QString::fromStdString(m_model->id())),
                              static_cast<int>(passages)};
        reading.since.start();
        m_onReading(reading);
    }

    const std::unique_ptr<ChatModel> m_model;
    const OnReading m_onReading;
};

}  // namespace

std::unique_ptr<document::ChatModel> tellingItsReading(std::unique_ptr<document::ChatModel> model,
                                                       OnReading onReading) {
    if (!model) return nullptr;
    return std::make_unique<ReadingModel>(std::move(model), std::move(onReading));
}

}  // namespace commonplace::ui

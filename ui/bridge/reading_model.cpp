#include "ui/bridge/reading_model.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace commonplace::ui {
namespace {

using document::ChatModel;
using document::ChatReply;
using document::ChatRequest;

/// A source is a file's name, then the page.
int filesOf(const std::vector<document::PassageBlock>& passages) {
    std::set<std::string> files;
    for (const document::PassageBlock& passage : passages)
        files.insert(passage.source.substr(0, passage.source.rfind(", p. ")));
    return static_cast<int>(files.size());
}

class ReadingModel final : public ChatModel {
  public:
    ReadingModel(std::unique_ptr<ChatModel> model, const QString& name, OnReading onReading)
        : m_model(std::move(model)), m_name(name), m_onReading(std::move(onReading)) {}

    const std::string& id() const override { return m_model->id(); }
    std::size_t window() const override { return m_model->window(); }
    document::WindowSource windowSource() const override { return m_model->windowSource(); }
    std::size_t learnWindow(std::stop_token stop) override { return m_model->learnWindow(std::move(stop)); }
    document::Place place() const override { return m_model->place(); }
    document::ModelServer server() const override { return m_model->server(); }
    const document::TokenCounter* counter() const override { return m_model->counter(); }
    std::optional<double> mostCostUsd(const ChatRequest& request) const override {
        return m_model->mostCostUsd(request);
    }
    Result<ChatReply> chat(const ChatRequest& request, const OnText& onText, std::stop_token stop) override {
        if (request.blocks && !request.blocks->passages.empty()) tell(request.blocks->passages);
        return m_model->chat(request, onText, std::move(stop));
    }

  private:
    void tell(const std::vector<document::PassageBlock>& passages) const {
        PromptReading reading{m_name, static_cast<int>(passages.size())};
        reading.since.start();
        reading.files = filesOf(passages);
        m_onReading(reading);
    }

    const std::unique_ptr<ChatModel> m_model;
    const QString m_name;
    const OnReading m_onReading;
};

}  // namespace

std::unique_ptr<document::ChatModel> tellingItsReading(std::unique_ptr<document::ChatModel> model,
                                                       const QString& name, OnReading onReading) {
    if (!model) return nullptr;
    return std::make_unique<ReadingModel>(std::move(model), name, std::move(onReading));
}

}  // namespace commonplace::ui

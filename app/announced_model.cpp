#include "app/announced_model.h"

#include <utility>

namespace commonplace::app {
namespace {

using document::ChatModel;
using document::ChatReply;
using document::ChatRequest;

class AnnouncedModel final : public ChatModel {
  public:
    AnnouncedModel(std::unique_ptr<ChatModel> model, OnDeparture onDeparture)
        : m_model(std::move(model)), m_onDeparture(std::move(onDeparture)) {}

    const std::string& id() const override { return m_model->id(); }
    std::size_t window() const override { return m_model->window(); }
    document::WindowSource windowSource() const override { return m_model->windowSource(); }
    std::size_t learnWindow(std::stop_token stop) override {
        if (windowSource() == document::WindowSource::NotAskedYet)
            m_onDeparture({m_model->server().address, 0, DepartureKind::WindowLook});
        return m_model->learnWindow(std::move(stop));
    }
    document::Place place() const override { return m_model->place(); }
    document::ModelServer server() const override { return m_model->server(); }
    const document::TokenCounter* counter() const override { return m_model->counter(); }
    std::optional<double> mostCostUsd(const ChatRequest& request) const override {
        return m_model->mostCostUsd(request);
    }
    Result<ChatReply> chat(const ChatRequest& request, const OnText& onText, std::stop_token stop) override {
        if (request.mayReach == document::Place::Elsewhere)
            m_onDeparture({m_model->server().address, request.blocks ? request.blocks->passages.size() : 0});
        return m_model->chat(request, onText, std::move(stop));
    }

  private:
    const std::unique_ptr<ChatModel> m_model;
    const OnDeparture m_onDeparture;
};

}  // namespace

std::unique_ptr<ChatModel> announced(std::unique_ptr<ChatModel> model, OnDeparture onDeparture) {
    return std::make_unique<AnnouncedModel>(std::move(model), std::move(onDeparture));
}

}  // namespace commonplace::app

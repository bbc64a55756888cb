#include "engine/llm/router.h"

#include <algorithm>
#include <utility>

namespace commonplace::llm {
namespace {

using document::ChatReply;
using document::ChatRequest;
using document::Place;

bool isAway(const Error& error) {
    return error.code() == ErrorCode::Network || error.code() == ErrorCode::Timeout ||
           error.code() == ErrorCode::Busy;
}

bool isFree(const Route& route) {
    return route.price && route.price->input == 0 && route.price->output == 0;
}

class Router final : public document::ChatModel {
  public:
    explicit Router(RouterParts parts) : m_parts(std::move(parts)), m_current(firstAwake()) {}

    const std::string& id() const override { return current().model->id(); }
    std::size_t window() const override { return current().model->window(); }
    document::WindowSource windowSource() const override { return current().model->windowSource(); }
    std::size_t learnWindow(std::stop_token stop) override {
        return current().model->learnWindow(std::move(stop));
    }
    Place place() const override { return current().model->place(); }
    document::ModelServer server() const override { return current().model->server(); }
    const document::TokenCounter* counter() const override { return current().model->counter(); }
    std::optional<double> mostCostUsd(const ChatRequest& request) const override {
        if (!current().price) return std::nullopt;
        return static_cast<double>(mostFor(*current().price, request)) / static_cast<double>(kUsd);
    }

    Result<ChatReply> chat(const ChatRequest& request, const OnText& onText, std::stop_token stop) override {
        Round round{request, onText, std::move(stop)};
        m_current = firstAwake();
        for (std::size_t tried = 0; tried < m_parts.routes.size(); ++tried) {
            // Who is asked first need not be first in the chain; the others follow in its order.
            const std::size_t index = tried == 0 ? m_current : tried <= m_first ? tried - 1 : tried;
            if (auto reply = tryRoute(index, round)) return std::move(*reply);
        }
        return nobody(round);
    }

  private:
    struct Round {
        const ChatRequest& request;
        const OnText& onText;
        std::stop_token stop;
        std::vector<std::string> notes = {};
        std::optional<Error> firstError = {};
        std::size_t neededWindow = 0;  ///< after somebody found the request too long
    };

    const Route& current() const { return m_parts.routes[m_current]; }

    /// When all of them cool down the preferred one is asked all the same.
    std::size_t firstAwake() {
        m_first = 0;
        for (std::size_t i = 0; i < m_parts.routes.size(); ++i) {
            if (isCooling(i) || !maySubstitute(i)) continue;
            m_first = i;
            break;
        }
        return m_first;
    }
    bool isCooling(std::size_t index) const {
        return m_parts.cooldowns->isCooling(m_parts.routes[index].name);
    }

    bool maySubstitute(std::size_t index) const {
        const Route& preferred = m_parts.routes.front();
        const Route& other = m_parts.routes[index];
        if (index == 0 || other.standby == Standby::ForAny) return true;
        const bool farther =
            preferred.model->place() == Place::ThisComputer && other.model->place() == Place::Elsewhere;
        return !farther && (isFree(other) || !isFree(preferred));
    }

    /// Why this route is not asked; nothing: it may be.
    std::optional<Error> objection(std::size_t index, const Round& round) {
        const Route& route = m_parts.routes[index];
        if (round.request.mayReach == Place::ThisComputer && route.model->place() == Place::Elsewhere)
            return Error(ErrorCode::Refused,
                         "it is not on this computer, and this question holds text that stays here");
        if (!maySubstitute(index))
            return Error(ErrorCode::Refused,
                         "it is not set to stand in for a model that is on this computer or free");
        const std::size_t needed = neededWindow(round);
        if (route.model->window() < needed) return tooSmall(route);
        if (auto why = overLimits(route, round.request)) return why;
        if (needed > 0 && route.model->learnWindow(round.stop) < needed) return tooSmall(route);
        return std::nullopt;
    }

    static Error tooSmall(const Route& route) {
        return Error(ErrorCode::Limit, "its window of " + std::to_string(route.model->window()) +
                                           " tokens is too small for this question");
    }

    static std::size_t neededWindow(const Round& round) {
        const auto counted = round.request.promptTokens;
        const auto whole = counted == 0 ? 0 : counted + static_cast<std::size_t>(round.request.maxTokens);
        return std::max(round.neededWindow, whole);
    }

    std::optional<Error> overLimits(const Route& route, const ChatRequest& request) {
        if (!m_parts.limits.any() || isFree(route)) return std::nullopt;
        const auto spent = m_parts.spending->spent();
        if (!spent) return spent.error().within("the sums of the spending limit cannot be read");
        std::optional<PicoUsd> most;
        if (route.price) most = mostFor(*route.price, request);
        const auto why = refusal(m_parts.limits, *spent, most);
        return why ? std::optional(Error(ErrorCode::Refused, *why)) : std::nullopt;
    }

    static PicoUsd mostFor(const Price& price, const ChatRequest& request) {
        return costOf(price, static_cast<std::int64_t>(promptTokens(request)), request.maxTokens);
    }

    /// Without a count: no tokenizer makes more tokens than bytes.
    static std::size_t promptTokens(const ChatRequest& request) {
        if (request.promptTokens > 0) return request.promptTokens;
        std::size_t bytes = 0;
        for (const document::Message& message : request.messages) bytes += message.text.size();
        return bytes;
    }

    /// Nothing: ask the next one.
    std::optional<Result<ChatReply>> tryRoute(std::size_t index, Round& round) {
        if (const auto why = objection(index, round)) {
            passOver(index, *why, round);
            return std::nullopt;
        }
        m_current = index;
        const Route& route = m_parts.routes[index];
        bool shown = false;
        auto reply = route.model->chat(
            round.request,
            [&](std::string_view piece) {
                shown = true;
                if (round.onText) round.onText(piece);
            },
            round.stop);
        if (reply) return finish(route, std::move(*reply), round);
        const Error error = reply.error();
        if (isAway(error)) m_parts.cooldowns->failed(route.name);
        if (error.code() == ErrorCode::Timeout)
            record(route, static_cast<long>(promptTokens(round.request)), 0, round.notes);
        if (shown || (!isAway(error) && error.code() != ErrorCode::Limit)) return Result<ChatReply>(error);
        if (error.code() == ErrorCode::Limit) round.neededWindow = route.model->window() + 1;
        passOver(index, error, round);
        return std::nullopt;
    }

    void passOver(std::size_t index, const Error& why, Round& round) {
        round.notes.push_back(m_parts.routes[index].name + " was not used: " + why.message());
        if (!round.firstError) round.firstError = why;
    }

    Result<ChatReply> finish(const Route& route, ChatReply reply, Round& round) {
        m_parts.cooldowns->succeeded(route.name);
        const auto prompt = reply.promptTokens.value_or(static_cast<long>(promptTokens(round.request)));
        // A piece of an answer is no token, but four bytes are about one.
        const auto completion = reply.completionTokens.value_or(static_cast<long>(reply.text.size() / 4 + 1));
        const auto cost = record(route, prompt, completion, round.notes);
        if (cost) reply.costUsd = static_cast<double>(*cost) / static_cast<double>(kUsd);
        reply.notes = std::move(round.notes);
        return reply;
    }

    /// What it cost; nothing: nobody knows.
    std::optional<PicoUsd> record(const Route& route, long prompt, long completion,
                                  std::vector<std::string>& notes) {
        std::optional<PicoUsd> cost;
        if (route.price) cost = costOf(*route.price, prompt, completion);
        if (isFree(route) || m_parts.spending == nullptr) return cost;
        if (const auto kept = m_parts.spending->record({route.model->id(), prompt, completion, cost}); !kept)
            notes.push_back("what it cost could not be recorded: " + kept.error().message());
        return cost;
    }

    static Result<ChatReply> nobody(const Round& round) {
        if (round.notes.size() < 2) return *round.firstError;
        std::string message = "no model could answer";
        for (const std::string& note : round.notes) message += "; " + note;
        return Error(round.firstError->code(), message);
    }

    RouterParts m_parts;
    std::size_t m_first = 0;
    std::size_t m_current = 0;
};

}  // namespace

Result<std::unique_ptr<document::ChatModel>> makeRouter(RouterParts parts) {
    if (parts.routes.empty()) return Error(ErrorCode::InvalidArgument, "a router needs a model");
    if (parts.limits.any() && parts.spending == nullptr)
        return Error(ErrorCode::InvalidArgument, "spending limits need somebody who keeps the sums");
    if (parts.cooldowns == nullptr) parts.cooldowns = std::make_shared<Cooldowns>();
    return std::unique_ptr<document::ChatModel>(std::make_unique<Router>(std::move(parts)));
}

}  // namespace commonplace::llm

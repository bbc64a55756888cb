#include "ui/bridge/chat_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}

QJsonObject toJson(const document::Citation& citation) {
    QJsonArray claims;
    for (const std::string& claim : citation.claims) claims.append(qt(claim));
    const bool placed = citation.verified && citation.span.has_value();
    return {{"n", citation.number},
            {"document", qt(citation.sha256)},
            {"path", storedPath(windowPath(citation.path))},
            {"title", qt(citation.title)},
            {"page", citation.page},
            {"page_label", qt(citation.pageLabel)},
            {"quote", qt(citation.quote)},
            {"verified", citation.verified},
            {"kind", document::name(citation.kind)},
            {"judged", citation.judged},
            {"claims", claims},
            {"better", citation.better},
            {"begin", placed ? static_cast<qint64>(citation.span->begin) : -1},
            {"end", placed ? static_cast<qint64>(citation.span->end) : -1}};
}

ChatCitation citationOf(const QJsonObject& json) {
    ChatCitation citation;
    Place& place = citation.place;
    place.number = json["n"].toInt();
    place.sha256 = json["document"].toString();
    place.path = pathFromStored(json["path"].toString());
    place.title = json["title"].toString();
    place.page = json["page"].toInt();
    place.pageLabel = json["page_label"].toString();
    place.quote = json["quote"].toString();
    place.begin = json["begin"].toInteger(-1);
    place.end = json["end"].toInteger(-1);
    citation.verified = json["verified"].toBool();
    citation.kind = document::parseCitationKind(json["kind"].toString().toStdString());
    citation.judged = json["judged"].toBool(true);
    for (const QJsonValue claim : json["claims"].toArray()) citation.claims.append(claim.toString());
    citation.better = std::max(json["better"].toInt(), 0);
    return citation;
}

QJsonObject toJson(const ChatCitation& citation) {
    const Place& place = citation.place;
    return {{"n", place.number},
            {"document", place.sha256},
            {"path", storedPath(place.path)},
            {"title", place.title},
            {"page", place.page},
            {"page_label", place.pageLabel},
            {"quote", place.quote},
            {"verified", citation.verified},
            {"begin", place.begin},
            {"end", place.end},
            {"kind", document::name(citation.kind)},
            {"judged", citation.judged},
            {"claims", QJsonArray::fromStringList(citation.claims)},
            {"better", citation.better}};
}

QJsonArray storedPaths(const QStringList& paths) {
    QJsonArray stored;
    for (const QString& path : paths) stored.append(storedPath(path));
    return stored;
}

template <class Values>
QJsonArray toArray(const Values& values) {
    QJsonArray array;
    for (const auto& value : values) array.append(toJson(value));
    return array;
}

QVector<ChatCitation> citationsOf(const QJsonValue& json) {
    QVector<ChatCitation> citations;
    for (const QJsonValue value : json.toArray()) citations.append(citationOf(value.toObject()));
    return citations;
}

template <class Number>
QJsonValue orNull(const std::optional<Number>& value) {
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonObject toJson(const answer::ContextReceipt& context) {
    QJsonArray parts, dropped;
    for (const auto& part : context.parts)
        parts.append(QJsonObject{{"name", qt(part.name)},
                                 {"tokens", static_cast<qint64>(part.tokens.tokens)},
                                 {"exact", part.tokens.exact}});
    for (const auto& part : context.dropped)
        dropped.append(QJsonObject{{"name", qt(part.name)}, {"why", qt(part.why)}});
    return {{"window", static_cast<qint64>(context.window)},
            {"used", static_cast<qint64>(context.used)},
            {"parts", parts},
            {"dropped", dropped}};
}

void readContext(const QJsonObject& json, ChatAnswer& answer) {
    answer.window = json["window"].toInteger();
    answer.used = json["used"].toInteger();
    for (const QJsonValue part : json["parts"].toArray())
        answer.parts.append({part["name"].toString(), part["tokens"].toInteger(), part["exact"].toBool()});
    for (const QJsonValue part : json["dropped"].toArray())
        answer.dropped.append({part["name"].toString(), part["why"].toString()});
}

QJsonValue toJson(const std::optional<answer::HistorySummary>& summary) {
    if (!summary) return {};
    return QJsonObject{{"text", qt(summary->text)},
                       {"turns", static_cast<qint64>(summary->turns)},
                       {"skipped", static_cast<qint64>(summary->skipped)}};
}

EarlierTurns earlierOf(const QJsonObject& json) {
    return {json["text"].toString(), std::max<qint64>(json["turns"].toInteger(), 0),
            std::max<qint64>(json["skipped"].toInteger(), 0)};
}

std::optional<qint64> countOf(const QJsonValue& json) {
    return json.isDouble() ? std::optional(json.toInteger()) : std::nullopt;
}

void readUsage(const QJsonObject& json, ChatAnswer& answer) {
    answer.promptTokens = countOf(json["prompt_tokens"]);
    answer.completionTokens = countOf(json["completion_tokens"]);
    if (json["cost_usd"].isDouble()) answer.costUsd = json["cost_usd"].toDouble();
}

void readFigures(const QJsonObject& json, ChatAnswer& answer) {
    answer.retrieveMs = json["timings"]["retrieve_ms"].toDouble();
    answer.firstTokenMs = json["timings"]["first_token_ms"].toDouble();
    answer.totalMs = json["timings"]["total_ms"].toDouble();
    answer.documents = json["coverage"]["documents"].toInteger();
    answer.withVectors = json["coverage"]["with_vectors"].toInteger();
    answer.filesRead = json["files_read"].toInt();
}

const char* nameOf(ModelReach reach) {
    switch (reach) {
        case ModelReach::ThisComputer:
            return "local";
        case ModelReach::Remote:
            return "remote";
        case ModelReach::None:
            break;
    }
    return "none";
}

ModelReach reachOf(const QString& name) {
    for (const ModelReach reach : {ModelReach::ThisComputer, ModelReach::Remote})
        if (name == QLatin1String(nameOf(reach))) return reach;
    return ModelReach::None;
}

QJsonObject toJson(const ChatMessage& message) {
    QJsonObject json{{"id", message.id},
                     {"role", message.speaker == Speaker::Person ? "user" : "assistant"},
                     {"created", message.created.toUTC().toString(Qt::ISODate)},
                     {"text", message.text}};
    if (message.speaker == Speaker::Person) return json;
    const ChatAnswer& answer = message.answer;
    json["mode"] = answer.mode == AnswerMode::Extractive ? "extractive" : "generative";
    json["model"] = answer.model;
    json["abstained"] = answer.abstained;
    json["error"] = answer.error.isEmpty() ? QJsonValue() : QJsonValue(answer.error);
    json["citations"] = toArray(answer.citations);
    json["nearest"] = toArray(answer.nearest);
    json["tokens"] = QJsonObject{{"window", answer.window}, {"used", answer.used}};
    json["files_read"] = answer.filesRead;
    return json;
}

QJsonArray toArray(const std::vector<std::string>& lines) {
    QJsonArray array;
    for (const std::string& line : lines) array.append(qt(line));
    return array;
}

QJsonArray sourcesOf(const answer::Answer& answer) {
    return QJsonArray::fromStringList(windowPaths(answer.sources));
}

}  // namespace

QByteArray toDetails(const answer::Answer& answer, const AnswerCircumstances& circumstances) {
    QJsonArray carried;
    for (const std::string& word : answer.carriedWords) carried.append(qt(word));
    const QJsonObject usage{
        {"prompt_tokens",
         answer.usage.promptTokens ? QJsonValue(qint64(*answer.usage.promptTokens)) : QJsonValue()},
        {"completion_tokens",
         answer.usage.completionTokens ? QJsonValue(qint64(*answer.usage.completionTokens)) : QJsonValue()},
        {"cost_usd", orNull(answer.usage.costUsd)}};
    const QJsonObject timings{{"retrieve_ms", answer.timings.retrieveMs},
                              {"first_token_ms", answer.timings.firstTokenMs},
                              {"total_ms", answer.timings.totalMs}};
    const QJsonObject coverage{{"documents", static_cast<qint64>(answer.coverage.documents)},
                               {"with_vectors", static_cast<qint64>(answer.coverage.withVectors)}};
    const QJsonObject json{{"mode", answer::name(answer.mode)},
                           {"model", qt(answer.model)},
                           {"choice", circumstances.choice},
                           {"endpoint", nameOf(circumstances.reach)},
                           {"abstained", answer.abstained},
                           {"stopped", circumstances.stopped},
                           {"error", answer.error ? QJsonValue(qt(*answer.error)) : QJsonValue()},
                           {"citations", toArray(answer.citations)},
                           {"nearest", toArray(answer.nearest)},
                           {"carried_words", carried},
                           {"searched_for", qt(answer.searchedFor)},
                           {"notes", toArray(answer.notes)},
                           {"sources", sourcesOf(answer)},
                           {"history_summary", toJson(answer.historySummary)},
                           {"context", toJson(answer.context)},
                           {"usage", usage},
                           {"timings", timings},
                           {"coverage", coverage},
                           {"files_read", answer.filesRead}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

ChatAnswer fromDetails(const QByteArray& bytes) {
    ChatAnswer answer;
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    if (json.isEmpty()) answer.state = AnswerState::Interrupted;
    if (json["mode"].toString() == QLatin1String("generative")) answer.mode = AnswerMode::Generative;
    answer.model = json["model"].toString();
    answer.choice = json["choice"].toString();
    answer.reach = reachOf(json["endpoint"].toString());
    answer.abstained = json["abstained"].toBool();
    answer.stopped = json["stopped"].toBool();
    answer.error = json["error"].toString();
    answer.citations = citationsOf(json["citations"]);
    answer.nearest = citationsOf(json["nearest"]);
    for (const QJsonValue word : json["carried_words"].toArray()) answer.carriedWords.append(word.toString());
    answer.searchedFor = json["searched_for"].toString();
    for (const QJsonValue note : json["notes"].toArray()) answer.notes.append(note.toString());
    for (const QJsonValue path : json["sources"].toArray()) answer.sources.append(path.toString());
    answer.historySummary = earlierOf(json["history_summary"].toObject());
    readContext(json["context"].toObject(), answer);
    readUsage(json["usage"].toObject(), answer);
    readFigures(json, answer);
    return answer;
}

QByteArray toScope(const QStringList& paths) {
    return QJsonDocument(storedPaths(paths)).toJson(QJsonDocument::Compact);
}

QStringList fromScope(const QByteArray& json) {
    QStringList paths;
    for (const QJsonValue path : QJsonDocument::fromJson(json).array())
        if (path.isString()) paths.append(pathFromStored(path.toString()));
    return paths;
}

QJsonObject toJson(const Chat& chat) {
    QJsonArray messages;
    for (const ChatMessage& message : chat.messages) messages.append(toJson(message));
    return {{"title", chat.title}, {"scope", storedPaths(chat.scope)}, {"messages", messages}};
}

}  // namespace commonplace::ui

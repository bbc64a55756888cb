// AppSettings: what the settings page shows, as the window's plain values, and the way there and back. Pure,
// any thread.
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

namespace commonplace::config {
struct Settings;
}

namespace commonplace::ui {

/// Where one model is found. A file travels as paths do in the window (paths.h).
struct ModelSpot {
    QString api = QStringLiteral("openai");  ///< openai, anthropic, ollama, or local
    QString baseUrl;                         ///< empty for local
    QString model;                           ///< empty: the endpoint's first; for local the file
    int contextWindow = 8192;                ///< tokens
    bool isLocalFile() const { return api == QLatin1String("local") && !model.isEmpty(); }
    bool isSet() const { return !baseUrl.isEmpty() || isLocalFile(); }
    bool operator==(const ModelSpot&) const = default;
};

enum class StandIn { OnlyAlike, ForAny };
struct FallbackSpot {
    ModelSpot spot;
    StandIn standIn = StandIn::OnlyAlike;
    bool operator==(const FallbackSpot&) const = default;
};

struct AppSettings {
    QString api = QStringLiteral("openai");  ///< as ModelSpot::api
    QString baseUrl;                         ///< empty, and no file: no model, answers are quotations
    QString model;                           ///< empty: the endpoint's first; a file when api is local
    int contextWindow = 8192;
    int maxAnswerTokens = 1024;
    ModelSpot small;  ///< not set: follow-ups are understood without a model
    QVector<FallbackSpot> fallbacks;
    QString
        embeddingUrl;  ///< where passages become vectors, when a server does it; EmbeddingBridge changes it
    double perDayUsd = 0;  ///< 0: no limit
    double perMonthUsd = 0;
    QStringList localOnly;  ///< folders that no model elsewhere gets to see
    QStringList ignoredNames;
    int maxFileMiB = 512;
    int workers = 0;  ///< 0: one per core
    int results = 10;
    ModelSpot spot() const { return {api, baseUrl, model, contextWindow}; }
    bool operator==(const AppSettings&) const = default;
};

/// What a person types for a model: URL#MODEL, or the path of a .gguf file; empty: none.
struct TypedSpot {
    ModelSpot spot;
    QString problem;  ///< one line; empty: it is usable
};
TypedSpot parseSpot(const QString& text);
QString spotText(const ModelSpot& spot);

AppSettings fromEngine(const config::Settings& settings);
/// `settings` with what differs between `before` and `now`: what another process has changed meanwhile, and
/// what the window does not show, stays.
config::Settings withChanges(config::Settings settings, const AppSettings& before, const AppSettings& now);

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::AppSettings)

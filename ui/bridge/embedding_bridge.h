// EmbeddingBridge: the model that finds passages by meaning: which one searches use, the change to another
// one, and the way back. The new vectors are made beside the old ones, which serve searches until then.
// Thread: lives in the GUI thread, its signals arrive there; the work is on its lanes.
#pragma once

#include <QMetaType>
#include <QObject>
#include <QString>
#include <functional>

#include "engine/base/result.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/lane.h"

namespace commonplace::config {
struct EmbeddingSettings;
}

namespace commonplace::ui {

/// Models as a person types them (parseEmbedding() of the engine).
struct EmbeddingState {
    QString active;    ///< empty: there are no vectors yet
    QString building;  ///< empty: none is on its way
    qint64 done = 0;   ///< passages, of the one on its way
    qint64 total = 0;
    QString previous;  ///< what an undo goes back to; empty: nothing
    QString problem;   ///< why a model could not be used last time
};

/// May the text of the documents leave this computer for their vectors? All of it would.
enum class SendDocuments { No, Yes };

struct EmbeddingChoice {
    QString model;  ///< "builtin", a GGUF file, URL#MODEL or API:URL#MODEL of a server
    SendDocuments sendDocuments = SendDocuments::No;  ///< Yes: to this server, and to no other
};
/// Where the texts would go; empty: nowhere, or no model that the program knows.
QString addressOf(const EmbeddingChoice& choice);
/// The same, and Remote for a model that a server on this computer only hands on.
Destination destinationOf(const EmbeddingChoice& choice);

/// Sees to it that the key of the server at this address can be had, and then (or at once) calls `then`, in
/// the GUI thread and not after the bridge is gone.
using FetchKey = std::function<void(const QString& baseUrl, std::function<void()> then)>;

class EmbeddingBridge final : public QObject {
    Q_OBJECT
  public:
    /// Without `fetchKey` servers are asked with the keys that are there.
    explicit EmbeddingBridge(Host& host, FetchKey fetchKey = {}, QObject* parent = nullptr);
    ~EmbeddingBridge() override;

    /// changed() follows.
    void refresh();
    /// changed() follows, and again while the vectors are made; failed() when the model cannot be used, and
    /// then nothing has changed. A server elsewhere is asked nothing without SendDocuments::Yes, while the
    /// program is offline, or while a folder is for this computer only; nor is any before its key was looked
    /// up. A newer choice, or undo(), replaces one that still waits for that.
    void choose(const EmbeddingChoice& choice);
    /// Ends the making of new vectors, or goes back to the model before.
    void undo();

  signals:
    void changed(const commonplace::ui::EmbeddingState& state);
    /// The settings name another model now. `baseUrl`: of its server; empty: it has none.
    void switched(const QString& baseUrl);
    void failed(const QString& reason);

  private:
    void begin(const EmbeddingChoice& choice);
    Result<void> keep(const config::EmbeddingSettings& embedding);
    void tellState(library::Library& library);
    void build(library::Library& library, const std::stop_token& stop);

    Host& m_host;
    const FetchKey m_fetchKey;
    int m_newestChoice = 0;
    Lane m_building;
    Lane m_short;  // posts to m_building, so it ends first
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::EmbeddingState)

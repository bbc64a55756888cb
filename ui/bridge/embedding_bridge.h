// EmbeddingBridge: the model that finds passages by meaning: which one searches use, the change to another
// one, and the way back. The new vectors are made beside the old ones, which serve searches until then.
// Thread: lives in the GUI thread, its signals arrive there; the work is on its lanes.
#pragma once

#include <QMetaType>
#include <QObject>
#include <QString>

#include "ui/bridge/lane.h"

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

class EmbeddingBridge final : public QObject {
    Q_OBJECT
  public:
    explicit EmbeddingBridge(Host& host, QObject* parent = nullptr);
    ~EmbeddingBridge() override;

    /// changed() follows.
    void refresh();
    /// "builtin", a GGUF file, or URL#MODEL of a server on this computer. changed() follows, and again while
    /// the vectors are made; failed() when the model cannot be used, and then nothing has changed.
    void choose(const QString& model);
    /// Ends the making of new vectors, or goes back to the model before.
    void undo();

  signals:
    void changed(const commonplace::ui::EmbeddingState& state);
    void failed(const QString& reason);

  private:
    void tellState(library::Library& library);
    void build(library::Library& library, const std::stop_token& stop);

    Host& m_host;
    Lane m_building;
    Lane m_short;  // posts to m_building, so it ends first
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::EmbeddingState)

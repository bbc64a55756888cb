// An answer's details as JSON in library.db (engine/store/SCHEMA.md, `message.details`), both ways. Pure
// functions.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include "engine/answer/answerer.h"
#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

struct AnswerCircumstances {
    ModelReach reach = ModelReach::None;
    bool stopped = false;
    QString choice = {};  ///< as ChatAnswer::choice
};

QByteArray toDetails(const answer::Answer& answer, const AnswerCircumstances& circumstances);
/// Anything that is not there or of the wrong kind becomes the default: the database may be of another
/// version.
ChatAnswer fromDetails(const QByteArray& json);

QByteArray toScope(const QStringList& paths);
QStringList fromScope(const QByteArray& json);

/// The whole branch, for export.
QJsonObject toJson(const Chat& chat);

}  // namespace commonplace::ui

// Finding words in the text of a document: upper and lower case are one, any run of white space is a space,
// soft hyphens count as nothing. Pure; any thread.
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>
#include <stop_token>

#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

/// `pages`: the texts. An empty query finds nothing.
FindResults findInPages(const QString& query, const QStringList& pages, const std::stop_token& stop);

}  // namespace commonplace::ui

// Which citation a marker in an answer's text stands for. One number may have several: a quotation each, and
// references for the claims that it supports and for those that it does not. Pure functions.
#pragma once

#include <QString>
#include <QVector>

#include "ui/bridge/chat_types.h"
#include "ui/bridge/safe_document.h"

namespace commonplace::ui {

enum class CitationRelation {
    None,      ///< no citation has the number
    Number,    ///< a plain claim: its reference, else (older answers) what proves the number best
    Unclear,   ///< one of several references of the number, and nobody knows which: no finding is shown
    OwnQuote,  ///< the marker follows the quotation of this citation
};

struct MarkerCitation {
    int index = -1;  ///< in the list of citations
    CitationRelation relation = CitationRelation::None;
};

class CitationMatcher final {
  public:
    explicit CitationMatcher(const QVector<ChatCitation>& citations);

    /// For every number of every marker of `text`, a paragraph as it is shown or a whole text as it is
    /// written. `markers` are those of `text`.
    QVector<QVector<MarkerCitation>> match(const QString& text, const QVector<CitationMarker>& markers) const;

  private:
    /// A number of a marker at `at` of `text`, which has these markers.
    struct Spot {
        int number;
        qsizetype at;
        const QString& text;
        const QVector<CitationMarker>& markers;
    };
    /// Of several references, the one with a claim that stands nearest; Unclear where none of their claims is
    /// found, or only with another marker of the number.
    MarkerCitation nearest(const QVector<int>& references, const Spot& spot) const;
    MarkerCitation plain(const Spot& spot) const;
    MarkerCitation quoted(int number, const QString& before) const;

    struct Known {
        int number = 0;
        bool missing = false;  ///< its quote was not found
        bool reference = false;
        QString bones;            ///< of its quote
        QStringList claims = {};  ///< their bones, as written and as shown
    };
    QVector<Known> m_known;
};

}  // namespace commonplace::ui

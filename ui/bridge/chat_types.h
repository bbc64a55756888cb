// What the window knows of conversations: plain values in Qt's types, copied freely between threads.
#pragma once

#include <QDateTime>
#include <QElapsedTimer>
#include <QString>
#include <QStringList>
#include <QVector>
#include <optional>

#include "engine/document/document.h"
#include "ui/bridge/types.h"

namespace commonplace::ui {

struct ChatCitation {
    Place place;  ///< number 0: a quotation that stands in no passage; it has no place
    /// A quotation: the quote stands, word for word, on that page. A reference: the passage supports what it
    /// is cited for; its quote is the passage's nearest sentence.
    bool verified = false;
    document::CitationKind kind = document::CitationKind::Quotation;
    bool judged = true;  ///< false: a reference that nothing can be said of; it is not verified either
    QStringList claims;  ///< of a reference: what it is cited for, in the words of the answer
    int better =
        0;  ///< of a reference without support: the number of a passage that says more of it; 0: none
    bool isReference() const { return kind == document::CitationKind::Reference; }
    /// Another passage says more of it, which does not make this one wrong.
    bool isContested() const { return isReference() && !verified && better > 0; }
    bool lacksSupport() const { return isReference() && judged && !verified && !isContested(); }
    bool isUnjudged() const { return isReference() && !judged && !isContested(); }
    bool isMissing() const { return !isReference() && !verified && !place.quote.isEmpty(); }
};

inline PlaceFinding findingOn(const ChatCitation& citation) {
    if (citation.lacksSupport() || citation.isMissing()) return PlaceFinding::Failed;
    return citation.isContested() || citation.isUnjudged() ? PlaceFinding::Open : PlaceFinding::None;
}

struct ReceiptPart {
    QString name;
    qint64 tokens = 0;
    bool exact = false;  ///< false: an estimate
};
struct ReceiptDrop {
    QString name;
    QString why;
};

/// What a small model made of the oldest turns of a conversation; no text: nothing.
struct EarlierTurns {
    QString text;
    qint64 turns = 0;    ///< it stands for the oldest ones up to here,
    qint64 skipped = 0;  ///< but not for these
};

enum class AnswerMode { Extractive, Generative };
enum class AnswerState {
    Writing,
    Finished,
    Interrupted,  ///< the program ended before the answer did; what had come is there
};
/// Whose turn it is before an answer goes on.
enum class WaitsFor {
    Program,
    Person,  ///< who is asked whether texts may leave this computer
};
/// Where the model that wrote an answer runs.
enum class ModelReach { None, ThisComputer, Remote };

/// A model reads what was found, and its first word has not come yet.
struct PromptReading {
    QString model;     ///< as people see it; empty: it has no name
    int passages = 0;  ///< of documents, in the prompt
    QElapsedTimer since = {};
    int files = 0;  ///< that the passages are of
};

/// Everything about an answer but its text.
struct ChatAnswer {
    AnswerMode mode = AnswerMode::Extractive;
    AnswerState state = AnswerState::Finished;
    QString model;
    QString choice;  ///< of the conversation when it was asked, as ChatModel::choice
    ModelReach reach = ModelReach::None;
    bool abstained = false;
    bool stopped = false;  ///< by the person; not an error
    QString error;         ///< one line; why the stream broke, or why nothing came
    QVector<ChatCitation> citations;
    QVector<ChatCitation> nearest;  ///< when it abstained
    QStringList carriedWords;       ///< taken over from the question before
    QString searchedFor;            ///< the question as it was rewritten for the search; may be empty
    QString question;               ///< that it answers
    QStringList notes;              ///< one line each: models passed over, and the like
    QStringList sources;            ///< paths of all documents that it was made from
    EarlierTurns historySummary;    ///< what stood for turns that no longer fit
    qint64 window = 0;              ///< tokens; 0: nothing was sent anywhere
    qint64 used = 0;
    QVector<ReceiptPart> parts;
    QVector<ReceiptDrop> dropped;
    std::optional<qint64> promptTokens, completionTokens;  ///< as the server counted them
    std::optional<double> costUsd;
    double retrieveMs = 0, firstTokenMs = 0, totalMs = 0;
    qint64 documents = 0, withVectors = 0;  ///< of the library, when it was asked
    int filesRead = 0;
    std::optional<PromptReading> reading;   ///< of an answer without a word yet; nothing: still searching
    WaitsFor waitsFor = WaitsFor::Program;  ///< while it is written
};

enum class Speaker { Person, Program };

struct ChatMessage {
    qint64 id = 0;
    qint64 parent = 0;  ///< 0: begins the conversation
    Speaker speaker = Speaker::Person;
    QString text;  ///< Markdown; a question is plain text
    QDateTime created;
    QVector<qint64> siblings;  ///< all versions in the order of their making, this one among them
    ChatAnswer answer;         ///< of the program's messages
};

/// Whether questions may be sent to a server that is not this computer.
enum class Consent { Refused, Given };

/// A model that can answer a conversation, as people see it.
struct ChatModel {
    QString choice;  ///< empty: the library's default, whatever that is; else as chat_models.h says
    QString name;    ///< "qwen2.5-7b"; empty: none, answers are quotations
    QString where;   ///< "in this program", "127.0.0.1:11434", "api.example.org"
    QString remote;  ///< the host that questions go to outside of this computer; empty: none
    QString
        helper;  ///< the host outside of this computer that makes titles and reads follow-ups; may be empty
    QStringList standIns;  ///< hosts elsewhere that are asked when it cannot answer
    Consent consent =
        Consent::Refused;  ///< of `remote`; Refused: the person is asked before anything is sent
    QString baseUrl;       ///< of its server; empty: it has none
    QString problem;       ///< one line: why it cannot answer any more; empty: nothing is known
    bool operator==(const ChatModel&) const = default;
};

/// A conversation as it is shown: the messages of its current branch.
struct Chat {
    qint64 id = 0;  ///< 0: not begun yet
    QString title;
    QString draft;
    QStringList scope;  ///< paths; empty: all documents
    QVector<ChatMessage> messages;
    ChatModel model;  ///< who answers the next question
};

enum class Pin { No, Yes };

struct ChatSummary {
    qint64 id = 0;
    QString title;
    QDateTime updated;
    Pin pin = Pin::No;
    QString excerpt;  ///< where a search found its words
};

struct AskRequest {
    qint64 conversation = 0;  ///< 0: begins a new one
    qint64 parent = 0;        ///< the answer it follows; 0: begins the conversation (anew)
    QString question;
    QStringList scope;
    QString model = {};  ///< for a new conversation, as ChatModel::choice; another one has its own
};

/// How much of the library can answer at the moment.
struct LibraryFacts {
    qint64 files = 0;
    qint64 filesRead = 0;
    bool hasSampleLibrary = false;
    ChatModel model;      ///< the default
    QStringList meaning;  ///< hosts elsewhere that make vectors of questions and documents
};

/// Where texts can go outside of this computer. Hosts; empty: nowhere.
struct PlacesElsewhere {
    QString answers;                     ///< gets questions and the passages found for them
    Consent consent = Consent::Refused;  ///< of `answers`; Refused: not before the person has allowed it
    QStringList standIns;                ///< get the same when the model that answers cannot
    QString helper;                      ///< gets questions and answers, for titles and follow-ups
    QStringList meaning;                 ///< get questions and the text of all documents, for their vectors
    bool isEmpty() const {
        return answers.isEmpty() && standIns.isEmpty() && helper.isEmpty() && meaning.isEmpty();
    }
    bool operator==(const PlacesElsewhere&) const = default;
};

enum class ExportFormat { Markdown, Html, Pdf, Json };

}  // namespace commonplace::ui

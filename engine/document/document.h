// The nouns that flow through the engine: Document, Page, Heading, Span, Chunk. Plain values, no behaviour
// beyond names.
//
// A *document* is a file's content; its identity is the SHA-256 of its bytes. A *page* is a unit of its text;
// formats without pages (Markdown, HTML, text) have exactly one page whose `number` is 0. All offsets are
// bytes of UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::document {

/// The outcome of extraction, as the ledger shows it. Stored as text (name()); the names never change.
enum class Status {
    Pending,      ///< known, not extracted yet
    Indexed,      ///< every page that can have text has been read
    Partial,      ///< text was read, but the file is damaged or some of its pages failed
    NoText,       ///< opens, but holds no text layer
    Encrypted,    ///< needs a password
    Damaged,      ///< cannot be opened, or has no pages
    Unsupported,  ///< not a format this build reads, or skipped by a rule; the reason says which
    TooBig,       ///< over the limit for files, memory or text
    TimedOut,     ///< extraction took longer than its limit
    Quarantined,  ///< the worker died on it twice; retried only on request or when its bytes change
    Unreadable,   ///< the file could not be read
};
const char* name(Status status);
std::optional<Status> parseStatus(std::string_view name);
/// True for the outcomes that count as failed in summaries: everything but Pending, Indexed, Partial, NoText,
/// Unsupported.
bool isFailure(Status status);

enum class Format { Unknown, Pdf, Markdown, Html, Text };
const char* name(Format format);
std::optional<Format> parseFormat(std::string_view name);

struct Page {
    int number = 0;  ///< 1-based index in the file; 0 where the format has no pages
    std::string
        label;  ///< the label printed or declared in the file ("iv", "A-3"); empty if the file declares none
    std::string text;  ///< valid UTF-8, in reading order; what every Span and every proof refers to
};

/// A heading found in the text. Headings are in document order.
struct Heading {
    int page = 0;           ///< index into ExtractedDocument::pages
    std::size_t begin = 0;  ///< where the heading's own text starts in that page
    int level = 1;          ///< 1 (top) to 6
    std::string text;       ///< one line
};

/// What extraction makes of a file.
struct ExtractedDocument {
    Status status = Status::Pending;
    std::string reason;  ///< one line for people; empty for Indexed
    Format format = Format::Unknown;
    std::string title;  ///< from the file's metadata or first heading; empty if there is none
    std::vector<Page> pages;
    std::vector<Heading> headings;
    int pagesWithoutText = 0;
};

/// A range of one page's text.
struct Span {
    int page = 0;  ///< index into the document's pages (0-based; page.number says what people call it)
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Span&) const = default;
};

/// The first 16 bytes of the SHA-256 of a segment's text: equal text, equal vector, nothing embedded twice.
using SegmentHash = std::string;

/// A part of a chunk's text that gets one vector: at most 80 words, never across a page.
struct Segment {
    std::size_t begin = 0;  ///< byte range of Chunk::text
    std::size_t end = 0;
    SegmentHash hash;
};

/// A retrievable passage of about 200 words.
struct Chunk {
    int ordinal = 0;          ///< 0, 1, 2 … within the document
    std::vector<Span> spans;  ///< where its words stand: one or two consecutive pages, in order
    std::string text;         ///< the words, cleaned for search: ligatures and line-end hyphens resolved
    std::string heading;      ///< the path of headings above it, "Install › Linux"; may be empty
    std::vector<Segment> segments;
};

/// What a citation is for. Stored as text (name()); the names never change.
enum class CitationKind {
    Quotation,  ///< the answer gives the words as verbatim
    Reference,  ///< a number without a quotation, behind a sentence of the answer's own
};
const char* name(CitationKind kind);  ///< "quotation", "reference"
/// What was stored before there were kinds counts as a quotation.
CitationKind parseCitationKind(std::string_view name);

/// A numbered reference of an answer to a span of a document. Survives a rebuild of the index: no row ids.
struct Citation {
    int number = 0;      ///< as in "[1]"
    std::string sha256;  ///< the document (64 hex digits)
    std::string path;    ///< where it was last seen
    std::string title;
    int page = 0;  ///< 1-based; 0 where the format has no pages
    std::string pageLabel;
    std::string quote;  ///< the quoted words, white space collapsed
    /// A quotation: the quote stands in the stored text of that page (answer/proof.h). A reference: its
    /// passage also supports what it is cited for (answer/reference.h); the quote is a sentence of that
    /// passage.
    bool verified = false;
    std::optional<Span> span;  ///< where the quote stands, when it was found
    CitationKind kind = CitationKind::Quotation;
    /// False for a reference that is neither verified nor found wanting (answer/reference.h): nothing is
    /// claimed with it, or in another language than its passage's, or it is contested (`better`).
    bool judged = true;
    /// Of a reference: what it is cited for, in the words of the answer, one for each of its places; of long
    /// ones the end. One number that is cited twice, once rightly and once wrongly, is two references.
    std::vector<std::string> claims = {};
    /// Of a contested reference: the number of the passage that says clearly more of its claims than its own
    /// does, which says half of them; 0: it is not contested.
    int better = 0;
};

/// What was found out about a citation: the one place that reads `kind`, `verified`, `judged` and `better`
/// together.
enum class Verdict {
    Proven,        ///< a quotation that stands there
    NotProven,     ///< one that does not
    Supported,     ///< a reference whose passage says what it is cited for
    NotSupported,  ///< one whose passage does not
    Contested,     ///< one whose passage says half of it, and another one says more: no fault by itself
    NotJudged,     ///< one of which words tell nothing
};
Verdict verdictOf(const Citation& citation);

/// How the citations of an answer are summed up for people: what is quoted is proven, what is referred to is
/// only supported.
struct CitationCounts {
    int quotations = 0;
    int proven = 0;  ///< of the quotations
    int references = 0;
    // Of the references:
    int supported = 0;
    int unsupported = 0;
    int contested = 0;
    int unjudged = 0;
    void add(Verdict verdict);
};
CitationCounts countsOf(const std::vector<Citation>& citations);

/// "p. iv (6)": what stands on the page, and its index; "p. 6" where both are the same or nothing stands
/// there; empty where the format has no pages.
std::string pageText(int page, const std::string& label);

struct PageName {
    int page = 0;
    std::string label;
};
/// The same for a passage that may go on to the next page: "p. iv–v (6–7)", "p. 6–7".
std::string pagesText(const PageName& first, const PageName& last);

}  // namespace commonplace::document

#include "tests/engine/answer/small_library.h"

#include <stdexcept>

#include "engine/base/hash.h"
#include "engine/chunk/chunker.h"

namespace commonplace::answer {
namespace {

template <class T>
T need(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message());
    return std::move(*result);
}

void addLine(TestFile& file, std::string_view line) {
    if (line.starts_with("---")) {
        const std::string label(base::trim(line.substr(3)));
        file.pages.push_back({static_cast<int>(file.pages.size()) + 1, label, ""});
        return;
    }
    if (file.pages.empty()) file.pages.push_back({});
    file.pages.back().text += std::string(line) + "\n";
}

std::string fileName(const std::string& path) {
    return std::filesystem::path(path).filename().native();
}

const char* said(document::Verdict verdict) {
    switch (verdict) {
        case document::Verdict::Proven:
            return " proven: ";
        case document::Verdict::NotProven:
            return " NOT FOUND: ";
        case document::Verdict::Supported:
            return " supported: ";
        case document::Verdict::NotSupported:
            return " NOT SUPPORTED: ";
        case document::Verdict::Contested:
            return " contested: ";
        case document::Verdict::NotJudged:
            return " not judged: ";
    }
    return "";
}

std::string shown(const document::Citation& citation) {
    std::string text = "[" + std::to_string(citation.number) + "] " + fileName(citation.path);
    if (citation.page > 0) text += " " + document::pageText(citation.page, citation.pageLabel);
    return text + said(document::verdictOf(citation)) + citation.quote + "\n";
}

}  // namespace

std::vector<TestFile> filesFrom(std::string_view text) {
    std::vector<TestFile> files;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("=== "))
            files.push_back({std::string(line.substr(4)), {}});
        else if (!files.empty())
            addLine(files.back(), line);
    }
    return files;
}

SmallLibrary::SmallLibrary(const std::vector<TestFile>& files, const document::Embedder* embedder)
    : m_embedder(embedder) {
    m_store = need(store::IndexStore::open(m_folder / "index.db", store::Access::Checkpointer));
    if (embedder != nullptr) {
        m_space = need(m_store->space(embedder->fingerprint(), embedder->dimension(),
                                      store::IndexStore::IfMissing::Create));
        m_vectors = std::make_unique<vector::ResidentIndex>(embedder->dimension());
    }
    for (const TestFile& file : files) add(file);
    if (embedder != nullptr) addVectors();
    m_retriever = std::make_unique<retrieve::Retriever>(
        retrieve::Sources{*m_store, m_vectors.get(), embedder, m_space});
}

void SmallLibrary::add(const TestFile& file) {
    store::NewDocument document;
    document.content.status = document::Status::Indexed;
    document.content.format = file.pages.size() == 1 && file.pages[0].number == 0 ? document::Format::Markdown
                                                                                  : document::Format::Pdf;
    document.content.pages = file.pages;
    std::string bytes = file.path;
    for (const document::Page& page : file.pages) bytes += page.text;
    document.sha256 = base::sha256Hex(bytes);
    document.bytes = bytes.size();
    document.extractor = "test";
    document.chunks = chunk::chunks(document.content);
    need(m_store->storeDocument(document, {file.path, bytes.size(), 1}));
}

void SmallLibrary::addVectors() {
    for (auto pending = need(m_store->pendingChunks(m_space, 100)); !pending.empty();
         pending = need(m_store->pendingChunks(m_space, 100))) {
        std::vector<std::string_view> texts;
        std::vector<store::NewVector> rows;
        for (const store::PendingChunk& chunk : pending)
            for (const document::Segment& segment : chunk.segments)
                texts.push_back(
                    std::string_view(chunk.text).substr(segment.begin, segment.end - segment.begin));
        const document::Vectors vectors = need(m_embedder->embed(texts, {}));
        for (const store::PendingChunk& chunk : pending)
            for (std::size_t i = 0; i < chunk.segments.size(); ++i)
                rows.push_back({chunk.chunk, static_cast<int>(i), chunk.segments[i].hash,
                                vector::pack(vectors.row(rows.size()))});
        if (const auto stored = m_store->storeVectors(m_space, rows); !stored)
            throw std::runtime_error(stored.error().message());
    }
    const auto add = [&](const store::VectorRow& row) -> Result<void> {
        const vector::Row one{row.document, row.chunk, row.packed};
        return m_vectors->add(std::span(&one, 1));
    };
    need(m_store->vectorsAfter(m_space, 0, add, {}));
}

Answer SmallLibrary::ask(std::string_view question, document::ChatModel* model) const {
    Question asked;
    asked.text = question;
    return ask(asked, model);
}

Answer SmallLibrary::ask(const Question& question, document::ChatModel* model) const {
    return need(answer(question, backends(model), {}, {}));
}

Evidence SmallLibrary::evidence(std::string_view question) const {
    retrieve::Query query;
    query.text = question;
    return need(Evidence::read(*m_store, need(m_retriever->search(query)).passages));
}

QuestionWords SmallLibrary::words(std::string_view question, const std::vector<std::string>& carried,
                                  Language language) const {
    return need(QuestionWords::weigh(*m_store, question, carried, language));
}

std::string shown(const Answer& answer) {
    std::string text =
        std::string(name(answer.mode)) + (answer.abstained ? ", abstained" : "") + "\n" + answer.text + "\n";
    if (answer.error) text += "error: " + *answer.error + "\n";
    for (const std::string& word : answer.carriedWords) text += "carried: " + word + "\n";
    for (const document::Citation& citation : answer.citations) text += shown(citation);
    for (const document::Citation& citation : answer.nearest) text += "nearest " + shown(citation);
    for (const ContextPart& part : answer.context.parts) text += "read: " + part.name + "\n";
    for (const DroppedPart& part : answer.context.dropped) text += "left out: " + part.name + "\n";
    return text;
}

}  // namespace commonplace::answer

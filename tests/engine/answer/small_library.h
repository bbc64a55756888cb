// A small library in a temporary folder, with what a question needs to be asked.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/answer/evidence.h"
#include "engine/answer/question_words.h"
#include "engine/vector/resident_index.h"
#include "tests/support/temp_folder.h"

namespace commonplace::answer {

struct TestFile {
    std::string path;                   ///< absolute, "/lib/handbook.pdf"
    std::vector<document::Page> pages;  ///< one with number 0 for formats without pages
};

/// "=== /lib/a.pdf" begins a file, "--- iv" a page of it (a label, or nothing); a file without "---" has one
/// page, number 0.
std::vector<TestFile> filesFrom(std::string_view text);

class SmallLibrary {
  public:
    /// With an embedder the passages have vectors.
    explicit SmallLibrary(const std::vector<TestFile>& files, const document::Embedder* embedder = nullptr);
    explicit SmallLibrary(std::string_view files, const document::Embedder* embedder = nullptr)
        : SmallLibrary(filesFrom(files), embedder) {}

    Backends backends(document::ChatModel* model = nullptr) const {
        return {*m_retriever, *m_store, m_embedder, model};
    }
    Answer ask(std::string_view question, document::ChatModel* model = nullptr) const;
    Answer ask(const Question& question, document::ChatModel* model = nullptr) const;
    Evidence evidence(std::string_view question) const;
    QuestionWords words(std::string_view question, const std::vector<std::string>& carried = {},
                        Language language = Language::Known) const;
    store::IndexStore& store() const { return *m_store; }
    const retrieve::Retriever& retriever() const { return *m_retriever; }

  private:
    void add(const TestFile& file);
    void addVectors();

    test::TempFolder m_folder;
    const document::Embedder* m_embedder = nullptr;
    std::int64_t m_space = 0;
    std::unique_ptr<store::IndexStore> m_store;
    std::unique_ptr<vector::ResidentIndex> m_vectors;
    std::unique_ptr<retrieve::Retriever> m_retriever;
};

/// An answer as text, for golden cases: what a person would see, and what each citation points to.
std::string shown(const Answer& answer);

}  // namespace commonplace::answer

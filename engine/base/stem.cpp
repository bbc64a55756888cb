#include <libstemmer.h>

#include <memory>

#include "engine/base/text.h"

namespace commonplace::base {
namespace {

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

// FTS5's porter tokenizer leaves words of other lengths alone, too; a "word" beyond this is no word.
constexpr std::size_t kLongestWord = 64;

bool isAsciiWord(std::string_view word) {
    for (const char c : word)
        if (c < 'a' || c > 'z') return false;
    return true;
}

}  // namespace

std::string stem(std::string_view foldedWord) {
    if (foldedWord.size() < 3 || foldedWord.size() > kLongestWord || !isAsciiWord(foldedWord))
        return std::string(foldedWord);
    // A stemmer has working memory of its own, so every thread keeps one.
    thread_local const std::unique_ptr<sb_stemmer, StemmerDeleter> stemmer(sb_stemmer_new("porter", "UTF_8"));
    if (!stemmer) return std::string(foldedWord);
    const auto* word = reinterpret_cast<const sb_symbol*>(foldedWord.data());
    const sb_symbol* stemmed = sb_stemmer_stem(stemmer.get(), word, static_cast<int>(foldedWord.size()));
    if (stemmed == nullptr) return std::string(foldedWord);
    return {reinterpret_cast<const char*>(stemmed),
            static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

}  // namespace commonplace::base

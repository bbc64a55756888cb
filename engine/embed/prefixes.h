// The words that some families of embedding models expect before a question and before a passage. Without
// them they still work, but find noticeably less. Taken from the models' own cards. Pure function, any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace commonplace::embed {

struct Prefixes {
    std::string name;  ///< of the family, for fingerprints; empty: none is needed
    std::string question;
    std::string passage;
};

/// By the model's name or file name, in any case: "nomic-embed-text:v1.5", "BAAI/bge-small-en-v1.5".
Prefixes prefixesFor(std::string_view model);

}  // namespace commonplace::embed

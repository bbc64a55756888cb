#include <gtest/gtest.h>

#include "engine/retrieve/retriever.h"

namespace commonplace::retrieve {
namespace {

TEST(Mode, NamesGoBothWays) {
    for (const Mode mode : {Mode::Hybrid, Mode::Keyword, Mode::Semantic})
        EXPECT_EQ(parseMode(name(mode)), mode);
    EXPECT_EQ(parseMode("Hybrid"), std::nullopt);
    EXPECT_EQ(parseMode(""), std::nullopt);
}

}  // namespace
}  // namespace commonplace::retrieve

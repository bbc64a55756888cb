#include "engine/llama/vocabulary.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace commonplace::llama {
namespace {

TEST(VocabularyTest, CountsWithoutTheWeights) {
    const test::TempFolder folder;
    const auto vocabulary =
        openVocabulary(folder.write("a.gguf", test::scriptModel({{{"", "A reply that is recited."}}})));
    ASSERT_TRUE(vocabulary) << vocabulary.error().message();
    EXPECT_EQ(*(*vocabulary)->count(""), 0U);
    EXPECT_EQ(*(*vocabulary)->count("five!"), 5U);
    EXPECT_EQ(*(*vocabulary)->count("<|im_end|>"), 10U);
    EXPECT_EQ(*(*vocabulary)->count("\xC3\xA9"), 2U);
}

TEST(VocabularyTest, ABadFileIsAnError) {
    const test::TempFolder folder;
    EXPECT_FALSE(openVocabulary(folder.write("a.gguf", "GGUF")));
    EXPECT_FALSE(openVocabulary(folder / "none.gguf"));
}

}  // namespace
}  // namespace commonplace::llama

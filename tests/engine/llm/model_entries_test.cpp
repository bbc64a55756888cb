#include "engine/llm/model_entries.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

TEST(ModelEntries, OneReaderForAllKindsOfLists) {
    for (
        const char* list :
        {R"({"data":[{"id":"a","max_model_len":4096},{"id":"b"},{"id":7}]})",
         R"({"models":[{"name":"a","context_length":4096},5,{"model":"b"}]})",
         R"([{"model":"a","max_context_length":9000,"loaded_context_length":4096},{"name":"b","context_window":0}])"}) {
        const auto entries = parseModelEntries(list);
        ASSERT_TRUE(entries) << list;
        ASSERT_EQ(entries->size(), 2u) << list;
        EXPECT_EQ((*entries)[0].id, "a");
        EXPECT_EQ((*entries)[0].window, 4096u) << list;
        EXPECT_EQ((*entries)[1].id, "b");
        EXPECT_FALSE((*entries)[1].window) << list;
    }
    for (const char* bad : {"", "{}", "5", "{\"data\":5}"}) EXPECT_FALSE(parseModelEntries(bad)) << bad;
}

}  // namespace
}  // namespace commonplace::llm

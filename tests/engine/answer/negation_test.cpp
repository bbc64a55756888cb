#include "engine/answer/negation.h"

#include <gtest/gtest.h>

namespace commonplace::answer {
namespace {

TEST(Negation, IsAWordOfItsOwn) {
    for (const char* text : {"The key does not hang here.", "It doesn't hang here.", "It doesn\xE2\x80\x99t.",
                             "No key hangs here", "The key is NEVER lent", "Der Schlüssel hängt nicht hier.",
                             "La clé n'est pas ici.", "Não há chave."})
        EXPECT_TRUE(isNegated(text)) << text;
    for (const char* text :
         {"", "The key hangs here.", "Notes on knots", "A noble nonsense", "Unsafe", "Nachts hängt er hier."})
        EXPECT_FALSE(isNegated(text)) << text;
}

}  // namespace
}  // namespace commonplace::answer

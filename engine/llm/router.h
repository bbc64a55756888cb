// Router: a chain of models behind one ChatModel. The first that may and can answers.
//
// Before the first word, and never after it, the next model of the chain is asked when one is away (Network,
// Timeout, Busy) or when the question is longer than its window (Limit; then only one with a larger window).
// A rejection (a wrong key, a bad request, an empty account) is an Error at once: another model would hide
// it. The models repeat requests themselves (retry.h); the router never asks the same one twice.
//
// Where text may go: a request that must stay on this computer reaches no model elsewhere; and a model
// elsewhere, or one that costs money, takes the place of one that is here or free only if its route says so
// (Standby). Whatever was passed over stands in ChatReply::notes, or in the Error when nobody answered.
//
// Money: with limits, a call that could break one, at its full length, is not made (Refused). What was spent
// is recorded after each call that was answered, also in part. Of one that failed nobody knows what it cost:
// after a Timeout the server may well have read it all, so its prompt is recorded, with no word of an answer;
// after every other Error (nobody there, busy, a rejection) nothing is.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/cooldowns.h"
#include "engine/llm/price.h"
#include "engine/llm/spending.h"

namespace commonplace::llm {

/// May this model take the place of one that is closer, or cheaper, without being asked for?
enum class Standby { OnlyAlike, ForAny };

struct Route {
    std::string name;  ///< for notes and cooldowns: which model, and where
    std::unique_ptr<document::ChatModel> model;
    std::optional<Price> price;  ///< nothing: unknown; kFree for a model on this computer
    Standby standby = Standby::OnlyAlike;
};

struct RouterParts {
    std::vector<Route> routes;             ///< the preferred one first; at least one
    std::shared_ptr<Cooldowns> cooldowns;  ///< shared with the routers of other questions
    SpendingLimits limits = {};
    std::shared_ptr<SpendingLog> spending = {};  ///< needed for limits; null: nothing is recorded
};

/// id(), window() and place() are those of the route that answered last; before that, of the one that would
/// be asked first. InvalidArgument without a route, or with limits that nobody keeps the sums for.
Result<std::unique_ptr<document::ChatModel>> makeRouter(RouterParts parts);

}  // namespace commonplace::llm

// Where the texts for an answer go: the one judge of "this computer", for the consent, the settings and the
// light. It asks the HTTP client's own reading of an address (net::isLoopbackUrl), so that judge and client
// can never differ. Pure, any thread.
#pragma once

#include <QString>

namespace commonplace::ui {

enum class Destination { Nowhere, ThisComputer, Remote };
/// Remote, too, for what is no address: nothing is taken for this computer in doubt. Nowhere: empty.
Destination destinationOf(const QString& baseUrl);
/// Of questions to this model there: Remote, too, when a server on this computer sends them on
/// (llm::isForwarded).
Destination destinationOf(const QString& baseUrl, const QString& model);
/// "api.example.org", with a port that is not the usual one; empty when it is no address.
QString hostOf(const QString& baseUrl);
/// "https://api.example.org:8443": whom a consent is given for. Path and query do not matter, scheme and port
/// do.
QString serverOf(const QString& baseUrl);
/// Whom a key is for, however the address is spelled: net::originOf(). Empty for what is no address.
QString accountOf(const QString& baseUrl);

}  // namespace commonplace::ui

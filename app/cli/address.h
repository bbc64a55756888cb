// Addresses as people type them: what is wrong with one, and what to write. Pure, any thread; nothing is
// looked up.
#pragma once

#include <string>

namespace commonplace::app::cli {

/// Why an endpoint cannot stand at this address, with the right one where it can be guessed; empty: it can.
std::string addressProblem(const std::string& address);

/// "localhost:8080", "example.org/v1#model": an address that lacks its http://, and no name of a model.
bool lacksScheme(const std::string& text);

}  // namespace commonplace::app::cli

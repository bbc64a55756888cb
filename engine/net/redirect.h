// Where a redirect of a download may lead: see download.h. Inside engine/net only. Pure, any thread.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/net/http.h"

namespace commonplace::net {

inline constexpr int kMostRedirects = 5;

bool isRedirect(const Response& response);

/// An address to ask, and how far to trust it.
struct Hop {
    std::string url;
    Hosts hosts = Hosts::Any;
};

/// The hop after `at` of a download that began at `first`. Refused; Protocol for a redirect without a place.
Result<Hop> nextHop(const std::string& first, const Hop& at, const Response& response);

}  // namespace commonplace::net

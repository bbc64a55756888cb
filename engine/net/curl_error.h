// What a transfer of libcurl failed of, in words for people. Inside engine/net only. Pure, any thread.
#pragma once

#include <curl/curl.h>

#include <string>

#include "engine/base/result.h"

namespace commonplace::net {

struct CurlFailure {
    CURLcode code = CURLE_OK;
    int systemError = 0;        ///< errno of the last connect, 0 when unknown
    std::string detail = {};    ///< libcurl's own sentence, may be empty
    double connectSeconds = 0;  ///< the bound that was set
};

Error describe(const CurlFailure& failure, const std::string& shownUrl);

}  // namespace commonplace::net

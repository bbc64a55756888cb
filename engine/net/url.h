// A parsed http(s) address. libcurl gets this very object instead of the text, so that the check "is it this
// machine?" and the connection can never read the same text in two ways. Inside engine/net only. Thread:
// immutable after parse().
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::net {

class Url final {
  public:
    /// InvalidArgument for anything but http or https, and for a name or password inside the address.
    static Result<Url> parse(std::string_view text);

    bool isLoopback() const { return m_loopback; }
    /// For people: without query and fragment, which may hold secrets.
    const std::string& shown() const { return m_shown; }
    /// For CURLOPT_CURLU; libcurl only reads it.
    CURLU* handle() const { return m_handle.get(); }

  private:
    struct Close {
        void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
    };
    using Handle = std::unique_ptr<CURLU, Close>;

    explicit Url(Handle handle);

    Handle m_handle;
    std::string m_shown;
    bool m_loopback = false;
};

}  // namespace commonplace::net

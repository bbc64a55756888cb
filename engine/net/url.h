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
    /// Written out as an address of this machine or of a private network.
    bool isPrivate() const;
    /// "https://api.example.com:443": scheme, host in lower case, and port, also where it is the usual one.
    std::string origin() const;
    /// All of it, with query: for a request, not for people.
    std::string text() const;
    /// What `reference` (a Location header) means on this page.
    Result<Url> resolved(std::string_view reference) const;
    bool isHttps() const;
    /// For people: without query and fragment, which may hold secrets.
    const std::string& shown() const { return m_shown; }
    /// The host, with its port where the address names one: "api.example.com", "10.0.0.2:8080".
    const std::string& host() const { return m_host; }
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
    std::string m_host;
    bool m_loopback = false;
};

}  // namespace commonplace::net

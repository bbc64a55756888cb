// Fields of a payload, written and read: what protocol.cpp and protocol_view.cpp are made of. Pure; any
// thread.
#pragma once

#include <bit>
#include <limits>
#include <string>
#include <string_view>

#include "engine/base/text.h"
#include "engine/extract/protocol.h"

namespace commonplace::extract::protocol {

template <class Integer>
inline void put(std::string& out, Integer value) {
    for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

/// A number of points, as a 32-bit float.
inline void putPoints(std::string& out, double value) {
    put(out, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
}

inline void putString(std::string& out, std::string_view text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

/// Writes a header whose length is filled in by the destructor, so that no payload is built twice.
class Envelope {
  public:
    Envelope(std::string& out, Kind kind) : m_out(out), m_start(out.size()) {
        put(out, std::uint32_t{0});
        out += static_cast<char>(kind);
    }
    ~Envelope() {
        const std::size_t length = m_out.size() - m_start - kHeaderBytes;
        for (std::size_t i = 0; i < 4; ++i)
            m_out[m_start + i] = static_cast<char>((length >> (8 * i)) & 0xFF);
    }
    Envelope(const Envelope&) = delete;
    Envelope& operator=(const Envelope&) = delete;

  private:
    std::string& m_out;
    std::size_t m_start;
};

/// Reads fields off a payload. After the first failure everything is empty and ok() is false, so that a
/// decoder can read all its fields and ask once.
class Fields {
  public:
    explicit Fields(std::string_view payload) : m_rest(payload) {}

    template <class Integer>
    Integer integer() {
        const std::string_view bytes = take(sizeof(Integer));
        Integer value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value |=
                static_cast<Integer>(static_cast<Integer>(static_cast<unsigned char>(bytes[i])) << (8 * i));
        return value;
    }

    std::string string(std::size_t limit = std::numeric_limits<std::size_t>::max()) {
        const auto length = integer<std::uint32_t>();
        if (length > limit) return fail();
        const std::string_view bytes = take(length);
        if (bytes.find('\0') != std::string_view::npos || !base::isValidUtf8(bytes)) return fail();
        return std::string(bytes);
    }

    /// A number that must fit an int.
    int count() {
        const auto value = integer<std::uint32_t>();
        if (value > static_cast<std::uint32_t>(std::numeric_limits<int>::max())) fail();
        return static_cast<int>(value);
    }

    /// A number of points: a 32-bit float that is one.
    double points() {
        const auto value = std::bit_cast<float>(integer<std::uint32_t>());
        if (value != value || value > 1e9F || value < -1e9F) fail();
        return value;
    }

    /// All the bytes that are left.
    std::string_view rest() { return take(m_rest.size()); }
    std::size_t left() const { return m_rest.size(); }

    bool complete() const { return m_ok && m_rest.empty(); }

  private:
    std::string_view take(std::size_t length) {
        if (length > m_rest.size()) {
            fail();
            return {};
        }
        const std::string_view bytes = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return bytes;
    }

    std::string fail() {
        m_ok = false;
        m_rest = {};
        return {};
    }

    std::string_view m_rest;
    bool m_ok = true;
};

inline Error malformed(const std::string& record) {
    return {ErrorCode::Protocol, "malformed " + record + " record of an extraction worker"};
}

}  // namespace commonplace::extract::protocol

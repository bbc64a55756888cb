#include "engine/base/hash.h"

#include <openssl/evp.h>

namespace commonplace::base {
namespace {

struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

// EVP_sha256 only fails when memory is exhausted; the digest then stays all zero, which no file has.
struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, ContextDeleter> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {
    if (m_state->context) EVP_DigestInit_ex(m_state->context.get(), EVP_sha256(), nullptr);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
    if (m_state->context && !bytes.empty())
        EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size());
}

void Sha256::update(std::string_view bytes) {
    update(std::as_bytes(std::span(bytes)));
}

Digest Sha256::finish() {
    Digest digest{};
    unsigned int length = 0;
    if (m_state->context) EVP_DigestFinal_ex(m_state->context.get(), digest.data(), &length);
    return digest;
}

Digest sha256(std::string_view bytes) {
    Digest digest{};
    std::size_t length = 0;
    EVP_Q_digest(nullptr, "SHA256", nullptr, bytes.data(), bytes.size(), digest.data(), &length);
    return digest;
}

std::string toHex(const Digest& digest) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

std::string sha256Hex(std::string_view bytes) {
    return toHex(sha256(bytes));
}

}  // namespace commonplace::base

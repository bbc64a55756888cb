// SHA-256 (FIPS 180-4) through libcrypto: the identity of a document is the hash of its bytes.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace commonplace::base {

using Digest = std::array<unsigned char, 32>;

/// Incremental hashing. Thread: one object, one thread.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::span<const std::byte> bytes);
    void update(std::string_view bytes);
    /// The digest of everything so far; the object must not be used afterwards.
    Digest finish();

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

Digest sha256(std::string_view bytes);
/// Lower-case hexadecimal, 64 characters.
std::string toHex(const Digest& digest);
std::string sha256Hex(std::string_view bytes);

}  // namespace commonplace::base

// Mapping: the bytes of a file that came as a sealed memfd, mapped. It cannot shrink under the mapping.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <string_view>

namespace commonplace::extract {

class Mapping final {
  public:
    Mapping(int fd, std::size_t bytes) : m_bytes(bytes) {
        if (bytes > 0) m_data = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    ~Mapping() {
        if (m_bytes > 0 && m_data != MAP_FAILED) ::munmap(m_data, m_bytes);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    bool failed() const { return m_data == MAP_FAILED; }
    std::string_view bytes() const { return {static_cast<const char*>(m_data), m_bytes}; }

  private:
    void* m_data = nullptr;
    std::size_t m_bytes;
};

}  // namespace commonplace::extract

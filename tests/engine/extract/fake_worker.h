// Programs that pose as extraction workers: shell scripts that misbehave on request. Bytes they send are
// prepared in files, so that a script is nothing but cat, sleep and kill.
#pragma once

#include <sys/stat.h>

#include <string>

#include "engine/extract/protocol.h"
#include "tests/support/temp_folder.h"

namespace commonplace::extract {

class FakeWorker final {
  public:
    FakeWorker() {
        std::string hello;
        protocol::appendHello(hello);
        m_folder.write("hello", hello);
    }

    /// A program that greets and then runs `script`; "$DIR" is a folder of its own, descriptor 3 the socket.
    std::filesystem::path greeting(const std::string& script) const {
        return program("cat \"$DIR/hello\" >&3\n" + script);
    }
    std::filesystem::path program(const std::string& script) const {
        const auto file =
            m_folder.write("worker.sh", "#!/bin/sh\nDIR='" + m_folder.path().native() + "'\n" + script);
        ::chmod(file.c_str(), 0700);
        return file;
    }
    /// Bytes for a script to send: cat "$DIR/NAME" >&3
    void file(const std::string& name, const std::string& bytes) const { m_folder.write(name, bytes); }
    const std::filesystem::path& path() const { return m_folder.path(); }
    bool has(const std::string& name) const { return std::filesystem::exists(m_folder / name); }

  private:
    test::TempFolder m_folder;
};

}  // namespace commonplace::extract

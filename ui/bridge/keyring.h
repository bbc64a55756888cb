// Keyring: where keys of services are kept: the desktop's secret service, never a file of ours.
#pragma once

#include <QString>
#include <functional>
#include <memory>

namespace commonplace::ui {

/// Thread: GUI. Answers come later, on the same thread; none after the Keyring is gone.
class Keyring {
  public:
    enum class State { Done, NotFound, Unavailable };
    struct Answer {
        State state = State::Done;
        QString secret;  ///< of read()
        QString reason;  ///< one line when Unavailable
    };
    using OnAnswer = std::function<void(const Answer&)>;

    virtual ~Keyring() = default;
    virtual void read(const QString& account, OnAnswer onAnswer) = 0;
    /// An empty secret deletes the entry.
    virtual void write(const QString& account, const QString& secret, OnAnswer onAnswer) = 0;
};

/// The desktop's own (GNOME keyring, KWallet, anything that speaks the Secret Service protocol).
std::unique_ptr<Keyring> systemKeyring();

}  // namespace commonplace::ui

// Ticket: says so when the job it travels with goes away without having run (the library does not open, or
// the lane ends). Thread: use() and the destructor on whichever thread drops the job.
#pragma once

#include <functional>
#include <utility>

namespace commonplace::ui {

class Ticket final {
  public:
    explicit Ticket(std::function<void()> onLoss) : m_onLoss(std::move(onLoss)) {}
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() {
        if (!m_isUsed) m_onLoss();
    }
    void use() { m_isUsed = true; }

  private:
    std::function<void()> m_onLoss;
    bool m_isUsed = false;
};

}  // namespace commonplace::ui

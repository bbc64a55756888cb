// Some models think aloud before they answer, between <think> and </think>. That is no part of the answer:
// nobody shall see it, or have it checked for citations. Thread: one at a time.
#pragma once

#include <string>
#include <string_view>

namespace commonplace::llm {

class HiddenThoughts final {
  public:
    /// What of the text so far belongs to the answer and was not given yet. Thoughts are only looked for at
    /// the beginning.
    std::string push(std::string_view text);
    /// The rest, at the end of the text.
    std::string finish();
    /// The model has thought, and no word of the answer has come.
    bool onlyThought() const { return m_place == Place::Inside || (m_place == Place::After && m_hasThought); }

  private:
    enum class Place { Before, Inside, After, Answer };
    std::string m_waiting;
    Place m_place = Place::Before;
    bool m_hasThought = false;
};

}  // namespace commonplace::llm

#include "app/cli/usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "app/cli/terminal.h"
#include "engine/base/edit_distance.h"

namespace commonplace::app::cli {
namespace {

using Words = std::vector<std::string>;

Words commandsOf(const CLI::App& app) {
    Words names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

bool isOption(const std::string& word) {
    return word.size() > 1 && word.front() == '-';
}

/// The command that was reached, with those around it.
class Reached {
  public:
    explicit Reached(const CLI::App& app) : m_chain{&app} {
        while (!m_chain.back()->get_subcommands().empty())
            m_chain.push_back(m_chain.back()->get_subcommands().back());
    }
    const CLI::App& command() const { return *m_chain.back(); }
    /// "models use"; empty for the program itself.
    std::string name() const {
        std::string text;
        for (std::size_t i = 1; i < m_chain.size(); ++i) text += (i > 1 ? " " : "") + m_chain[i]->get_name();
        return text;
    }
    std::string help() const {
        return "see 'commonplace " + name() + (name().empty() ? "" : " ") + "--help'";
    }
    /// "--json", "-k", of all of them.
    Words options() const {
        Words names;
        for (const CLI::App* app : m_chain)
            for (const CLI::Option* option : app->get_options()) {
                for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
                for (const std::string& name : option->get_snames()) names.push_back("-" + name);
            }
        return names;
    }
    bool knows(const std::string& word) const {
        const Words all = options();
        const std::string name = word.substr(0, word.find('='));
        return std::any_of(all.begin(), all.end(), [&](const std::string& one) {
            return one == name || (one.size() == 2 && !word.starts_with("--") && word.starts_with(one));
        });
    }

  private:
    std::vector<const CLI::App*> m_chain;
};

/// The first word where a command should stand: no option, and not the value of --library.
std::string commandWord(const Words& words, std::size_t from) {
    for (std::size_t i = from; i < words.size(); ++i) {
        if (words[i] == "--library")
            ++i;
        else if (!isOption(words[i]))
            return words[i];
        else if (words[i] != "--json" && !words[i].starts_with("--library="))
            return {};  // an unknown option: the message names it
    }
    return {};
}

/// The word that should have been a command of `reached`, if that needs one.
std::string wrongCommand(const Reached& reached, const Words& words) {
    const CLI::App& command = reached.command();
    const bool isProgram = command.get_parent() == nullptr;
    if (commandsOf(command).empty()) return {};
    const auto own = std::find(words.begin(), words.end(), command.get_name());
    return commandWord(words, isProgram || own == words.end() ? 0 : own - words.begin() + 1);
}

std::string meant(const std::string& guess) {
    return guess.empty() ? "" : ", did you mean '" + guess + "'?";
}

/// Help is pointed at where nothing better is known.
std::string withHelp(std::string line, const Reached& reached) {
    return std::move(line) + (line.ends_with('?') ? "" : "; " + reached.help());
}

std::string unknownCommand(const std::string& word, const Reached& reached) {
    const std::string group = reached.name().empty() ? "" : reached.name() + " ";
    const std::string guess = base::closest(word, commandsOf(reached.command()));
    return withHelp("unknown command '" + group + word + "'" + meant(guess.empty() ? "" : group + guess),
                    reached);
}

std::string unknownOption(const std::string& word, const Reached& reached) {
    const std::string name = word.substr(0, word.find('='));
    const std::string guess = base::closest(name, reached.options());
    return "unknown option '" + name + "'" + meant(guess) + (guess.empty() ? "; " : " ") + reached.help();
}

/// What stands too much, if that is what is wrong.
std::string extraWord(const CLI::App& app) {
    const Words extra = app.remaining(true);
    const auto option = std::find_if(extra.begin(), extra.end(), isOption);
    return extra.empty() ? std::string() : option == extra.end() ? extra.front() : *option;
}

/// -ext:md and the like are taken for options where a query or a question should stand.
std::string minusHint(const CLI::App& app, const Reached& reached) {
    const std::string word = extraWord(app);
    if (!isOption(word) || word.starts_with("--") || reached.knows(word)) return {};
    return "; one that begins with a minus stands behind -- : commonplace " + reached.name() + " -- '" +
           word + "'";
}

std::string missingCommand(const Reached& reached) {
    std::string line = "'commonplace " + reached.name() + "' says too little: it needs one of";
    const char* mark = ": ";
    for (const std::string& name : commandsOf(reached.command())) line += std::exchange(mark, ", ") + name;
    return line;
}

std::string plain(const CLI::ParseError& error) {
    std::string why = error.what();
    // "-k: 1 required UINT:INT in [1 - 1000] missing" is for those who wrote the parser.
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && why.ends_with("missing"))
        why = why.substr(0, why.find(':')) + " needs a value";
    if (why.ends_with("disallowed flag override"))
        why = "--" + why.substr(0, why.find(' ')) + " takes no value";
    std::replace(why.begin(), why.end(), '\n', ' ');
    return why;
}

std::string line(const CLI::App& app, const CLI::ParseError& error, const Words& words) {
    const Reached reached(app);
    if (const std::string wrong = wrongCommand(reached, words); !wrong.empty())
        return unknownCommand(wrong, reached);
    const bool lacksCommand =
        reached.command().get_require_subcommand_min() > 0 && reached.command().get_subcommands().empty();
    const std::string extra = extraWord(app);
    if (lacksCommand && extra.empty()) return missingCommand(reached) + "; " + reached.help();
    const std::string hint = minusHint(app, reached);
    const bool isRequired = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    if (isRequired && !hint.empty()) return plain(error) + hint;
    if (!extra.empty() && isOption(extra)) return unknownOption(extra, reached);
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
        return "'" + extra + "' is one argument too many" +
               (reached.name() == "search" ? ": put the query into quotation marks" : "") + "; " +
               reached.help();
    return plain(error) + "; " + reached.help();
}

}  // namespace

std::string usageLine(const CLI::App& app, const CLI::ParseError& error, const Words& words) {
    return safeLine(line(app, error, words));
}

}  // namespace commonplace::app::cli

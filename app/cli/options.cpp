#include "app/cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <numeric>

#include "app/version.h"

namespace commonplace::app::cli {
namespace {

using retrieve::Mode;

/// What an unset shell variable leaves: never meant as "everywhere" or "the default".
const CLI::Validator kNotEmpty(
    [](const std::string& value) { return value.empty() ? "it is empty" : std::string(); }, "");

/// Everything CLI11 binds to; one object so that callbacks need no captures of locals.
struct Parsed {
    Invocation invocation;
    bool json = false;
    std::string library;
    GuiOptions gui;
    IndexOptions index;
    DocumentsOptions documents;
    SearchOptions search;
    AskOptions ask;
    ModelsTestOptions models;
    EvalRetrievalOptions retrieval;
    EvalPagesOptions pages;
    DoctorOptions doctor;
    Mode evalMode = Mode::Hybrid;
    Mode compare = Mode::Keyword;
    std::vector<std::string> extra;  ///< behind the question
};

std::size_t editDistance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
        }
    }
    return row.back();
}

bool hasCommand(const CLI::App& app, const std::string& name) {
    const auto commands =
        app.get_subcommands([&](const CLI::App* known) { return known->get_name() == name; });
    return !commands.empty();
}

/// "serch" -> ", did you mean 'search'?"
std::string suggestion(const CLI::App& app, const std::string& word) {
    for (const CLI::App* known : app.get_subcommands([](const CLI::App*) { return true; }))
        if (editDistance(known->get_name(), word) <= 2) return ", did you mean '" + known->get_name() + "'?";
    return "; see 'commonplace --help'";
}

CLI::Option* addMode(CLI::App* command, const char* name, Mode& mode, const char* help) {
    const auto read = [&mode](const CLI::results_t& words) {
        const auto parsed = retrieve::parseMode(words.back());
        mode = parsed.value_or(mode);
        return parsed.has_value();
    };
    return command->add_option(name, read, help)
        ->type_name("hybrid|keyword|semantic")
        ->check(CLI::IsMember({"hybrid", "keyword", "semantic"}));
}

void addModelChoice(CLI::App* command, ModelChoice& choice) {
    command->add_option("--model", choice.model, "The model's id at the endpoint");
    command->add_option("--api", choice.api, "The endpoint's protocol (default: as the settings say)")
        ->type_name("openai|anthropic|ollama")
        ->check(CLI::IsMember({"openai", "anthropic", "ollama"}));
    command->add_option("--base-url", choice.baseUrl, "The endpoint, as in http://127.0.0.1:8080/v1")
        ->check(kNotEmpty);
}

void addIndex(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("index", "Add files or folders, or bring them up to date");
    command->add_option("PATH", parsed.index.paths,
                        "Files or folders; without any, all watched folders again");
    command->add_flag("--watch", parsed.index.watch, "Stay, and index again when something changes");
    command->add_flag("--no-vectors", parsed.index.noVectors, "Full text only; meaning can follow later");
    command->add_flag("--retry", parsed.index.retry, "Read files again that failed before");
    command->callback([&parsed] { parsed.invocation.command = parsed.index; });
}

void addSearch(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("search", "Find passages; \"a phrase\" and -word are understood");
    command->add_option("QUERY", parsed.search.query, "What to look for")->required();
    command->add_option("-k", parsed.search.results, "How many results")->check(CLI::Range(1, 1000));
    addMode(command, "--mode", parsed.search.mode, "By words, by meaning, or both");
    command->add_option("--in", parsed.search.within, "Only in these files or folders")->check(kNotEmpty);
    command->add_flag("--explain", parsed.search.explain, "Show how each score came about");
    command->callback([&parsed] { parsed.invocation.command = parsed.search; });
}

/// promptfoo's exec provider appends two JSON objects to the question. Anything else behind it is a question
/// that was typed without quotation marks.
bool isProviderArgument(const std::string& argument) {
    return argument.empty() || argument.front() == '{';
}

void addAsk(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("ask", "Answer a question with proven citations");
    command->add_option("QUESTION", parsed.ask.question, "The question")->required();
    command->add_option("-k", parsed.ask.passages, "How many passages to read")->check(CLI::Range(1, 100));
    command->add_option("--in", parsed.ask.within, "Only from these files or folders")->check(kNotEmpty);
    command->add_option("--after", parsed.ask.earlier, "A question asked before this one; may be repeated")
        ->expected(1)
        ->take_all();
    command->add_flag("--stream", parsed.ask.stream, "Print the answer as it is written");
    addModelChoice(command, parsed.ask.model);
    command->add_option("EXTRA", parsed.extra)->group("");
    command->callback([&parsed] {
        for (const std::string& word : parsed.extra)
            if (!isProviderArgument(word)) parsed.ask.question += " " + word;
        parsed.invocation.command = parsed.ask;
    });
}

void addModels(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("models", "The models that can write answers");
    command->require_subcommand(1);
    command->add_subcommand("list", "The model of the settings, and what listens on this machine")
        ->callback([&parsed] { parsed.invocation.command = ModelsListOptions{}; });
    CLI::App* test = command->add_subcommand("test", "Ask a model something small, and measure");
    addModelChoice(test, parsed.models.model);
    test->callback([&parsed] { parsed.invocation.command = parsed.models; });
}

void addEval(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("eval", "Measure retrieval");
    command->require_subcommand(1);
    CLI::App* retrieval =
        command->add_subcommand("retrieval", "nDCG, recall, MAP and MRR on a judged collection");
    retrieval->add_option("--corpus", parsed.retrieval.task.corpus, "JSON lines {id, title, text}")
        ->required();
    retrieval->add_option("--queries", parsed.retrieval.task.queries, "JSON lines {id, text}")->required();
    retrieval->add_option("--qrels", parsed.retrieval.task.qrels, "Lines query, document, relevance")
        ->required();
    addMode(retrieval, "--mode", parsed.evalMode, "What to measure");
    retrieval->add_option("--id-prefix", parsed.retrieval.task.idPrefix, "Only ids that begin so");
    CLI::Option* compare =
        addMode(retrieval, "--compare", parsed.compare, "Measure this mode too, with a paired test");
    retrieval->callback([&parsed, compare] {
        parsed.retrieval.task.modes = {parsed.evalMode};
        if (compare->count() > 0) parsed.retrieval.compare = parsed.compare;
        if (compare->count() > 0) parsed.retrieval.task.modes.push_back(parsed.compare);
        parsed.invocation.command = parsed.retrieval;
    });
    CLI::App* pages = command->add_subcommand("pages", "How often the right page is found in this library");
    pages->add_option("--questions", parsed.pages.questions, "JSON lines {id, question, doc, pages}")
        ->required();
    pages->add_option("-k", parsed.pages.results, "Results per question")->check(CLI::Range(1, 1000));
    pages->add_flag("--in-document", parsed.pages.inDocument, "Search only the question's own document");
    pages->callback([&parsed] { parsed.invocation.command = parsed.pages; });
}

void addRest(CLI::App& app, Parsed& parsed) {
    CLI::App* gui = app.add_subcommand("gui", "Open the window");
    gui->add_option("PATH", parsed.gui.paths, "Files or folders to add");
    gui->callback([&parsed] { parsed.invocation.command = parsed.gui; });
    app.add_subcommand("status", "Documents, pages, passages, vectors, failures, sizes")->callback([&parsed] {
        parsed.invocation.command = StatusOptions{};
    });
    CLI::App* documents = app.add_subcommand("documents", "The ledger: what became of every file");
    documents->add_flag("--failed", parsed.documents.failedOnly, "Only files with a problem");
    documents->callback([&parsed] { parsed.invocation.command = parsed.documents; });
    CLI::App* doctor = app.add_subcommand("doctor", "Check databases, full text and vectors");
    doctor->add_flag("--repair", parsed.doctor.repair, "Rebuild what is damaged");
    doctor->callback([&parsed] { parsed.invocation.command = parsed.doctor; });
}

void build(CLI::App& app, Parsed& parsed) {
    app.name("commonplace");
    app.set_version_flag("--version", std::string("commonplace ") + kVersion);
    app.add_option("--library", parsed.library, "The library folder (default: in the user's data folder)")
        ->take_last()
        ->check(kNotEmpty);
    app.add_flag("--json", parsed.json, "Print JSON with fixed keys");
    app.fallthrough();  // the two options above may also follow the command
    app.require_subcommand(0, 1);
    addIndex(app, parsed);
    addSearch(app, parsed);
    addAsk(app, parsed);
    addModels(app, parsed);
    addEval(app, parsed);
    addRest(app, parsed);
}

/// Where the command should stand: the first word that is no option and not the value of --library.
std::string commandWord(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--library")
            ++i;
        else if (word.empty() || word.front() != '-')
            return word;
        else if (word != "--json")
            return {};  // an unknown option: the message names it
    }
    return {};
}

int usageError(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
    std::string why = error.what();
    std::replace(why.begin(), why.end(), '\n', ' ');
    const std::string first = commandWord(argc, argv);
    const bool unknownCommand = !first.empty() && !hasCommand(app, first);
    if (unknownCommand)
        why = "unknown command '" + first + "'" + suggestion(app, first);
    else
        why += "; see 'commonplace --help'";
    std::cerr << "commonplace: " << why << '\n';
    return 2;
}

/// `commonplace FILE` means `commonplace gui FILE`: the first argument is no command and no option but exists
/// as a path.
std::vector<const char*> withGuiForPaths(const CLI::App& app, int argc, const char* const* argv) {
    std::vector<const char*> words(argv, argv + argc);
    std::error_code ignored;
    const bool isPath = argc > 1 && argv[1][0] != '-' && !hasCommand(app, argv[1]) &&
                        std::filesystem::exists(argv[1], ignored);
    if (isPath) words.insert(words.begin() + 1, "gui");
    return words;
}

}  // namespace

std::variant<Invocation, int> parse(int argc, const char* const* argv) {
    Parsed parsed;
    CLI::App app(
        "Finds passages in your own PDFs and notes, and answers questions with citations that are proven.");
    build(app, parsed);
    try {
        const auto words = withGuiForPaths(app, argc, argv);
        app.parse(static_cast<int>(words.size()), words.data());
    } catch (const CLI::Success& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        return usageError(app, error, argc, argv);
    }
    parsed.invocation.library = parsed.library;
    parsed.invocation.output = parsed.json ? Output::Json : Output::Human;
    return parsed.invocation;
}

}  // namespace commonplace::app::cli

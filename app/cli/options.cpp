#include "app/cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "app/cli/address.h"
#include "app/cli/usage.h"
#include "app/version.h"
#include "engine/base/text.h"

namespace commonplace::app::cli {
namespace {

using retrieve::Mode;

/// What an unset shell variable leaves: never meant as "everywhere" or "the default".
const CLI::Validator kNotEmpty(
    [](const std::string& value) { return value.empty() ? "it is empty" : std::string(); }, "");

const CLI::Validator kAddress(
    [](const std::string& value) { return value.empty() ? "it is empty" : addressProblem(value); }, "");

const CLI::Validator kSha256(
    [](const std::string& value) {
        const bool isOne =
            value.size() == 64 && value.find_first_not_of("0123456789abcdefABCDEF") == value.npos;
        return isOne ? std::string() : "it has 64 digits from 0 to f";
    },
    "");

const CLI::Validator kSaysSomething(
    [](const std::string& value) {
        return base::trim(value).empty() ? "it is empty: type some words" : std::string();
    },
    "");

constexpr const char* kQueryHelp = R"(QUERY: words, the rarest count most, and
  "two words"         must stand together, in this order
  -word  -"two words" must not occur
  dir:reports         only below a folder of this name; dir:/home/me/reports from the root
  ext:pdf  type:pdf   only files with this ending, or of this kind
  title:budget        only documents whose title or file name has the word
Values with spaces in quotation marks (dir:"annual reports"); a minus before excludes (-ext:md).
Filters alone list the documents. A query that begins with a minus stands behind -- :
  commonplace search -- '-ext:md budget')";

/// Everything CLI11 binds to; one object so that callbacks need no captures of locals.
struct Parsed {
    Invocation invocation;
    bool json = false;
    std::string library;
    GuiOptions gui;
    IndexOptions index;
    ForgetOptions forget;
    DocumentsOptions documents;
    SearchOptions search;
    AskOptions ask;
    ModelsTestOptions models;
    ModelsAddOptions modelsAdd;
    ModelsRemoveOptions modelsRemove;
    ModelsUseOptions modelsUse;
    ModelsPullOptions modelsPull;
    EmbeddingSetOptions embedding;
    EvalRetrievalOptions retrieval;
    EvalPagesOptions pages;
    TraceOptions trace;
    DoctorOptions doctor;
    Mode evalMode = Mode::Hybrid;
    Mode compare = Mode::Keyword;
    std::vector<std::string> extra;  ///< behind the question
};

bool hasCommand(const CLI::App& app, const std::string& name) {
    const auto commands =
        app.get_subcommands([&](const CLI::App* known) { return known->get_name() == name; });
    return !commands.empty();
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
    command->add_option(
        "--model", choice.model,
        "A model file (.gguf), which runs in this program, or the model's id at the endpoint");
    command
        ->add_option("--api", choice.api,
                     "The endpoint's protocol (default: told from the address, else as the settings say)")
        ->type_name("openai|anthropic|ollama|local")
        ->check(CLI::IsMember({"openai", "anthropic", "ollama", "local"}));
    command
        ->add_option("--base-url", choice.baseUrl,
                     "The endpoint, as in http://127.0.0.1:8080/v1 (its first model, without --model)")
        ->check(kAddress);
    command->add_flag_callback(
        "--offline", [&choice] { choice.permit = net::Reach::LoopbackOnly; },
        "Nothing goes to another computer; a model there is an error");
}

void addIndex(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("index", "Add files or folders, or bring them up to date");
    command
        ->add_option("PATH", parsed.index.paths, "Files or folders; without any, all watched folders again")
        ->check(kNotEmpty);
    command->add_flag("--watch", parsed.index.watch, "Stay, and index again when something changes");
    command->add_flag("--no-vectors", parsed.index.noVectors, "Full text only; meaning can follow later");
    command->add_flag("--retry", parsed.index.retry, "Read files again that failed before");
    command->callback([&parsed] { parsed.invocation.command = parsed.index; });
}

void addForget(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("forget", "Take watched folders or files out of the library");
    command->add_option("PATH", parsed.forget.paths, "As 'status' shows them; the files themselves stay")
        ->check(kNotEmpty);
    CLI::Option* rehearse =
        command->add_flag("--dry-run", parsed.forget.dryRun, "Only say what would be taken out");
    CLI::Option* undo =
        command->add_flag("--undo", parsed.forget.undo, "Take them back, nothing is read again");
    command
        ->add_flag("--purge", parsed.forget.purge,
                   "Delete their text from the index at once; without PATH, of all that was taken out")
        ->excludes(undo)
        ->excludes(rehearse);
    command->callback([&parsed] {
        if (parsed.forget.paths.empty() && !parsed.forget.purge) throw CLI::RequiredError("PATH");
        parsed.invocation.command = parsed.forget;
    });
}

void addSearch(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand(
        "search", "Find passages; \"a phrase\", -word and filters (dir: ext: title:) are understood");
    command->footer(kQueryHelp);
    command->add_option("QUERY", parsed.search.query, "What to look for")->required()->check(kSaysSomething);
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
    command->add_option("QUESTION", parsed.ask.question, "The question")->required()->check(kSaysSomething);
    command->add_option("-k", parsed.ask.passages, "How many passages to read")->check(CLI::Range(1, 100));
    command->add_option("--in", parsed.ask.within, "Only from these files or folders")->check(kNotEmpty);
    command
        ->add_option("--search-for", parsed.ask.searchFor,
                     "Look for these words instead of the question's own")
        ->type_name("TEXT")
        ->check(kSaysSomething);
    command->add_option("--after", parsed.ask.earlier, "A question asked before this one; may be repeated")
        ->expected(1)
        ->take_all()
        ->check(kSaysSomething);
    command->add_flag("--stream", parsed.ask.stream, "Print the answer as it is written");
    command->add_flag("--preview", parsed.ask.preview,
                      "Show what would be sent where, and what it can cost; send nothing");
    addModelChoice(command, parsed.ask.model);
    command->add_option("EXTRA", parsed.extra)->group("");
    command->callback([&parsed] {
        for (const std::string& word : parsed.extra)
            if (!isProviderArgument(word)) parsed.ask.question += " " + word;
        parsed.invocation.command = parsed.ask;
    });
}

void addEmbedding(CLI::App& models, Parsed& parsed) {
    CLI::App* command = models.add_subcommand("embedding", "The model that finds passages by meaning");
    command->require_subcommand(0, 1);
    CLI::App* set =
        command->add_subcommand("set", "Use another one; its vectors are made beside the old ones");
    set->add_option("MODEL", parsed.embedding.model,
                    "builtin, a name of 'models list', FILE.gguf, or URL#model of a server (default: as the "
                    "settings say)");
    set->add_flag("--wait", parsed.embedding.wait, "Make its vectors now; else 'commonplace index' does");
    set->add_flag("--drop-old", parsed.embedding.dropOld, "With --wait: give up the way back afterwards");
    set->add_flag("--send-documents", parsed.embedding.sendDocuments,
                  "Allow a server elsewhere: the text of every document is sent to it");
    // Runs after those of its own subcommands.
    command->callback([&parsed, command] {
        if (command->get_subcommands().empty()) parsed.invocation.command = EmbeddingShowOptions{};
    });
    set->callback([&parsed] { parsed.invocation.command = parsed.embedding; });
    command->add_subcommand("undo", "Back to the model before, at once")->callback([&parsed] {
        parsed.invocation.command = EmbeddingUndoOptions{};
    });
    command->add_subcommand("drop-old", "Give up the vectors of the model before")->callback([&parsed] {
        parsed.invocation.command = EmbeddingDropOptions{};
    });
}

void addModelFiles(CLI::App& models, Parsed& parsed) {
    CLI::App* add = models.add_subcommand("add", "Take in a model file: copy it, download it, or link to it");
    add->add_option("SOURCE", parsed.modelsAdd.source,
                    "FILE.gguf, a folder with such files, or the address of one")
        ->required()
        ->check(kNotEmpty);
    add->add_option("--sha256", parsed.modelsAdd.sha256,
                    "What the downloaded file must have; anything else is not kept")
        ->type_name("HEX")
        ->check(kSha256);
    add->add_flag("--link", parsed.modelsAdd.link, "The file stays where it is");
    add->callback([&parsed] { parsed.invocation.command = parsed.modelsAdd; });
    CLI::App* remove = models.add_subcommand("remove", "Delete a model file, or forget a linked one");
    remove->add_option("NAME", parsed.modelsRemove.name, "As 'models list' shows it")
        ->required()
        ->check(kNotEmpty);
    remove->add_flag("--force", parsed.modelsRemove.force, "Also when it is in use");
    remove->callback([&parsed] { parsed.invocation.command = parsed.modelsRemove; });
    CLI::App* pull = models.add_subcommand("pull", "Fetch a model with the Ollama on this machine");
    pull->add_option("NAME", parsed.modelsPull.model, "As in its library: llama3.2, qwen2.5:0.5b")
        ->required()
        ->check(kNotEmpty);
    pull->add_option("--base-url", parsed.modelsPull.baseUrl, "Another Ollama")->check(kAddress);
    pull->callback([&parsed] { parsed.invocation.command = parsed.modelsPull; });
}

void addModelUse(CLI::App& models, Parsed& parsed) {
    CLI::App* use = models.add_subcommand("use", "Choose the model that answers, in the settings");
    use->add_option(
           "MODEL", parsed.modelsUse.model,
           "A name of 'models list', FILE.gguf, URL#MODEL of a server, or none: answers are quotations")
        ->required()
        ->check(kNotEmpty);
    use->add_option("--api", parsed.modelsUse.api, "The server's protocol (default: told from the address)")
        ->check(CLI::IsMember({"openai", "anthropic", "ollama"}));
    const auto choose = [&parsed](const std::string& purpose) {
        parsed.modelsUse.purpose = purpose == "small" ? config::Purpose::Small : config::Purpose::Answer;
    };
    use->add_option_function<std::string>("--for", choose, "What it does: write answers, or small tasks")
        ->check(CLI::IsMember({"answer", "small"}));
    use->callback([&parsed] { parsed.invocation.command = parsed.modelsUse; });
}

void addModels(CLI::App& app, Parsed& parsed) {
    CLI::App* command =
        app.add_subcommand("models", "The models that write answers, and the one that finds passages");
    command->require_subcommand(1);
    command
        ->add_subcommand("list", "Model files, the models of the settings, and what listens on this machine")
        ->callback([&parsed] { parsed.invocation.command = ModelsListOptions{}; });
    CLI::App* test = command->add_subcommand("test", "Ask a model something small, and measure");
    test->add_option("MODEL", parsed.models.name, "A name of 'models list', or URL#MODEL")->check(kNotEmpty);
    addModelChoice(test, parsed.models.model);
    test->callback([&parsed] { parsed.invocation.command = parsed.models; });
    addModelFiles(*command, parsed);
    addModelUse(*command, parsed);
    addEmbedding(*command, parsed);
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

void addTrace(CLI::App& app, Parsed& parsed) {
    using What = TraceOptions::What;
    CLI::App* command = app.add_subcommand("trace", "How questions went: steps, times, tokens, cost");
    CLI::Option* id = command->add_option("ID", parsed.trace.id, "The first digits of one")->check(kNotEmpty);
    command->add_option("-n", parsed.trace.limit, "How many of the newest (default: 20; with --otlp all)")
        ->check(CLI::Range(1, 100'000));
    CLI::Option* chosen = nullptr;
    const auto addFlag = [&](const char* name, What what, const char* help) {
        CLI::Option* flag = command->add_flag_callback(
            name, [&parsed, what] { parsed.trace.what = what; }, help);
        for (CLI::Option* other : command->get_options())
            if (other != flag && other->get_group() == "One of these") flag->excludes(other);
        if (what != What::Otlp) flag->excludes(id);
        return flag->group("One of these");
    };
    addFlag("--otlp", What::Otlp, "As OTLP/JSON of OpenTelemetry, a line each");
    chosen = addFlag("--usage", What::Usage, "Tokens, cost and latency per model and day");
    addFlag("--clear", What::Clear, "Delete all traces");
    addFlag("--clear-content", What::ClearContent, "Erase questions, prompts and answers; keep the figures");
    command->add_option("--days", parsed.trace.days, "How far --usage looks back")
        ->check(CLI::Range(1, 36'500))
        ->needs(chosen);
    command->callback([&parsed] { parsed.invocation.command = parsed.trace; });
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

/// "--watch=3" would mean "no", quietly.
void refuseFlagValues(CLI::App& app) {
    for (CLI::Option* option : app.get_options())
        if (option->get_items_expected_max() == 0) option->disable_flag_override();
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        refuseFlagValues(*command);
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
    addForget(app, parsed);
    addSearch(app, parsed);
    addAsk(app, parsed);
    addModels(app, parsed);
    addEval(app, parsed);
    addTrace(app, parsed);
    addRest(app, parsed);
    refuseFlagValues(app);
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
        std::cerr << "commonplace: " << usageLine(app, error, {argv + 1, argv + argc}) << '\n';
        return 2;
    }
    parsed.invocation.library = parsed.library;
    parsed.invocation.output = parsed.json ? Output::Json : Output::Human;
    return parsed.invocation;
}

}  // namespace commonplace::app::cli

// formatOf: what a file's name promises. The bytes may say otherwise; the worker finds out.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/extract/extractor.h"

namespace commonplace::extract {
namespace {

using document::Format;

constexpr std::array kPdf{std::string_view("pdf")};
constexpr std::array kMarkdown =
    std::to_array<std::string_view>({"md", "markdown", "mdown", "mdwn", "mkd", "mkdn", "mdx", "qmd", "rmd"});
constexpr std::array kHtml = std::to_array<std::string_view>({"html", "htm", "xhtml"});
/// Prose, tables and program text. Data and generated formats (JSON, XML, SVG) are left out: they would drown
/// the rest.
constexpr std::array kText = std::to_array<std::string_view>(
    {"txt", "text",  "log",  "rst",    "adoc", "asciidoc", "org",  "tex",   "bib",       "csv",
     "tsv", "srt",   "vtt",  "nfo",    "c",    "h",        "cc",   "cpp",   "cxx",       "hh",
     "hpp", "hxx",   "rs",   "go",     "py",   "pyi",      "js",   "mjs",   "cjs",       "ts",
     "tsx", "jsx",   "java", "kt",     "kts",  "swift",    "rb",   "php",   "pl",        "pm",
     "lua", "sh",    "bash", "zsh",    "fish", "ps1",      "sql",  "r",     "jl",        "scala",
     "hs",  "ml",    "mli",  "cs",     "fs",   "vb",       "m",    "mm",    "el",        "lisp",
     "clj", "ex",    "exs",  "erl",    "dart", "zig",      "nim",  "f90",   "pas",       "asm",
     "s",   "cmake", "toml", "yaml",   "yml",  "ini",      "cfg",  "conf",  "proto",     "graphql",
     "tf",  "nix",   "vue",  "svelte", "css",  "scss",     "diff", "patch", "properties"});
/// Names that are known without an extension.
constexpr std::array kTextNames = std::to_array<std::string_view>(
    {"readme", "license", "licence", "copying", "authors", "changelog", "changes", "news", "todo", "notes",
     "contributing", "install", "makefile", "dockerfile"});

std::string lowerAscii(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

template <class List>
bool contains(const List& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

Format formatOf(const std::filesystem::path& path) {
    const std::string extension = lowerAscii(path.extension().native());
    if (extension.empty())
        return contains(kTextNames, lowerAscii(path.filename().native())) ? Format::Text : Format::Unknown;
    const std::string name = extension.substr(1);
    if (contains(kPdf, name)) return Format::Pdf;
    if (contains(kMarkdown, name)) return Format::Markdown;
    if (contains(kHtml, name)) return Format::Html;
    return contains(kText, name) ? Format::Text : Format::Unknown;
}

}  // namespace commonplace::extract

// Template: the versioned prompts, resources/prompts/<name>.v<N>.md, taken apart into their sections.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commonplace::prompt {

/// The file as it was at build time (generated source, see template.cmake).
struct TemplateFile {
    std::string id;  ///< "answer.v1"
    std::string text;
};
const TemplateFile& answerFile();
const TemplateFile& rewriteFile();
const TemplateFile& summaryFile();
const TemplateFile& titleFile();

struct Template {
    std::string system;
    std::string passage;   ///< {{number}}, {{source}}, {{text}}
    std::string question;  ///< {{passages}}, {{question}}
    std::string ask;       ///< what of it stands behind the passages: {{question}}
};
const Template& answerTemplate();

/// The sections of a template: "## name" lines begin them; the line end before the next one is not part of
/// it.
std::vector<std::pair<std::string, std::string>> sections(std::string_view text);

/// Replaces {{name}} by its value in one pass, so that nothing inside a value is a placeholder. Unknown names
/// stay.
using Values = std::vector<std::pair<std::string_view, std::string_view>>;
std::string fill(std::string_view text, const Values& values);

}  // namespace commonplace::prompt

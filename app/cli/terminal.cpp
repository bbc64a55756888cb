#include "app/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <utility>

namespace commonplace::app::cli {
namespace {

const char* escapeOf(Style style) {
    switch (style) {
        case Style::Plain:
            return "";
        case Style::Bold:
            return "\x1b[1m";
        case Style::Dim:
            return "\x1b[2m";
        case Style::Good:
            return "\x1b[32m";
        case Style::Bad:
            return "\x1b[31m";
        case Style::Warning:
            return "\x1b[33m";
        case Style::Accent:
            return "\x1b[36m";
        case Style::Mark:
            return "\x1b[1;33m";
    }
    return "";
}

/// Characters that steer a terminal or reorder text instead of showing something.
bool isSteering(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool bidi =
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    return control || bidi || (c >= 0xE0000 && c <= 0xE007F);
}

/// East Asian wide characters take two columns; good enough for alignment.
std::size_t columnsOf(char32_t c) {
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                      (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                      (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                      (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

std::size_t widthOf(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = base::decodeUtf8(text, at);
        const std::size_t styleEnd =
            c.value == 0x1B ? text.find('m', at) : text.npos;  // our own colours take no room
        if (styleEnd == text.npos) width += columnsOf(c.value);
        at = styleEnd == text.npos ? at + c.bytes : styleEnd + 1;
    }
    return width;
}

std::string bar(double share, std::size_t width) {
    const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(width));
    std::string drawn;
    for (std::size_t i = 0; i < width; ++i) drawn += i < full ? "━" : "╌";
    return drawn;
}

const char* phaseName(ingest::Phase phase) {
    switch (phase) {
        case ingest::Phase::Text:
            return "Reading ";
        case ingest::Phase::Vectors:
            return "Meaning ";
    }
    return "";
}

}  // namespace

bool isColoured(Stream stream) {
    const char* none = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    if ((none && *none) || (terminal && std::string_view(terminal) == "dumb")) return false;
    return ::isatty(stream == Stream::Out ? STDOUT_FILENO : STDERR_FILENO) == 1;
}

std::size_t columns() {
    winsize size{};
    for (const int fd : {STDOUT_FILENO, STDERR_FILENO})
        if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

std::string styled(std::string_view text, Style style, Stream stream) {
    if (style == Style::Plain || !isColoured(stream)) return std::string(text);
    return escapeOf(style) + std::string(text) + "\x1b[0m";
}

std::string safe(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto c = base::decodeUtf8(text, at);
        base::appendUtf8(out, c.value == U'\n' || !isSteering(c.value) ? c.value : U'\uFFFD');
        at += c.bytes;
    }
    return out;
}

std::string safeLine(std::string_view text) {
    std::string line = safe(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view indent) {
    std::string out;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t space = text.find(' ', at);
        const std::string_view word = text.substr(at, space == text.npos ? text.npos : space - at);
        const std::size_t wordWidth = widthOf(word);
        if (column > 0 && column + 1 + wordWidth > width) {
            out += '\n';
            column = 0;
        }
        out += column == 0 ? std::string(indent) : std::string(" ");
        out += word;
        column += (column == 0 ? 0 : 1) + wordWidth;
        at = space == text.npos ? text.size() : space + 1;
    }
    return out;
}

std::string elided(std::string_view text, std::size_t width) {
    if (widthOf(text) <= width) return std::string(text);
    std::string out;
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = base::decodeUtf8(text, at);
        if (used + columnsOf(c.value) + 1 > width) break;
        used += columnsOf(c.value);
        out += text.substr(at, c.bytes);
        at += c.bytes;
    }
    return out + "…";
}

std::string elidedInside(std::string_view text, std::size_t width) {
    const std::size_t whole = widthOf(text);
    if (whole <= width || width == 0) return std::string(text);
    const std::size_t head = (width - 1) / 2;
    const std::size_t tail = width - 1 - head;
    std::string out;
    std::size_t seen = 0;
    bool cut = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = base::decodeUtf8(text, at);
        const std::size_t before = seen;
        seen += columnsOf(c.value);
        const bool kept = (!cut && seen <= head) || before >= whole - tail;
        if (kept) out += text.substr(at, c.bytes);
        if (!kept && !std::exchange(cut, true)) out += "…";
        at += c.bytes;
    }
    return out;
}

std::size_t shownWidth(std::string_view text) {
    return widthOf(text);
}

std::string padded(std::string_view text, std::size_t width) {
    const std::size_t used = widthOf(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string humanBytes(std::uint64_t bytes) {
    const char* const units[] = {"B", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000 && unit < 4; ++unit) value /= 1000;
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return text;
}

std::string humanSeconds(double seconds) {
    char text[32];
    if (seconds < 10)
        std::snprintf(text, sizeof text, "%.1f s", seconds);
    else if (seconds < 120)
        std::snprintf(text, sizeof text, "%.0f s", seconds);
    else if (seconds < 7200)
        std::snprintf(text, sizeof text, "%.0f min", seconds / 60);
    else
        std::snprintf(text, sizeof text, "%.1f h", seconds / 3600);
    return text;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(std::abs(number));
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return number < 0 ? "-" + digits : digits;
}

std::string count(std::int64_t number, std::string_view plural) {
    const bool one = number == 1 && plural.ends_with('s');
    return grouped(number) + " " + std::string(plural.substr(0, plural.size() - (one ? 1 : 0)));
}

ProgressLine::ProgressLine() : m_active(::isatty(STDERR_FILENO) == 1) {}
ProgressLine::~ProgressLine() {
    clear();
}

void ProgressLine::show(const ingest::Progress& progress) {
    if (!m_active) return;
    const double share =
        progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : 0;
    const char* unit = progress.phase == ingest::Phase::Vectors ? " segments/s" : " pages/s";
    std::string line = std::string(phaseName(progress.phase)) + " " + bar(share, 20) + " " +
                       grouped(progress.done) + " of " + grouped(progress.total) + " · " +
                       grouped(std::llround(progress.perSecond)) + unit;
    if (progress.secondsLeft > 0) line += " · " + humanSeconds(progress.secondsLeft) + " left";
    if (progress.problems > 0) line += " · " + grouped(progress.problems) + " problems";
    if (!progress.current.empty()) line += " · " + safeLine(progress.current);
    show(line);
}

void ProgressLine::show(const std::string& line) {
    if (!m_active) return;
    std::cerr << "\r\x1b[K" << elided(line, columns() - 1) << std::flush;
    m_drawn = true;
}

void ProgressLine::clear() {
    if (std::exchange(m_drawn, false)) std::cerr << "\r\x1b[K" << std::flush;
}

}  // namespace commonplace::app::cli

#include "engine/net/retry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

namespace commonplace::net {
namespace {

constexpr double kLongestWish = 60;

std::optional<double> number(std::string_view text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return !text.empty() && read.ptr == end && read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

int monthOf(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return static_cast<int>(std::find(kMonths.begin(), kMonths.end(), name) - kMonths.begin());
}

// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers may write; in no locale's words.
std::optional<double> httpDate(std::string_view text) {
    std::tm date{};
    char month[4] = {};
    const std::string copy(text.substr(0, 64));
    const int read = std::sscanf(copy.c_str(), "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &date.tm_mday, month,
                                 &date.tm_year, &date.tm_hour, &date.tm_min, &date.tm_sec);
    date.tm_mon = monthOf(month);
    date.tm_year -= 1900;
    if (read != 6 || date.tm_mon == 12) return std::nullopt;
    return static_cast<double>(timegm(&date));
}

std::optional<double> wishOf(const Response& refusal, double now) {
    if (const auto wait = number(headerValue(refusal, "retry-after-ms"))) return *wait / 1e3;
    const std::string_view after = headerValue(refusal, "retry-after");
    if (const auto wait = number(after)) return wait;
    const auto date = httpDate(after);
    return date ? std::optional(*date - now) : std::nullopt;
}

bool mentions(std::string_view body, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return body.find(word) != body.npos; });
}

// Longer than after other refusals: whoever comes back soon makes it worse.
constexpr int kDoublingsOfOverload = 2;
// A model should not be idle for long once it is loaded.
constexpr double kMostSecondsBetweenLooks = 2;

bool isOverloaded(const Response& refusal) {
    return refusal.status == 529 || (refusal.status == 503 && mentions(refusal.body, {"overloaded"}));
}

}  // namespace

bool isAboutMoney(const Response& refusal) {
    if (refusal.status == 402) return true;
    if (refusal.status != 429 && refusal.status != 400 && refusal.status != 403) return false;
    // The codes first: messages about a rate also tell how to buy a higher one.
    if (mentions(refusal.body, {"insufficient_quota", "credit_balance", "billing_error"})) return true;
    if (mentions(refusal.body, {"rate_limit", "rate limit", "Rate limit", "slow_down"})) return false;
    return mentions(refusal.body, {"credit", "billing", "spend"});
}

bool isWorthRepeating(const Response& refusal) {
    if (isAboutMoney(refusal)) return false;
    const std::string_view wish = headerValue(refusal, "x-should-retry");
    if (wish == "true" || wish == "false") return wish == "true" && refusal.status >= 400;
    return refusal.status == 408 || refusal.status == 409 || refusal.status == 429 || refusal.status >= 500;
}

bool isStillLoading(const Response& refusal) {
    return refusal.status == 503 && mentions(refusal.body, {"Loading model", "loading model"});
}

std::optional<double> requestedWait(const Response& refusal, double now) {
    const auto wait = wishOf(refusal, now);
    return wait && *wait > 0 && *wait <= kLongestWish ? wait : std::nullopt;
}

double ownWait(const RetryLimits& limits, int repetition, double chance) {
    const double doubled = limits.firstSeconds * static_cast<double>(1u << std::clamp(repetition, 0, 20));
    return std::min(doubled, limits.mostSeconds) * (1 - 0.25 * chance);
}

double waitAfter(const Response& refusal, const RetryLimits& limits, int repetition, double now,
                 double chance) {
    if (const auto wish = requestedWait(refusal, now)) return *wish;
    if (isStillLoading(refusal))
        return std::min(ownWait(limits, repetition, chance), kMostSecondsBetweenLooks);
    return ownWait(limits, repetition + (isOverloaded(refusal) ? kDoublingsOfOverload : 0), chance);
}

std::optional<double> Repetitions::after(const Response& refusal) {
    if (!isWorthRepeating(refusal) || m_limits.times == 0) return std::nullopt;
    const bool isLoading = isStillLoading(refusal) && m_clock.seconds() < m_limits.loadingSeconds;
    if (!isLoading && m_count >= m_limits.times) return std::nullopt;
    const int number = isLoading ? m_looks++ : m_count++;
    return waitAfter(refusal, m_limits, number, static_cast<double>(std::time(nullptr)), chance());
}

std::optional<double> Repetitions::afterNoConnection() {
    if (m_count >= m_limits.times) return std::nullopt;
    return ownWait(m_limits, m_count++, chance());
}

bool waitFor(double seconds, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
    return !stop.stop_requested();
}

}  // namespace commonplace::net

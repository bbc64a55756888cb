// How long a test waits before it calls something a hang. What a thing really takes is measured in bench/,
// never asserted: a busy machine may stop any process for seconds.
#pragma once

namespace commonplace::test {

/// Far above every time that a test expects and far below every limit that it must not have waited for.
constexpr double kHangSeconds = 20;

}  // namespace commonplace::test

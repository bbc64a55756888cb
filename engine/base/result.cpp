#include "engine/base/result.h"

namespace commonplace::base {

const char* name(ErrorCode code) {
    switch (code) {
        case ErrorCode::Internal:
            return "internal";
        case ErrorCode::InvalidArgument:
            return "invalid_argument";
        case ErrorCode::NotFound:
            return "not_found";
        case ErrorCode::Io:
            return "io";
        case ErrorCode::NoSpace:
            return "no_space";
        case ErrorCode::Corrupt:
            return "corrupt";
        case ErrorCode::Newer:
            return "newer";
        case ErrorCode::Busy:
            return "busy";
        case ErrorCode::Cancelled:
            return "cancelled";
        case ErrorCode::Timeout:
            return "timeout";
        case ErrorCode::Limit:
            return "limit";
        case ErrorCode::Network:
            return "network";
        case ErrorCode::Protocol:
            return "protocol";
        case ErrorCode::Unsupported:
            return "unsupported";
        case ErrorCode::Encrypted:
            return "encrypted";
        case ErrorCode::Crashed:
            return "crashed";
        case ErrorCode::Refused:
            return "refused";
    }
    return "internal";
}

}  // namespace commonplace::base

// The reference measurement: texts, token ids and vectors that the original runtime (TensorFlow.js) gave for
// the float model. Vectors are rounded to five digits; the empty text has none.
#pragma once

#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "engine/embed/model.h"

namespace commonplace::test {

struct ReferenceItem {
    std::string text;
    std::vector<std::int32_t> ids;
    std::vector<float> vector;

    /// What the encoder reads of it.
    std::vector<std::int32_t> window() const {
        auto first = ids;
        if (first.size() > embed::Shape::maximumTokens) first.resize(embed::Shape::maximumTokens);
        return first;
    }
};

inline std::vector<ReferenceItem> referenceItems() {
    std::ifstream file(std::string(COMMONPLACE_TEST_DIR) + "/data/use_lite_reference.json");
    const auto content = nlohmann::json::parse(file);
    std::vector<ReferenceItem> items;
    for (const auto& entry : content.at("items")) {
        ReferenceItem item{entry.at("text"), entry.at("ids"), {}};
        if (entry.at("vector").is_array()) item.vector = entry.at("vector").get<std::vector<float>>();
        items.push_back(std::move(item));
    }
    return items;
}

inline embed::Model builtinModel() {
    return embed::Model::open(embed::builtinModelBytes()).value();
}

inline double cosine(std::span<const float> a, std::span<const float> b) {
    double dot = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += double{a[i]} * b[i];
        aa += double{a[i]} * a[i];
        bb += double{b[i]} * b[i];
    }
    return dot / std::sqrt(aa * bb);
}

}  // namespace commonplace::test

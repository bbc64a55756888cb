// The SQL of both schemas, step by step; SCHEMA.md explains them. Internal to this room.
#pragma once

#include <filesystem>

#include "engine/store/database.h"

namespace commonplace::store {

DatabaseSpec indexSpec(const std::filesystem::path& file, Access access);
DatabaseSpec librarySpec(const std::filesystem::path& file, Access access);

}  // namespace commonplace::store

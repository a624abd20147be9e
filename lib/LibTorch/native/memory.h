// The memory of CPU tensors.
#pragma once

#include <atomic>
#include <cstdint>

namespace door {

// Once, when the library is loaded: from then on tensors are allocated here.
void take_over_allocation();

// Bytes that live tensors hold.
const std::atomic<int64_t>& live_bytes();

// The most that they held since the start, or since that was forgotten.
int64_t most_live_bytes();
void forget_most_live_bytes();

}  // namespace door

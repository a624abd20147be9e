// Our kernels in the place of libtorch's.
#pragma once

#include <torch/library.h>

namespace door {

// Once, when the library is loaded: add registers the kernels for tensors on the CPU.
void replace_kernels(void (*add)(torch::Library&));

}  // namespace door

// What belongs to the process: its start, threads, random numbers, version.
#include "door.h"
#include "memory.h"
#include "pooling.h"
#include "threads.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <torch/version.h>

using namespace door;

// CUDA's operators register themselves when their library is loaded; it lies beside the CPU's where the libtorch has it.
static void load_cuda() {
    Dl_info info;
    if (dladdr(reinterpret_cast<void*>(&at::globalContext), &info) == 0) return;
    std::string path(info.dli_fname);
    path = path.substr(0, path.rfind('/') + 1) + "libtorch_cuda.so";
    dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
}

DOOR int door_initialize(int32_t threads, const std::atomic<int64_t>** bytes, const char** version) {
    return guarded([&] {
        take_over_allocation();
        set_threads_up(threads);
        set_pooling_up();
        load_cuda();
        *bytes = &live_bytes();
        *version = TORCH_VERSION;
    });
}

DOOR int64_t door_most_live_bytes() { return most_live_bytes(); }

DOOR void door_forget_most_live_bytes() { forget_most_live_bytes(); }

DOOR int door_set_num_threads(int32_t threads) {
    return guarded([&] { at::set_num_threads(threads); });
}

DOOR int32_t door_num_threads() { return at::get_num_threads(); }

DOOR int door_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); });
}

DOOR int door_new_generator(uint64_t seed, at::Generator** generator) {
    return guarded([&] { *generator = new at::Generator(at::detail::createCPUGenerator(seed)); });
}

DOOR int door_default_generator(at::Generator** generator) {
    return guarded([&] { *generator = new at::Generator(at::detail::getDefaultCPUGenerator()); });
}

DOOR int door_generator_seed(at::Generator* generator, int32_t set, uint64_t* seed) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        if (set != 0) generator->set_current_seed(*seed);
        else *seed = generator->current_seed();
    });
}

DOOR int door_generator_state(at::Generator* generator, void* state, void** current) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        if (state != nullptr) generator->set_state(borrow(state));
        *current = give(generator->get_state());
    });
}

DOOR void door_release_generator(at::Generator* generator) { delete generator; }

DOOR int32_t door_cuda_devices() {
    try {
        return at::hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0;
    } catch (...) {
        return 0;
    }
}

// What belongs to the process: threads, memory, random numbers, devices, version.
#include "door.h"
#include "threads.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/CPUAllocator.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/version.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

using namespace door;

namespace {

std::atomic<int64_t> live_bytes{0};

// libtorch wants blocks aligned to 64 bytes. glibc before 2.38 does not reuse what posix_memalign gave while a small block lives beside it,
// and a program with a few forgotten tensors grows by all it ever allocates; so the alignment is made here, with the block's own address
// in front of it.
constexpr size_t alignment = 64;

void* allocate_counted(size_t bytes) {
    TORCH_CHECK(bytes < SIZE_MAX / 2, "a tensor of ", bytes, " bytes is too large");
    void* block = std::malloc(bytes + 2 * alignment);
    TORCH_CHECK_WITH(OutOfMemoryError, block != nullptr, "not enough memory: you tried to allocate ", bytes, " bytes.");
    live_bytes.fetch_add(static_cast<int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
    auto memory = (reinterpret_cast<uintptr_t>(block) + 2 * alignment - 1) & ~(alignment - 1);
    reinterpret_cast<void**>(memory)[-1] = block;
    return reinterpret_cast<void*>(memory);
}

void free_counted(void* memory) {
    if (memory == nullptr) return;
    void* block = static_cast<void**>(memory)[-1];
    live_bytes.fetch_sub(static_cast<int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
    std::free(block);
}

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
#define DOOR_CONST
#else
#define DOOR_CONST const
#endif

// Allocation that is counted: what tells the garbage collector that small objects hold large memory.
struct CountingAllocator final : c10::Allocator {
    c10::DataPtr allocate(size_t bytes) DOOR_CONST override {
        void* memory = bytes == 0 ? nullptr : allocate_counted(bytes);
        return {memory, memory, &free_counted, at::Device(at::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &free_counted; }
#if TORCH_VERSION_MAJOR >= 2
    void copy_data(void* destination, const void* source, size_t bytes) const override { std::memcpy(destination, source, bytes); }
#endif
};

}  // namespace

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
        static CountingAllocator allocator;
        c10::SetCPUAllocator(&allocator, /*priority=*/100);
        set_threads_up(threads);
        load_cuda();
        *bytes = &live_bytes;
        *version = TORCH_VERSION;
    });
}

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

#include "memory.h"

#include "door.h"

#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <torch/version.h>

#include <cstdlib>
#include <cstring>
#include <mutex>

namespace door {

namespace {

std::atomic<int64_t> live{0};
std::atomic<int64_t> most_live{0};

void count_up(int64_t bytes) {
    auto now = live.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    auto most = most_live.load(std::memory_order_relaxed);
    while (now > most && !most_live.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
    }
}

// A training step frees and allocates the same large blocks as the one before. The system takes each back and hands out fresh pages, which
// cost as much as the arithmetic on them; so some are kept, the oldest given back first.
class LargeBlocks {
public:
    static constexpr size_t least = 1 << 18;

    // A kept block of at least so many bytes, and not many more; null when there is none.
    void* take(size_t bytes) {
        std::lock_guard<std::mutex> lock(mutex_);
        for (auto block = kept_.rbegin(); block != kept_.rend(); ++block) {
            if (block->bytes < bytes || block->bytes > bytes + bytes / 4) continue;
            void* memory = block->memory;
            kept_bytes_ -= block->bytes;
            kept_.erase(std::next(block).base());
            return memory;
        }
        return nullptr;
    }

    void keep(void* memory, size_t bytes) {
        std::lock_guard<std::mutex> lock(mutex_);
        kept_.push_back({memory, bytes});
        kept_bytes_ += bytes;
        release_oldest(most_bytes);
    }

    void release_all() {
        std::lock_guard<std::mutex> lock(mutex_);
        release_oldest(0);
    }

private:
    static constexpr size_t most_bytes = 256 << 20;

    struct Block {
        void* memory;
        size_t bytes;
    };

    void release_oldest(size_t limit) {
        size_t count = 0;
        for (; kept_bytes_ > limit; count++) {
            kept_bytes_ -= kept_[count].bytes;
            std::free(kept_[count].memory);
        }
        kept_.erase(kept_.begin(), kept_.begin() + count);
    }

    std::mutex mutex_;
    std::vector<Block> kept_;
    size_t kept_bytes_ = 0;
};

// never destroyed: tensors may be freed while the process ends
LargeBlocks& large_blocks() {
    static auto* blocks = new LargeBlocks();
    return *blocks;
}

// libtorch wants blocks aligned to 64 bytes. glibc before 2.38 does not reuse what posix_memalign gave while a small block lives beside it,
// and a program with a few forgotten tensors grows by all it ever allocates; so the alignment is made here, with the block's own address
// in front of it.
constexpr size_t alignment = 64;

void* find_block(size_t bytes) {
    if (bytes < LargeBlocks::least) return std::malloc(bytes);
    if (void* kept = large_blocks().take(bytes)) return kept;
    if (void* block = std::malloc(bytes)) return block;
    large_blocks().release_all();
    return std::malloc(bytes);
}

void* allocate(size_t bytes) {
    TORCH_CHECK(bytes < SIZE_MAX / 2, "a tensor of ", bytes, " bytes is too large");
    void* block = find_block(bytes + 2 * alignment);
    TORCH_CHECK_WITH(OutOfMemoryError, block != nullptr, "not enough memory: you tried to allocate ", bytes, " bytes.");
    count_up(static_cast<int64_t>(malloc_usable_size(block)));
    auto memory = (reinterpret_cast<uintptr_t>(block) + 2 * alignment - 1) & ~(alignment - 1);
    reinterpret_cast<void**>(memory)[-1] = block;
    return reinterpret_cast<void*>(memory);
}

void release(void* memory) {
    if (memory == nullptr) return;
    void* block = static_cast<void**>(memory)[-1];
    auto bytes = malloc_usable_size(block);
    live.fetch_sub(static_cast<int64_t>(bytes), std::memory_order_relaxed);
    if (bytes < LargeBlocks::least) std::free(block);
    else large_blocks().keep(block, bytes);
}

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
#define DOOR_CONST
#else
#define DOOR_CONST const
#endif

// Allocation that is counted: what tells the garbage collector that small objects hold large memory.
struct CountingAllocator final : c10::Allocator {
    c10::DataPtr allocate(size_t bytes) DOOR_CONST override {
        void* memory = bytes == 0 ? nullptr : door::allocate(bytes);
        return {memory, memory, &release, at::Device(at::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
#if TORCH_VERSION_MAJOR >= 2
    void copy_data(void* destination, const void* source, size_t bytes) const override { std::memcpy(destination, source, bytes); }
#endif
};

}  // namespace

void take_over_allocation() {
    static CountingAllocator allocator;
    c10::SetCPUAllocator(&allocator, /*priority=*/100);
}

const std::atomic<int64_t>& live_bytes() { return live; }

int64_t most_live_bytes() { return most_live; }

void forget_most_live_bytes() { most_live = live.load(); }

}  // namespace door

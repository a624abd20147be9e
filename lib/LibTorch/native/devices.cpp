// Devices that work through queues of their own, which is CUDA, by the interfaces that a device registers with c10: nothing here needs
// CUDA's toolkit to compile, or CUDA to load.
#include "door.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/Allocator.h>
#include <c10/core/Event.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#define DOOR_SINCE(major, minor) (TORCH_VERSION_MAJOR > major || (TORCH_VERSION_MAJOR == major && TORCH_VERSION_MINOR >= minor))

#if DOOR_SINCE(2, 9)
#include <c10/core/CachingDeviceAllocator.h>
#endif
#if __has_include(<ATen/accelerator/Graph.h>)
#include <ATen/accelerator/Graph.h>
using Graph = at::accelerator::Graph;
#else
struct Graph {
    explicit Graph(bool) { TORCH_CHECK(false, "CUDA graphs need libtorch 2.14 or newer; this is ", TORCH_VERSION); }
    void capture_begin() {}
    void capture_end() {}
    void replay() {}
    void reset() {}
};
#endif

using namespace door;
using c10::impl::VirtualGuardImpl;

namespace {

// Mirrored by TorchSharp.Native.Queue.
struct Queue {
    int32_t device_type;
    int32_t device_index;
    int64_t id;
};

c10::Device device_of(int32_t type, int32_t index) {
    return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

c10::Stream stream_of(Queue queue) { return c10::Stream(c10::Stream::UNSAFE, device_of(queue.device_type, queue.device_index), queue.id); }

Queue queue_of(c10::Stream stream) { return {static_cast<int32_t>(stream.device_type()), stream.device_index(), stream.id()}; }

#if DOOR_SINCE(2, 9)
c10::DeviceAllocator& allocator_of(int32_t type) {
    at::globalContext().lazyInitDevice(static_cast<c10::DeviceType>(type));
    auto allocator = dynamic_cast<c10::DeviceAllocator*>(c10::GetAllocator(static_cast<c10::DeviceType>(type)));
    TORCH_CHECK(allocator != nullptr, "the device's allocator keeps no statistics");
    return *allocator;
}
#else
[[noreturn]] void no_statistics() { TORCH_CHECK(false, "memory statistics need libtorch 2.9 or newer; this is ", TORCH_VERSION); }
#endif

}  // namespace

// Makes the device of `index` the current one, unless that is negative; `before` is the one that was.
DOOR int door_device_exchange(int32_t type, int32_t index, int32_t* before) {
    return guarded([&] {
        VirtualGuardImpl guard(static_cast<c10::DeviceType>(type));
        *before = (index < 0 ? guard.getDevice() : guard.exchangeDevice(device_of(type, index))).index();
    });
}

DOOR int door_cuda_synchronize(int32_t index) {
    return guarded([&] { at::detail::getCUDAHooks().deviceSynchronize(index); });
}

DOOR int door_device_seed(int32_t type, int32_t index, uint64_t seed) {
    return guarded([&] {
        at::Generator generator = at::globalContext().defaultGenerator(device_of(type, index));
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed);
    });
}

// `kind`: 0 the current one, 1 the default one, 2 one of libtorch's pool, 3 one of its pool of high priority.
DOOR int door_stream(int32_t type, int32_t index, int32_t kind, Queue* queue) {
    return guarded([&] {
        VirtualGuardImpl guard(static_cast<c10::DeviceType>(type));
        auto device = index < 0 ? guard.getDevice() : device_of(type, index);
        *queue = queue_of(kind == 0 ? guard.getStream(device)
            : kind == 1 ? guard.getDefaultStream(device) : guard.getStreamFromGlobalPool(device, kind == 3));
    });
}

DOOR int door_stream_exchange(Queue queue, Queue* before) {
    return guarded([&] {
        auto stream = stream_of(queue);
        *before = queue_of(VirtualGuardImpl(stream.device_type()).exchangeStream(stream));
    });
}

DOOR int door_stream_query(Queue queue, int32_t* idle) {
    return guarded([&] { *idle = stream_of(queue).query(); });
}

DOOR int door_stream_synchronize(Queue queue) {
    return guarded([&] { stream_of(queue).synchronize(); });
}

DOOR int door_event_new(int32_t type, int32_t timing, c10::Event** event) {
    return guarded([&] {
        auto device = static_cast<c10::DeviceType>(type);
        VirtualGuardImpl guard(device);
        *event = new c10::Event(device, timing != 0 ? c10::EventFlag::BACKEND_DEFAULT : c10::EventFlag::PYTORCH_DEFAULT);
    });
}

DOOR void door_event_release(c10::Event* event) { delete event; }

DOOR int door_event_record(c10::Event* event, Queue queue) {
    return guarded([&] { event->record(stream_of(queue)); });
}

DOOR int door_event_block(c10::Event* event, Queue queue) {
    return guarded([&] { event->block(stream_of(queue)); });
}

DOOR int door_event_query(c10::Event* event, int32_t* passed) {
    return guarded([&] { *passed = event->query(); });
}

DOOR int door_event_elapsed(c10::Event* start, c10::Event* end, double* milliseconds) {
    return guarded([&] {
#if DOOR_SINCE(2, 6)
        *milliseconds = start->elapsedTime(*end);
#else
        TORCH_CHECK(false, "the time between events needs libtorch 2.6 or newer; this is ", TORCH_VERSION);
#endif
    });
}

// The bytes allocated and reserved, now and at most.
DOOR int door_memory_statistics(int32_t type, int32_t index, int64_t* statistics) {
    return guarded([&] {
#if DOOR_SINCE(2, 9)
        auto found = allocator_of(type).getDeviceStats(static_cast<c10::DeviceIndex>(index));
        statistics[0] = found.allocated_bytes[0].current;
        statistics[1] = found.allocated_bytes[0].peak;
        statistics[2] = found.reserved_bytes[0].current;
        statistics[3] = found.reserved_bytes[0].peak;
#else
        no_statistics();
#endif
    });
}

DOOR int door_memory_reset_peak(int32_t type, int32_t index) {
    return guarded([&] {
#if DOOR_SINCE(2, 9)
        allocator_of(type).resetPeakStats(static_cast<c10::DeviceIndex>(index));
#else
        no_statistics();
#endif
    });
}

DOOR int door_memory_empty_cache(int32_t type) {
    return guarded([&] {
#if DOOR_SINCE(2, 9)
        allocator_of(type).emptyCache();
#else
        no_statistics();
#endif
    });
}

DOOR int door_graph_new(Graph** graph) {
    return guarded([&] { *graph = new Graph(false); });
}

DOOR void door_graph_release(Graph* graph) { delete graph; }

DOOR int door_graph_begin(Graph* graph) {
    return guarded([&] { graph->capture_begin(); });
}

DOOR int door_graph_end(Graph* graph) {
    return guarded([&] { graph->capture_end(); });
}

DOOR int door_graph_replay(Graph* graph) {
    return guarded([&] { graph->replay(); });
}

DOOR int door_graph_reset(Graph* graph) {
    return guarded([&] { graph->reset(); });
}

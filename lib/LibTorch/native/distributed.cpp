// Several processes: the store where they meet, collectives over Gloo or NCCL, and the Reducer that averages gradients during backward.
#include "door.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/csrc/distributed/c10d/comm.hpp>
#include <torch/csrc/distributed/c10d/reducer.hpp>
#include <torch/version.h>
#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <sstream>
#include <type_traits>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace door;
using std::chrono::milliseconds;

namespace {

using Store = c10::intrusive_ptr<c10d::Store>;
using Group = c10::intrusive_ptr<c10d::ProcessGroup>;
using Work = c10::intrusive_ptr<c10d::Work>;

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
#define DOOR_STORE_OPTIONS

// By itself a store listens on all of the host's addresses.
int listen_on_loopback(uint16_t port) {
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && listen(listening, SOMAXCONN) == 0) return listening;
    std::string reason = std::strerror(errno);
    close(listening);
    TORCH_CHECK(false, reason);
}
#endif

// Mirrored by TorchSharp.Native.Collective.
enum class Collective : int32_t { all_reduce, broadcast, reduce, all_gather, gather, scatter, barrier };

// What travels as a block of memory has to be one.
std::vector<at::Tensor> blocks(void** handles, int32_t count) {
    auto tensors = borrow(handles, count);
    for (const auto& tensor : tensors) {
        TORCH_CHECK(tensor.defined() && tensor.layout() == at::kStrided, "only dense tensors travel between processes");
        TORCH_CHECK(tensor.is_contiguous(), "a tensor that travels between processes has to be contiguous: pass tensor.contiguous()");
    }
    return tensors;
}

#if TORCH_VERSION_MAJOR >= 2
// From 2.0 on, a process group hands on to one backend a device type.
template <typename Backend>
Group group_of(const Store& store, int rank, int size, c10::intrusive_ptr<Backend> backend, c10d::ProcessGroup::BackendType type,
               std::initializer_list<c10::DeviceType> devices) {
    Group group;
#if TORCH_VERSION_MAJOR > 2 || TORCH_VERSION_MINOR >= 6
    group = c10::make_intrusive<c10d::ProcessGroup>(store, rank, size);
#else
    auto options = c10::make_intrusive<c10d::ProcessGroup::Options>(backend->getBackendName());
    group = c10::make_intrusive<c10d::ProcessGroup>(store, rank, size, options);
#endif
    for (auto device : devices) group->setBackend(device, type, backend);
    group->setDefaultBackend(type);
    return group;
}
#endif

#ifdef USE_C10D_GLOO
// `interfaces` are names of network interfaces, separated by commas; without any, the one that has the address `host`.
Group gloo_group(const Store& store, int rank, int size, milliseconds timeout, const std::string& interfaces, const std::string& host) {
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    std::istringstream names(interfaces);
    for (std::string name; std::getline(names, name, ',');)
        options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForInterface(name));
    if (options->devices.empty()) options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(host));
    options->threads = static_cast<int>(options->devices.size()) * 2;
    auto backend = c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
#if TORCH_VERSION_MAJOR >= 2
    return group_of(store, rank, size, backend, c10d::ProcessGroup::BackendType::GLOO, {c10::kCPU, c10::kCUDA});
#else
    return backend;
#endif
}
#endif

#ifdef USE_C10D_NCCL
Group nccl_group(const Store& store, int rank, int size, milliseconds timeout) {
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    auto backend = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
#if TORCH_VERSION_MAJOR >= 2
    return group_of(store, rank, size, backend, c10d::ProcessGroup::BackendType::NCCL, {c10::kCUDA});
#else
    return backend;
#endif
}
#endif

using Sizes = std::vector<size_t>;

template <typename... Arguments>
std::unique_ptr<c10d::Reducer> try_reducer(Arguments&&... arguments) {
    if constexpr (std::is_constructible_v<c10d::Reducer, Arguments...>) return std::make_unique<c10d::Reducer>(arguments...);
    else return nullptr;
}

// The constructor gained arguments at its end and lost the sizes of the buckets, neither with a change of the major version.
template <typename... Common>
std::unique_ptr<c10d::Reducer> reducer_of(std::vector<at::Tensor>& parameters, std::vector<Sizes>& buckets, Sizes& sizes, Common... common) {
    auto made = try_reducer(parameters, buckets, sizes, common...);
    if (!made) made = try_reducer(parameters, buckets, sizes, common..., false, false);
    if (!made) made = try_reducer(parameters, buckets, common..., false, false);
    if (!made) made = try_reducer(parameters, buckets, common..., false, false, std::vector<int64_t>{});
    TORCH_CHECK(made, "this libtorch's Reducer is made in a way that is not known here");
    return made;
}

}  // namespace

// Which backends there are: 1 is Gloo, 2 is NCCL.
DOOR int32_t door_backends() {
    int32_t backends = 0;
#ifdef USE_C10D_GLOO
    backends |= 1;
#endif
#ifdef USE_C10D_NCCL
    backends |= 2;
#endif
    return backends;
}

// Where the others are all on this host, `loopback` keeps the store to it; libtorch 1.13 cannot.
DOOR int door_store_connect(const char* host, int32_t port, int32_t is_server, int32_t loopback, int64_t timeout, Store** store,
                            int32_t* bound) {
    return guarded([&] {
        c10d::TCPStoreOptions options;
        options.port = static_cast<uint16_t>(port);
        options.isServer = is_server != 0;
        options.waitWorkers = false;
        options.timeout = milliseconds(timeout);
#ifdef DOOR_STORE_OPTIONS
        options.useLibUV = false;  // not every libtorch is built with it
        if (is_server != 0 && loopback != 0 && port != 0) options.masterListenFd = listen_on_loopback(options.port);
#endif
        auto connected = c10::make_intrusive<c10d::TCPStore>(host, options);
        *bound = connected->getPort();
        *store = new Store(connected);
    });
}

DOOR int door_store_prefix(Store* store, const char* prefix, Store** prefixed) {
    return guarded([&] { *prefixed = new Store(c10::make_intrusive<c10d::PrefixStore>(prefix, *store)); });
}

DOOR int door_store_set(Store* store, const char* key, const uint8_t* value, int32_t count) {
    return guarded([&] { (*store)->set(key, std::vector<uint8_t>(value, value + count)); });
}

// Waits for the key; the value is a tensor of bytes.
DOOR int door_store_get(Store* store, const char* key, void** value) {
    return guarded([&] {
        auto bytes = (*store)->get(key);
        *value = give(at::tensor(at::ArrayRef<uint8_t>(bytes.data(), bytes.size()), at::kByte));
    });
}

DOOR int door_store_add(Store* store, const char* key, int64_t amount, int64_t* sum) {
    return guarded([&] { *sum = (*store)->add(key, amount); });
}

DOOR int door_store_check(Store* store, const char* key, int32_t* exists) {
    return guarded([&] { *exists = (*store)->check({key}); });
}

DOOR int door_store_wait(Store* store, const char* key, int64_t timeout) {
    return guarded([&] { (*store)->wait({key}, milliseconds(timeout)); });
}

DOOR void door_store_release(Store* store) {
    guarded([&] { delete store; });
}

DOOR int door_group_create(const char* backend, Store* store, int32_t rank, int32_t size, int64_t timeout, const char* interfaces,
                           const char* host, Group** group) {
    return guarded([&] {
        std::string name(backend);
#ifdef USE_C10D_GLOO
        if (name == "gloo") {
            *group = new Group(gloo_group(*store, rank, size, milliseconds(timeout), interfaces, host));
            return;
        }
#endif
#ifdef USE_C10D_NCCL
        if (name == "nccl") {
            *group = new Group(nccl_group(*store, rank, size, milliseconds(timeout)));
            return;
        }
#endif
        TORCH_CHECK(false, "this libtorch has no ", name);
    });
}

DOOR void door_group_release(Group* group) {
    guarded([&] { delete group; });
}

// `outputs` are written and `inputs` read; the one of a call in place is an output.
DOOR int door_collective(Group* handle, Collective kind, void** output_handles, int32_t output_count, void** input_handles,
                         int32_t input_count, int32_t op, int32_t root, Work** work) {
    return guarded([&] {
        auto& group = **handle;
        auto outputs = blocks(output_handles, output_count), inputs = blocks(input_handles, input_count);
        std::vector<std::vector<at::Tensor>> output_list, input_list;
        auto reduce_op = static_cast<c10d::ReduceOp::RedOpType>(op);
        auto start = [&]() -> Work {
            switch (kind) {
                case Collective::all_reduce: {
                    c10d::AllreduceOptions options;
                    options.reduceOp = reduce_op;
                    return group.allreduce(outputs, options);
                }
                case Collective::broadcast: {
                    c10d::BroadcastOptions options;
                    options.rootRank = root;
                    return group.broadcast(outputs, options);
                }
                case Collective::reduce: {
                    c10d::ReduceOptions options;
                    options.reduceOp = reduce_op;
                    options.rootRank = root;
                    return group.reduce(outputs, options);
                }
                case Collective::all_gather:
                    output_list.push_back(outputs);
                    return group.allgather(output_list, inputs);
                case Collective::gather: {
                    c10d::GatherOptions options;
                    options.rootRank = root;
                    if (group.getRank() == root) output_list.push_back(outputs);
                    return group.gather(output_list, inputs, options);
                }
                case Collective::scatter: {
                    c10d::ScatterOptions options;
                    options.rootRank = root;
                    if (group.getRank() == root) input_list.push_back(inputs);
                    return group.scatter(outputs, input_list, options);
                }
                case Collective::barrier: return group.barrier();
            }
            TORCH_CHECK(false, "there is no collective ", static_cast<int>(kind));
        };
        *work = new Work(start());
    });
}

// A timeout of 0 is the group's own.
DOOR int door_work_wait(Work* work, int64_t timeout) {
    return guarded([&] { TORCH_CHECK((*work)->wait(milliseconds(timeout)), "the collective was aborted"); });
}

DOOR int door_work_completed(Work* work, int32_t* completed) {
    return guarded([&] { *completed = (*work)->isCompleted(); });
}

DOOR void door_work_release(Work* work) {
    guarded([&] { delete work; });
}

// As DistributedDataParallel of PyTorch: the tensors of `root` become those of all.
DOOR int door_broadcast_coalesced(Group* group, void** handles, int32_t count, int64_t buffer_bytes, int32_t root) {
    return guarded([&] { c10d::broadcast_coalesced(*group, borrow(handles, count), static_cast<size_t>(buffer_bytes), root); });
}

DOOR int door_reducer_create(Group* group, void** handles, int32_t count, const char** names, int64_t first_bucket_bytes,
                             int64_t bucket_bytes, int32_t find_unused, int32_t bucket_views, int32_t static_graph,
                             c10d::Reducer** reducer) {
    return guarded([&] {
        auto parameters = borrow(handles, count);
        std::vector<bool> sparse(count, false);
        std::unordered_map<size_t, std::string> by_index;
        for (int32_t i = 0; i < count; i++) by_index.emplace(i, names[i]);
        // one bucket, until the first backward has shown the order of the gradients; it stays as it is where that order may change
        std::vector<size_t> limits{std::numeric_limits<size_t>::max() / 2};
        if (find_unused != 0 && static_graph == 0) limits = {static_cast<size_t>(first_bucket_bytes), static_cast<size_t>(bucket_bytes)};
        auto [buckets, sizes] = c10d::compute_bucket_assignment_by_size(parameters, limits, sparse);
        std::reverse(buckets.begin(), buckets.end());
        std::reverse(sizes.begin(), sizes.end());
        auto made = reducer_of(parameters, buckets, sizes, *group, sparse, bucket_bytes, find_unused != 0, bucket_views != 0, by_index,
                               first_bucket_bytes);
        if (static_graph != 0) made->set_static_graph();
        *reducer = made.release();
    });
}

// Before each forward whose gradients will be averaged.
DOOR int door_reducer_before_forward(c10d::Reducer* reducer, int32_t averaging) {
    return guarded([&] {
        if (averaging != 0) reducer->prepare_for_forward();
        reducer->rebuild_buckets();
    });
}

// Between forward and backward; the outputs matter only where parameters may be unused.
DOOR int door_reducer_before_backward(c10d::Reducer* reducer, void** outputs, int32_t count) {
    return guarded([&] { reducer->prepare_for_backward(borrow(outputs, count)); });
}

DOOR void door_reducer_release(c10d::Reducer* reducer) {
    guarded([&] { delete reducer; });
}

// The door between C# and libtorch. Every entry catches every exception: 0 is success, 1 is failure, with the reason in door_error().
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#define DOOR extern "C" __attribute__((visibility("default")))

namespace door {

// Mirrored by TorchSharp.Native.Tag.
enum class Tag : int32_t {
    none, tensor, integer, real, boolean, string, device, integers, reals, booleans, tensors, generator
};

// One argument or result. Lists and strings point to `count` elements that the caller owns; a device is its type in `count` and its index
// in `integer`. A tensor is a TensorImpl whose reference the receiver of a result owns.
struct Value {
    Tag tag;
    int32_t count;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
};

void set_error(const std::string& message);

inline at::Tensor borrow(void* handle) {
    return handle == nullptr ? at::Tensor()
        : at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(static_cast<at::TensorImpl*>(handle)));
}

inline void* give(at::Tensor tensor) {
    return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline std::vector<at::Tensor> borrow(void** handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

void** give(const std::vector<at::Tensor>& tensors);

template <typename Body>
int guarded(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        set_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_error(error.what());
    } catch (...) {
        set_error("libtorch threw something that is no std::exception");
    }
    return 1;
}

}  // namespace door

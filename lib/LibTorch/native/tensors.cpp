// Tensor handles: their metadata, their lifetime, and memory that C# owns.
#include "door.h"

using namespace door;

// Mirrored by TorchSharp.Native.TensorInfo. The pointers live as long as the tensor keeps its shape.
struct TensorInfo {
    int64_t dimensions;
    int64_t elements;
    int64_t element_size;
    const int64_t* sizes;
    const int64_t* strides;
    int32_t scalar_type;
    int32_t device_type;
    int32_t device_index;
    int32_t layout;
    int32_t requires_grad;
    int32_t is_leaf;
    int32_t is_contiguous;
    int32_t reserved;
};

DOOR void door_release(void* handle) {
    // destructors of an autograd graph may throw from C#'s callbacks: nobody is left to tell
    guarded([&] { c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(static_cast<at::TensorImpl*>(handle)); });
}

DOOR int door_alias(void* handle, void** same) {
    return guarded([&] { *same = give(borrow(handle)); });
}

DOOR int door_info(void* handle, TensorInfo* info) {
    return guarded([&] {
        auto tensor = borrow(handle);
        info->dimensions = tensor.dim();
        info->elements = tensor.numel();
        info->element_size = static_cast<int64_t>(tensor.element_size());
        info->sizes = tensor.sizes().data();
        info->strides = tensor.layout() == at::kStrided ? tensor.strides().data() : nullptr;
        info->scalar_type = static_cast<int32_t>(tensor.scalar_type());
        info->device_type = static_cast<int32_t>(tensor.device().type());
        info->device_index = tensor.device().index();
        info->layout = static_cast<int32_t>(tensor.layout());
        info->requires_grad = tensor.requires_grad();
        info->is_leaf = tensor.is_leaf();
        info->is_contiguous = tensor.layout() == at::kStrided && tensor.is_contiguous();
    });
}

DOOR int door_data(void* handle, void** data) {
    return guarded([&] {
        auto tensor = borrow(handle);
        TORCH_CHECK(tensor.layout() == at::kStrided && tensor.has_storage(), "a tensor without dense storage has no data pointer");
        *data = tensor.data_ptr();
    });
}

// Where the only element lies; null unless the tensor is one element of that type in this machine's own memory.
DOOR int door_item(void* handle, int32_t scalar_type, const void** element) {
    return guarded([&] {
        auto tensor = static_cast<at::TensorImpl*>(handle);
        auto there = tensor->numel() == 1 && tensor->layout() == at::kStrided && tensor->device().is_cpu() && tensor->has_storage() &&
            tensor->dtype() == c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(scalar_type)) && !tensor->is_conj() && !tensor->is_neg();
        *element = there ? tensor->data() : nullptr;
    });
}

// The memory stays the caller's until `deleter` is called with `context`.
DOOR int door_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t scalar_type, void (*deleter)(void*), void* context,
                        void** tensor) {
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(scalar_type));
        *tensor = give(at::from_blob(data, at::IntArrayRef(sizes, dimensions), [deleter, context](void*) { deleter(context); }, options));
    });
}

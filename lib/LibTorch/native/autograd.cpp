// Gradients: backward, grad mode, and what a leaf keeps.
#include "door.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

using namespace door;

DOOR int door_backward(void** tensors, int32_t count, void** gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                       void** inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(borrow(tensors, count), borrow(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                  borrow(inputs, input_count));
    });
}

// `results` receives a handle, or null, for each input.
DOOR int door_grad(void** outputs, int32_t count, void** inputs, int32_t input_count, void** gradients, int32_t gradient_count,
                   int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
    return guarded([&] {
        auto found = torch::autograd::grad(borrow(outputs, count), borrow(inputs, input_count), borrow(gradients, gradient_count),
                                           retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) results[i] = give(found[i]);
    });
}

DOOR int door_gradient(void* handle, void** gradient) {
    return guarded([&] { *gradient = give(borrow(handle).grad()); });
}

DOOR int door_set_gradient(void* handle, void* gradient) {
    return guarded([&] { borrow(handle).mutable_grad() = borrow(gradient); });
}

DOOR int door_set_requires_grad(void* handle, int32_t requires_grad) {
    return guarded([&] { borrow(handle).set_requires_grad(requires_grad != 0); });
}

DOOR int32_t door_grad_enabled() { return c10::GradMode::is_enabled(); }

DOOR void door_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

DOOR c10::InferenceMode* door_enter_inference_mode(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }

DOOR void door_leave_inference_mode(c10::InferenceMode* mode) { delete mode; }

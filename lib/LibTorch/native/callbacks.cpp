// C# inside the autograd graph: functions with a backward of their own, and hooks on gradients.
#include "door.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/edge.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <memory>
#include <type_traits>

using namespace door;

namespace {

// Receives `count` gradients, which become its own, and gives `room` results. Not 0: it threw, and C# knows what.
using Callback = int32_t (*)(void* context, void** gradients, int32_t count, void** results, int32_t room);
using Release = void (*)(void* context);

std::vector<at::Tensor> call(Callback callback, void* context, const std::vector<at::Tensor>& gradients, size_t room) {
    std::vector<void*> given, results(room, nullptr);
    for (const auto& gradient : gradients) given.push_back(give(gradient));
    if (callback(context, given.data(), static_cast<int32_t>(given.size()), results.data(), static_cast<int32_t>(room)) != 0)
        throw std::runtime_error("a backward function or hook written in C# threw an exception");
    std::vector<at::Tensor> tensors;
    for (void* result : results)
        tensors.push_back(result == nullptr ? at::Tensor()
            : at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(static_cast<at::TensorImpl*>(result))));
    return tensors;
}

struct Function final : torch::autograd::Node {
    Callback callback;
    std::shared_ptr<void> context;
    bool materialize;

    Function(Callback callback, std::shared_ptr<void> context, bool materialize)
        : callback(callback), context(std::move(context)), materialize(materialize) {}

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        auto alive = context;
        TORCH_CHECK(alive != nullptr,
            "Trying to backward through the graph a second time. Pass retain_graph: true to the first backward to keep what it saved.");
        if (materialize) {
            for (size_t i = 0; i < gradients.size(); i++)
                if (!gradients[i].defined()) gradients[i] = input_metadata(i).zeros_like();
        }
        return call(callback, alive.get(), gradients, num_outputs());
    }

    void release_variables() override { context.reset(); }
};

// shared in libtorch 1.13 and 2.6, intrusive later
using NodePointer = decltype(torch::autograd::Edge::function);

template <typename Pointer>
Pointer own(Function* function) {
    if constexpr (std::is_same_v<Pointer, std::shared_ptr<torch::autograd::Node>>)
        return Pointer(function, [](torch::autograd::Node* node) { delete node; });
    else
        return Pointer::unsafe_steal_from_new(function);
}

}  // namespace

// Makes `outputs`, computed without recording, the results of a function of `inputs`. `attached` is 0, and the context still the caller's,
// when no gradient can be wanted.
DOOR int door_attach(void** inputs, int32_t input_count, void** outputs, int32_t output_count, const uint8_t* differentiable,
                     Callback callback, Release release, void* context, int32_t materialize, int32_t* attached) {
    return guarded([&] {
        auto from = borrow(inputs, input_count);
        *attached = 0;
        if (!c10::GradMode::is_enabled() || !torch::autograd::any_variable_requires_grad(from)) return;
        auto node = own<NodePointer>(new Function(callback, std::shared_ptr<void>(context, release), materialize != 0));
        *attached = 1;
        node->set_next_edges(torch::autograd::collect_next_edges(from));
        for (int32_t i = 0; i < output_count; i++) {
            if (!differentiable[i]) continue;
            auto output = borrow(outputs[i]);
            torch::autograd::create_gradient_edge(output, node);
        }
    });
}

DOOR int door_register_hook(void* handle, Callback callback, Release release, void* context, uint32_t* position) {
    return guarded([&] {
        std::shared_ptr<void> alive(context, release);
        auto tensor = borrow(handle);
        *position = tensor.register_hook([callback, alive](at::Tensor gradient) -> at::Tensor {
            auto result = call(callback, alive.get(), {gradient}, 1)[0];
            return result.defined() ? result : gradient;
        });
    });
}

DOOR int door_remove_hook(void* handle, uint32_t position) {
    return guarded([&] { borrow(handle).remove_hook(position); });
}

// Optimizer steps in one pass over parameters, gradients and memory, for dense tensors on the CPU. libtorch's foreach operators, which do
// the rest, read and write everything once an operator.
#include "door.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EVERY_CPU __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EVERY_CPU
#endif

using namespace door;

// Mirrored by TorchSharp.Native.SgdStep.
struct SgdStep {
    double lr, momentum, gain, weight_decay;  // gain: the share of the gradient that enters the momentum
    int64_t nesterov;
};

// Mirrored by TorchSharp.Native.AdamStep.
struct AdamStep {
    double beta1, beta2, eps, weight_decay, shrink, sign;  // weight_decay is Adam's, in the gradient; shrink is AdamW's factor
    double size, root;                                     // lr and √v, each without its bias
};

namespace {

constexpr int most_states = 3;

// Below this many elements a second thread costs more than it takes over.
constexpr int64_t grain = 1 << 18;

template <typename T>
struct Range {
    T* __restrict parameter;
    const T* __restrict gradient;
    T* __restrict states[most_states];
    int64_t length;
};

template <typename T>
__attribute__((always_inline)) inline void step_range(const Range<T>& range, int states, const SgdStep& step) {
    auto [p, g, s, n] = range;
    const T lr = step.lr, momentum = step.momentum, gain = step.gain, decay = step.weight_decay;
    if (states == 0) {
        for (int64_t i = 0; i < n; i++) p[i] -= lr * (g[i] + decay * p[i]);
        return;
    }
    T* __restrict velocity = s[0];
    if (step.nesterov != 0) {
        for (int64_t i = 0; i < n; i++) {
            const T slope = g[i] + decay * p[i];
            velocity[i] = momentum * velocity[i] + gain * slope;
            p[i] -= lr * (slope + momentum * velocity[i]);
        }
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        velocity[i] = momentum * velocity[i] + gain * (g[i] + decay * p[i]);
        p[i] -= lr * velocity[i];
    }
}

template <typename T>
__attribute__((always_inline)) inline void step_range(const Range<T>& range, int states, const AdamStep& step) {
    auto [p, g, s, n] = range;
    const T beta1 = step.beta1, beta2 = step.beta2, eps = step.eps, decay = step.weight_decay, shrink = step.shrink, sign = step.sign;
    const T share1 = 1 - step.beta1, share2 = 1 - step.beta2, size = step.size, root = step.root;
    T* __restrict mean = s[0];
    T* __restrict square = s[1];
    T* __restrict highest = s[2];
    const bool amsgrad = states > 2;
    for (int64_t i = 0; i < n; i++) {
        const T slope = sign * g[i] + decay * p[i];
        mean[i] = beta1 * mean[i] + share1 * slope;
        square[i] = beta2 * square[i] + share2 * slope * slope;
        T scale = square[i];
        if (amsgrad) scale = highest[i] = std::max(highest[i], scale);
        p[i] = shrink * p[i] - size * mean[i] / (std::sqrt(scale) / root + eps);
    }
}

FOR_EVERY_CPU void run(const Range<float>& range, int states, const SgdStep& step) { step_range(range, states, step); }
FOR_EVERY_CPU void run(const Range<double>& range, int states, const SgdStep& step) { step_range(range, states, step); }
FOR_EVERY_CPU void run(const Range<float>& range, int states, const AdamStep& step) { step_range(range, states, step); }
FOR_EVERY_CPU void run(const Range<double>& range, int states, const AdamStep& step) { step_range(range, states, step); }

bool alike(const at::Tensor& tensor, const at::Tensor& parameter) {
    return tensor.defined() && tensor.layout() == at::kStrided && tensor.device().is_cpu() && tensor.scalar_type() == parameter.scalar_type()
        && tensor.sizes() == parameter.sizes() && tensor.strides() == parameter.strides();
}

// Collects where everything lies; false when a parameter lacks a gradient, or the tensors are not dense, on the CPU, and of one type.
template <typename T>
bool collect(void** handles, int32_t count, int32_t states, std::vector<Range<T>>& ranges) {
    for (int32_t i = 0; i < count; i++) {
        auto parameter = borrow(handles[i]);
        const auto& gradient = parameter.grad();
        if (!alike(gradient, parameter) || !parameter.is_non_overlapping_and_dense() || parameter.scalar_type() != c10::CppTypeToScalarType<T>())
            return false;
        Range<T> range{parameter.data_ptr<T>(), gradient.data_ptr<T>(), {}, parameter.numel()};
        for (int32_t state = 0; state < states; state++) {
            auto tensor = borrow(handles[(state + 1) * count + i]);
            if (!alike(tensor, parameter)) return false;
            range.states[state] = tensor.data_ptr<T>();
        }
        ranges.push_back(range);
    }
    return true;
}

template <typename T, typename Step>
bool step_all(void** handles, int32_t count, int32_t states, const Step& step) {
    std::vector<Range<T>> ranges;
    ranges.reserve(count);
    if (!collect(handles, count, states, ranges)) return false;
    std::vector<int64_t> starts{0};
    for (const auto& range : ranges) starts.push_back(starts.back() + range.length);
    at::parallel_for(0, starts.back(), grain, [&](int64_t begin, int64_t end) {
        auto i = std::upper_bound(starts.begin(), starts.end(), begin) - starts.begin() - 1;
        for (; begin < end; i++) {
            auto part = ranges[i];
            const auto skipped = begin - starts[i];
            part.length = std::min(end, starts[i + 1]) - begin;
            part.parameter += skipped;
            part.gradient += skipped;
            for (int32_t state = 0; state < states; state++) part.states[state] += skipped;
            run(part, states, step);
            begin += part.length;
        }
    });
    for (int32_t i = 0; i < count; i++) static_cast<at::TensorImpl*>(handles[i])->bump_version();
    return true;
}

template <typename Step>
int step_if_dense(void** handles, int32_t count, int32_t states, const Step& step, int32_t* done) {
    return guarded([&] {
        TORCH_CHECK(states <= most_states, "an optimizer with ", states, " states a parameter");
        *done = step_all<float>(handles, count, states, step) || step_all<double>(handles, count, states, step);
    });
}

}  // namespace

// `handles` are the parameters, then each state of all of them. `done` is 0, and nothing has changed, where the step does not apply.
DOOR int door_step_sgd(void** handles, int32_t count, int32_t states, const SgdStep* step, int32_t* done) {
    return step_if_dense(handles, count, states, *step, done);
}

DOOR int door_step_adam(void** handles, int32_t count, int32_t states, const AdamStep* step, int32_t* done) {
    return step_if_dense(handles, count, states, *step, done);
}

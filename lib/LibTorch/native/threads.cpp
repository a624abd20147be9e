// libtorch and OpenBLAS share out work that takes less time than waking a thread: the loss of 16 samples, the update of 40,000 weights, a
// product of 64 by 100 by 100. Here such work stays on the thread that it came to, which is what lets small networks and large ones run
// with the same settings.
#include "threads.h"

#include "door.h"
#include "kernels.h"

#include <ATen/CPUFunctions.h>
#include <ATen/Parallel.h>

using namespace door;

// OpenMP, when libtorch's threads are that. The number is the calling thread's own.
extern "C" __attribute__((weak)) void omp_set_num_threads(int threads);

// OpenBLAS, when that is the BLAS
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);
extern "C" __attribute__((weak)) int openblas_get_parallel();

namespace {

// What is worth a second thread: a product of a third of a millisecond, a loss of some thousand samples in ten classes.
constexpr int64_t enough_multiplications = 8'000'000;
constexpr int64_t enough_scores = 1 << 15;

bool small(const at::Tensor& left, const at::Tensor& right) {
    return right.dim() > 0 && left.numel() * right.size(-1) < enough_multiplications;
}

at::Tensor mm(const at::Tensor& self, const at::Tensor& other) {
    Alone alone(small(self, other));
    return at::cpu::mm(self, other);
}

at::Tensor addmm(const at::Tensor& self, const at::Tensor& left, const at::Tensor& right, const at::Scalar& beta, const at::Scalar& alpha) {
    Alone alone(small(left, right));
    return at::cpu::addmm(self, left, right, beta, alpha);
}

at::Tensor nll_loss_backward(const at::Tensor& gradient, const at::Tensor& self, const at::Tensor& target,
                             const c10::optional<at::Tensor>& weight, int64_t reduction, int64_t ignore_index, const at::Tensor& total) {
    Alone alone(self.numel() < enough_scores);
    return at::cpu::nll_loss_backward(gradient, self, target, weight, reduction, ignore_index, total);
}

}  // namespace

namespace door {

Alone::Alone(bool alone) : threads_(alone && omp_set_num_threads != nullptr ? at::get_num_threads() : 1) {
    if (threads_ > 1) omp_set_num_threads(1);
}

Alone::~Alone() {
    if (threads_ > 1) omp_set_num_threads(threads_);
}

void set_threads_up(int32_t threads) {
    // threads of OpenBLAS's own fight libtorch's; an OpenBLAS built on OpenMP (2) has none
    bool shares = openblas_get_parallel != nullptr && openblas_get_parallel() == 2;
    if (openblas_set_num_threads != nullptr && !shares) openblas_set_num_threads(1);
    at::set_num_threads(threads);
    replace_kernels([](torch::Library& library) {
        library.impl("mm", &mm).impl("addmm", &addmm).impl("nll_loss_backward", &nll_loss_backward);
    });
}

}  // namespace door

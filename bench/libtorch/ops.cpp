// The operators of Ops/OpsSide.cs called from C++: what libtorch itself takes, and nobody can go below. Prints name, tab, microseconds.
#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

constexpr int calls = 5000;

template <typename Work>
void measure(const char* name, Work&& work) {
    for (int i = 0; i < calls; i++) work();
    double best = 1e9;
    for (int batch = 0; batch < 15; batch++) {
        auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < calls; i++) work();
        best = std::min(best, std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / calls);
    }
    std::printf("%s\t%.17g\n", name, best);
}

int main() {
    auto a = at::randn({16}), b = at::randn({16}), row = at::randn({1, 16}), square = at::randn({16, 16});
    auto weight = at::randn({16, 16}).set_requires_grad(true);
    measure("a + b", [&] { auto r = a + b; });
    measure("a + 1", [&] { auto r = a + 1; });
    measure("a.add_(b)", [&] { a.add_(b); });
    measure("relu(a)", [&] { auto r = at::relu(a); });
    measure("a[1]", [&] { auto r = a.select(0, 1); });
    measure("a.view(4, 4)", [&] { auto r = a.view({4, 4}); });
    measure("a.sum()", [&] { auto r = a.sum(); });
    measure("mean(0, keepdim)", [&] { auto r = square.mean(0, true); });
    measure("cat([a, b])", [&] { auto r = at::cat({a, b}); });
    measure("matmul, 16 x 16", [&] { auto r = at::matmul(square, square); });
    measure("zeros(16)", [&] { auto r = at::zeros({16}); });
    measure("a.sum().item()", [&] { volatile float r = a.sum().item<float>(); (void)r; });
    measure("the same, forgotten", [&] { volatile float r = a.sum().item<float>(); (void)r; });
    measure("linear, with gradient", [&] { auto r = at::linear(row, weight); });
    measure("linear, sum, backward", [&] { at::linear(row, weight).sum().backward(); });
}

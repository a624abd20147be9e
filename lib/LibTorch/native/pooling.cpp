// Max pooling of windows of two by two, what nearly every network has, over float tensors in PyTorch's own layout. libtorch takes such a
// window value by value, and longer over it than over the convolution before it; here eight windows go at once, with the same values,
// the same indices (of equal values the first, of NaNs the last) and the same gradients. All other pooling is libtorch's.
#include "pooling.h"

#include "kernels.h"

#include <ATen/ATen.h>
#include <ATen/CPUFunctions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <tuple>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

namespace {

// Eight windows at once: what the compiler makes of plain loops is slower than libtorch's own, or ten times faster, by accident.
constexpr int64_t together = 8;
typedef float Floats __attribute__((vector_size(together * sizeof(float))));
typedef int32_t Places __attribute__((vector_size(together * sizeof(int32_t))));
typedef int64_t Indices __attribute__((vector_size(together * sizeof(int64_t))));
constexpr Places every_other = {0, 2, 4, 6, 8, 10, 12, 14};

constexpr int64_t values_a_task = 1 << 15;

template <typename Vector>
__attribute__((always_inline)) inline Vector load(const void* from) {
    Vector vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

// Whether the second takes the first's place as the largest: NaN does, and nothing but NaN takes NaN's.
template <typename T>
__attribute__((always_inline)) inline auto beats(T second, T first) {
    return (second > first) | (second != second);
}

struct Plane {
    int64_t height, width;
    int64_t rows() const { return height / 2; }
    int64_t columns() const { return width / 2; }
    int64_t values() const { return height * width; }
    int64_t windows() const { return rows() * columns(); }

    // Whether eight windows from the first of this row on can be read and written, though the row be shorter: what is written past its end
    // is written again, rightly, with the next row.
    bool has_room(int64_t row) const {
        return columns() >= together || (row * columns() + together <= windows() && (2 * row + 1) * width + 2 * together <= values());
    }
};

// Calls eight(row, column) and one(row, column), so that each window is met; the last eight of a row overlap those before them.
template <typename Eight, typename One, typename End>
__attribute__((always_inline)) inline void sweep(Plane plane, Eight eight, One one, End end_of_row) {
    for (int64_t row = 0; row < plane.rows(); ++row) {
        if (plane.has_room(row))
            for (int64_t x = 0; x < plane.columns(); x += together)
                eight(row, std::max<int64_t>(std::min(x, plane.columns() - together), 0));
        else
            for (int64_t x = 0; x < plane.columns(); ++x) one(row, x);
        end_of_row(row);
    }
}

FOR_EACH_PROCESSOR
void pool(const float* input, Plane plane, float* largest, int64_t* index) {
    const int32_t width = plane.width;
    auto eight = [=](int64_t row, int64_t column) __attribute__((always_inline)) {
        const int64_t position = 2 * (row * width + column), window = row * plane.columns() + column;
        const float* upper = input + position;
        const float* lower = upper + width;
        auto left = load<Floats>(upper), right = load<Floats>(upper + together);
        Floats a = __builtin_shuffle(left, right, every_other), b = __builtin_shuffle(left, right, every_other + 1);
        left = load<Floats>(lower), right = load<Floats>(lower + together);
        Floats c = __builtin_shuffle(left, right, every_other), d = __builtin_shuffle(left, right, every_other + 1);
        Places second = beats(b, a), fourth = beats(d, c);
        Floats top = second ? b : a, bottom = fourth ? d : c;
        Places below = beats(bottom, top);
        Floats value = below ? bottom : top;
        // a comparison that holds is -1
        Indices place = __builtin_convertvector(every_other + (below ? width - fourth : -second), Indices) + position;
        std::memcpy(largest + window, &value, sizeof value);
        std::memcpy(index + window, &place, sizeof place);
    };
    auto one = [=](int64_t row, int64_t column) __attribute__((always_inline)) {
        int64_t position = 2 * (row * width + column), window = row * plane.columns() + column, place = position;
        for (int64_t next : {position + 1, position + width, position + width + 1})
            if (beats(input[next], input[place])) place = next;
        largest[window] = input[place];
        index[window] = place;
    };
    sweep(plane, eight, one, [](int64_t) {});
}

// Gives each window's gradient to the value that was its largest, 0 to the others. Whether the indices are those of such windows.
FOR_EACH_PROCESSOR
bool unpool(const float* gradient, const int64_t* index, Plane plane, float* result) {
    const int32_t width = plane.width;
    Places strange{};
    bool is_strange = false;
    auto eight = [=, &strange](int64_t row, int64_t column) __attribute__((always_inline)) {
        const int64_t position = 2 * (row * width + column), window = row * plane.columns() + column;
        Places place = __builtin_convertvector(load<Indices>(index + window) - position, Places) - every_other;
        auto value = load<Floats>(gradient + window), zero = Floats{};
        Floats a = place == 0 ? value : zero, b = place == 1 ? value : zero;
        Floats c = place == width ? value : zero, d = place == width + 1 ? value : zero;
        const Places is_in_row = every_other < static_cast<int32_t>(2 * std::min(plane.columns(), together));
        strange |= is_in_row & (place != 0) & (place != 1) & (place != width) & (place != width + 1);
        constexpr Places first = {0, 8, 1, 9, 2, 10, 3, 11};
        for (auto [row_of_result, even, odd] : {std::tuple(result + position, a, b), std::tuple(result + position + width, c, d)}) {
            Floats left = __builtin_shuffle(even, odd, first), right = __builtin_shuffle(even, odd, first + 4);
            std::memcpy(row_of_result, &left, sizeof left);
            std::memcpy(row_of_result + together, &right, sizeof right);
        }
    };
    auto one = [=, &is_strange](int64_t row, int64_t column) __attribute__((always_inline)) {
        int64_t position = 2 * (row * width + column), window = row * plane.columns() + column;
        bool found = false;
        for (int64_t place : {position, position + 1, position + width, position + width + 1}) {
            bool is_largest = place == index[window];
            result[place] = is_largest ? gradient[window] : 0;
            found |= is_largest;
        }
        is_strange |= !found;
    };
    auto end_of_row = [=](int64_t row) {
        if (width % 2 != 0) result[(2 * row + 1) * width - 1] = result[(2 * row + 2) * width - 1] = 0;
    };
    sweep(plane, eight, one, end_of_row);
    if (plane.height % 2 != 0) std::fill_n(result + (plane.height - 1) * width, width, 0.0f);
    for (int64_t i = 0; i < together; ++i) is_strange |= strange[i] != 0;
    return !is_strange;
}

bool all(at::IntArrayRef sizes, int64_t value) {
    return !sizes.empty() && std::all_of(sizes.begin(), sizes.end(), [=](int64_t size) { return size == value; });
}

bool by_two(const at::Tensor& self, at::IntArrayRef kernel_size, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
            bool ceil_mode) {
    return self.scalar_type() == at::kFloat && (self.dim() == 3 || self.dim() == 4) && self.numel() > 0 && self.size(-1) >= 2 &&
           self.size(-2) >= 2 && self.size(-1) < (1 << 30) && all(kernel_size, 2) && (stride.empty() || all(stride, 2)) &&
           all(padding, 0) && all(dilation, 1) && !ceil_mode && self.suggest_memory_format() == at::MemoryFormat::Contiguous;
}

std::tuple<at::Tensor, at::Tensor> max_pool2d_with_indices(const at::Tensor& self, at::IntArrayRef kernel_size, at::IntArrayRef stride,
                                                           at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil_mode) {
    if (!by_two(self, kernel_size, stride, padding, dilation, ceil_mode))
        return at::cpu::max_pool2d_with_indices(self, kernel_size, stride, padding, dilation, ceil_mode);
    auto input = self.contiguous();
    Plane plane{input.size(-2), input.size(-1)};
    auto sizes = input.sizes().vec();
    sizes.end()[-2] = plane.rows();
    sizes.end()[-1] = plane.columns();
    auto largest = at::empty(sizes, input.options());
    auto index = at::empty(sizes, input.options().dtype(at::kLong));
    const float* from = input.data_ptr<float>();
    float* to = largest.data_ptr<float>();
    int64_t* places = index.data_ptr<int64_t>();
    at::parallel_for(0, input.numel() / plane.values(), values_a_task / plane.values() + 1, [=](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) pool(from + i * plane.values(), plane, to + i * plane.windows(), places + i * plane.windows());
    });
    return {largest, index};
}

at::Tensor max_pool2d_with_indices_backward(const at::Tensor& gradient, const at::Tensor& self, at::IntArrayRef kernel_size,
                                            at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil_mode,
                                            const at::Tensor& indices) {
    Plane plane{self.dim() < 2 ? 0 : self.size(-2), self.dim() < 2 ? 0 : self.size(-1)};
    if (by_two(self, kernel_size, stride, padding, dilation, ceil_mode) && gradient.scalar_type() == at::kFloat &&
        indices.scalar_type() == at::kLong && indices.sizes() == gradient.sizes() &&
        gradient.numel() == self.numel() / plane.values() * plane.windows()) {
        auto result = at::empty(self.sizes(), self.options());
        auto given = gradient.contiguous(), index = indices.contiguous();
        const float* from = given.data_ptr<float>();
        const int64_t* places = index.data_ptr<int64_t>();
        float* to = result.data_ptr<float>();
        std::atomic<bool> fits{true};
        at::parallel_for(0, self.numel() / plane.values(), values_a_task / plane.values() + 1, [=, &fits](int64_t begin, int64_t end) {
            bool good = true;
            for (int64_t i = begin; i < end; ++i)
                good &= unpool(from + i * plane.windows(), places + i * plane.windows(), plane, to + i * plane.values());
            if (!good) fits = false;
        });
        if (fits) return result;
    }
    return at::cpu::max_pool2d_with_indices_backward(gradient, self, kernel_size, stride, padding, dilation, ceil_mode, indices);
}

}  // namespace

namespace door {

void set_pooling_up() {
    replace_kernels([](torch::Library& library) {
        library.impl("max_pool2d_with_indices", &max_pool2d_with_indices)
            .impl("max_pool2d_with_indices_backward", &max_pool2d_with_indices_backward);
    });
}

}  // namespace door

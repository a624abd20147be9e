#include "direct.h"

#include <ATen/core/IListRef.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/add_ops.h>
#include <ATen/ops/cat_ops.h>
#include <ATen/ops/linear_ops.h>
#include <ATen/ops/mul_ops.h>
#include <ATen/ops/relu_ops.h>
#include <ATen/ops/select_ops.h>
#include <ATen/ops/sum_ops.h>
#include <ATen/ops/transpose_ops.h>
#include <ATen/ops/view_ops.h>

#include <algorithm>
#include <array>
#include <limits>

namespace door {

namespace {

using Impl = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;

// A tensor for the length of a call, without counting the reference that C# holds.
class Borrowed {
public:
    explicit Borrowed(void* handle) : tensor_(Impl::reclaim(static_cast<at::TensorImpl*>(handle))) {}
    ~Borrowed() { tensor_.unsafeReleaseTensorImpl(); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    operator at::Tensor&() { return tensor_; }

private:
    at::Tensor tensor_;
};

class BorrowedList {
public:
    explicit BorrowedList(const Value& value) {
        auto handles = static_cast<void**>(value.pointer);
        for (int32_t i = 0; i < value.count; i++) tensors_.emplace_back(Impl::reclaim(static_cast<at::TensorImpl*>(handles[i])));
    }
    ~BorrowedList() {
        for (auto& tensor : tensors_) tensor.unsafeReleaseTensorImpl();
    }
    BorrowedList(const BorrowedList&) = delete;
    BorrowedList& operator=(const BorrowedList&) = delete;
    operator at::ITensorListRef() { return at::TensorList(tensors_); }

private:
    c10::SmallVector<at::Tensor, 8> tensors_;
};

// How a C++ parameter is told in a schema, which values fit it, and what it is made of.
template <typename T>
struct As;

template <>
struct As<const at::Tensor&> {
    static constexpr const char* code = "Tensor";
    static bool fits(const Value& value) { return value.tag == Tag::tensor && value.pointer != nullptr; }
    static Borrowed from(const Value& value) { return Borrowed(value.pointer); }
};

template <>
struct As<at::Tensor&> : As<const at::Tensor&> {
    static constexpr const char* code = "Tensor!";
};

template <>
struct As<const c10::optional<at::Tensor>&> {
    static constexpr const char* code = "Tensor?";
    static bool fits(const Value& value) { return value.tag == Tag::none || As<const at::Tensor&>::fits(value); }
    static c10::optional<at::Tensor> from(const Value& value) {
        return value.tag == Tag::none ? c10::nullopt : c10::optional<at::Tensor>(borrow(value.pointer));
    }
};

template <>
struct As<const at::ITensorListRef&> {
    static constexpr const char* code = "Tensor[]";
    static bool fits(const Value& value) {
        auto handles = static_cast<void**>(value.pointer);
        return value.tag == Tag::tensors && std::find(handles, handles + value.count, nullptr) == handles + value.count;
    }
    static BorrowedList from(const Value& value) { return BorrowedList(value); }
};

template <>
struct As<const at::Scalar&> {
    static constexpr const char* code = "Scalar";
    static bool fits(const Value& value) { return value.tag == Tag::integer || value.tag == Tag::real; }
    static at::Scalar from(const Value& value) { return value.tag == Tag::integer ? at::Scalar(value.integer) : at::Scalar(value.real); }
};

template <>
struct As<int64_t> {
    static constexpr const char* code = "int";
    static bool fits(const Value& value) { return value.tag == Tag::integer; }
    static int64_t from(const Value& value) { return value.integer; }
};

template <>
struct As<c10::SymInt> : As<int64_t> {
    static constexpr const char* code = "SymInt";
    static bool fits(const Value& value) { return value.tag == Tag::integer && value.integer >= std::numeric_limits<int32_t>::min(); }
};

template <>
struct As<c10::SymIntArrayRef> {
    static constexpr const char* code = "SymInt[]";
    // a number far below zero would be taken for a symbol
    static bool fits(const Value& value) {
        auto sizes = static_cast<const int64_t*>(value.pointer);
        return value.tag == Tag::integers && std::all_of(sizes, sizes + value.count, [](int64_t size) { return size >= -1; });
    }
    static c10::SymIntArrayRef from(const Value& value) {
        return c10::fromIntArrayRefUnchecked({static_cast<const int64_t*>(value.pointer), static_cast<size_t>(value.count)});
    }
};

template <>
struct As<c10::optional<at::ScalarType>> {
    static constexpr const char* code = "ScalarType?";
    static bool fits(const Value& value) { return value.tag == Tag::none || value.tag == Tag::integer; }
    static c10::optional<at::ScalarType> from(const Value& value) {
        return value.tag == Tag::none ? c10::nullopt : c10::make_optional(static_cast<at::ScalarType>(value.integer));
    }
};

std::string code_of(const c10::Argument& argument) {
    auto writes = argument.alias_info() != nullptr && argument.alias_info()->isWrite();
    return argument.real_type()->str() + (writes ? "!" : "");
}

// What a call that leaves an argument out passes in its place; false where that is no plain value.
bool standard(const c10::Argument& argument, Value& value) {
    value = Value{};
    if (!argument.default_value().has_value()) return false;
    auto& given = *argument.default_value();
    if (given.isInt()) value = {Tag::integer, 0, {given.toInt()}};
    return given.isInt() || given.isNone();
}

template <typename Signature>
class Typed;

template <typename R, typename... A>
class Typed<R(A...)> final : public Direct {
public:
    static std::unique_ptr<Direct> of(const c10::OperatorHandle& op) {
        const auto& schema = op.schema();
        const std::array<const char*, sizeof...(A)> codes{As<A>::code...};
        if (schema.arguments().size() != sizeof...(A) || schema.returns().size() != 1 || code_of(schema.returns()[0]) != As<const R&>::code)
            return nullptr;
        for (size_t i = 0; i < sizeof...(A); i++)
            if (code_of(schema.arguments()[i]) != codes[i]) return nullptr;
        try {
            return std::unique_ptr<Direct>(new Typed(op));
        } catch (const c10::Error&) {
            return nullptr;  // C++ has several types for one of the schema's, such as for lists of tensors
        }
    }

    bool call(const Value* arguments, int32_t count, Value* results) const override {
        Value all[sizeof...(A)];
        if (count < required_ || count > static_cast<int32_t>(sizeof...(A))) return false;
        if (count < static_cast<int32_t>(sizeof...(A))) {
            for (int32_t i = 0; i < static_cast<int32_t>(sizeof...(A)); i++) all[i] = i < count ? arguments[i] : standards_[i];
            arguments = all;
        }
        return call(arguments, results, std::index_sequence_for<A...>());
    }

private:
    explicit Typed(const c10::OperatorHandle& op) : op_(op.typed<R(A...)>()) {
        for (size_t i = 0; i < sizeof...(A); i++)
            if (!standard(op.schema().arguments()[i], standards_[i])) required_ = static_cast<int32_t>(i) + 1;
    }

    template <size_t... I>
    bool call(const Value* arguments, Value* results, std::index_sequence<I...>) const {
        if (!(As<A>::fits(arguments[I]) && ...)) return false;
        at::Tensor result = op_.call(As<A>::from(arguments[I])...);
        if (results == nullptr) return true;
        results[0].tag = Tag::tensor;
        results[0].pointer = give(std::move(result));
        return true;
    }

    c10::TypedOperatorHandle<R(A...)> op_;
    std::array<Value, sizeof...(A)> standards_;
    int32_t required_ = 0;
};

template <typename... Operators>
std::unique_ptr<Direct> first_of(const c10::OperatorHandle& op) {
    std::unique_ptr<Direct> found;
    ((found = Typed<typename Operators::schema>::of(op)) || ...);
    return found;
}

}  // namespace

// Each stands for all that have its signature, as this libtorch declares it.
std::unique_ptr<Direct> Direct::of(const c10::OperatorHandle& op) {
    using namespace at::_ops;
    return first_of<relu, mul_Tensor, add_Tensor, mul_Scalar, add_Scalar, relu_, mul__Tensor, add__Tensor, mul__Scalar, add__Scalar, select_int,
                    transpose_int, view, sum, linear, cat>(op);
}

}  // namespace door

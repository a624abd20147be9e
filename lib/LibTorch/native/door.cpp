// Calls any operator of libtorch's dispatcher by its schema.
#include "direct.h"
#include "threads.h"
#include <ATen/core/jit_type.h>
#include <ATen/core/stack.h>

#include <algorithm>

namespace door {

namespace {

thread_local std::string last_error;

enum class Kind { any, real, integers, reals, booleans, tensors, optional_tensors };

struct Parameter {
    Kind kind;
    int64_t size;  // of `int[2]` and its like, where one integer stands for all; 1 otherwise
    c10::optional<c10::IValue> standard;
};

struct Operator {
    c10::OperatorHandle handle;
    std::vector<Parameter> parameters;
    bool foreach;  // does the same to each tensor of a list, one after the other
    std::unique_ptr<Direct> direct;  // null where there is no way past the boxes
};

// A thread's stack, kept between calls; a call that comes in while another runs, from C#'s hooks, finds it gone and takes a new one.
thread_local torch::jit::Stack spare_stack;

Kind kind_of(c10::TypePtr type) {
    if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
    if (type->kind() == c10::TypeKind::FloatType) return Kind::real;
    auto list = type->cast<c10::ListType>();
    if (!list) return Kind::any;
    auto element = list->getElementType();
    switch (element->kind()) {
        case c10::TypeKind::FloatType: return Kind::reals;
        case c10::TypeKind::BoolType: return Kind::booleans;
        case c10::TypeKind::TensorType: return Kind::tensors;
        case c10::TypeKind::OptionalType: return Kind::optional_tensors;
        default: return Kind::integers;
    }
}

template <typename T, typename From = T>
c10::List<T> list_of(const Value& value) {
    auto elements = static_cast<const From*>(value.pointer);
    c10::List<T> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) list.push_back(static_cast<T>(elements[i]));
    return list;
}

template <typename T>
c10::List<T> tensor_list(const Value& value) {
    auto handles = static_cast<void**>(value.pointer);
    c10::List<T> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) {
        if constexpr (std::is_same_v<T, at::Tensor>) list.push_back(borrow(handles[i]));
        else list.push_back(handles[i] == nullptr ? T() : T(borrow(handles[i])));
    }
    return list;
}

c10::IValue to_ivalue(const Value& value, const Parameter& parameter) {
    const auto& [kind, size, standard] = parameter;
    switch (value.tag) {
        case Tag::none: return c10::IValue();
        case Tag::tensor: return borrow(value.pointer);
        case Tag::integer:
            if (kind == Kind::integers) return c10::List<int64_t>(std::vector<int64_t>(size, value.integer));
            if (kind == Kind::real) return static_cast<double>(value.integer);
            return value.integer;
        case Tag::real: return value.real;
        case Tag::boolean: return value.integer != 0;
        case Tag::string: return std::string(static_cast<const char*>(value.pointer), value.count);
        case Tag::device:
            return c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.integer));
        case Tag::integers: return list_of<int64_t>(value);
        case Tag::reals: return list_of<double>(value);
        case Tag::booleans: return list_of<bool, uint8_t>(value);
        case Tag::tensors:
            if (kind == Kind::optional_tensors) return tensor_list<c10::optional<at::Tensor>>(value);
            return tensor_list<at::Tensor>(value);
        case Tag::generator: return *static_cast<at::Generator*>(value.pointer);
    }
    TORCH_CHECK(false, "an argument has the unknown tag ", static_cast<int>(value.tag));
}

Value to_value(c10::IValue&& ivalue) {
    Value value{};
    if (ivalue.isTensor()) {
        value.tag = Tag::tensor;
        value.pointer = give(std::move(ivalue).toTensor());
    } else if (ivalue.isInt()) {
        value.tag = Tag::integer;
        value.integer = ivalue.toInt();
    } else if (ivalue.isDouble()) {
        value.tag = Tag::real;
        value.real = ivalue.toDouble();
    } else if (ivalue.isBool()) {
        value.tag = Tag::boolean;
        value.integer = ivalue.toBool();
    } else if (ivalue.isTensorList()) {
        auto tensors = ivalue.toTensorVector();
        value.tag = Tag::tensors;
        value.count = static_cast<int32_t>(tensors.size());
        value.pointer = give(tensors);
    } else {
        TORCH_CHECK(ivalue.isNone(), "results of type ", ivalue.tagKind(), " do not pass through the door");
    }
    return value;
}

const std::string& name_of(const Operator* op) { return op->handle.schema().name(); }

constexpr int64_t enough_elements = 1 << 18;

// Each is done with, in tens of microseconds, before another thread has woken up.
bool all_small(const Value& value) {
    if (value.tag != Tag::tensors) return false;
    auto handles = static_cast<at::TensorImpl**>(value.pointer);
    return std::all_of(handles, handles + value.count, [](auto tensor) { return tensor == nullptr || tensor->numel() < enough_elements; });
}

}  // namespace

void set_error(const std::string& message) { last_error = message; }

void** give(const std::vector<at::Tensor>& tensors) {
    auto handles = new void*[tensors.size()];
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = give(tensors[i]);
    return handles;
}

}  // namespace door

using namespace door;

DOOR const char* door_error() { return last_error.c_str(); }

DOOR void door_free_handles(void** handles) { delete[] handles; }

DOOR int door_find_operator(const char* name, const char* overload, Operator** found) {
    return guarded([&] {
        auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(handle.has_value(), "this libtorch has no operator ", name, *overload ? "." : "", overload);
        auto op = new Operator{*handle, {}, std::string(name).starts_with("aten::_foreach_"), Direct::of(*handle)};
        for (const auto& argument : handle->schema().arguments())
            op->parameters.push_back({kind_of(argument.type()), argument.N().value_or(1), argument.default_value()});
        *found = op;
    });
}

// Arguments that are left out at the end take the schema's defaults. `results` has room for `room`, or is null where nobody wants
// them; their count comes back.
DOOR int door_call(Operator* op, const Value* arguments, int32_t count, Value* results, int32_t room, int32_t* result_count) {
    return guarded([&] {
        *result_count = 1;
        if (op->direct && op->direct->call(arguments, count, results)) return;
        const auto& parameters = op->parameters;
        TORCH_CHECK(static_cast<size_t>(count) <= parameters.size(), name_of(op), " takes ", parameters.size(), " arguments, not ", count);
        auto& spare = spare_stack;
        auto stack = std::move(spare);
        stack.clear();
        for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i], parameters[i]));
        for (size_t i = count; i < parameters.size(); i++) {
            TORCH_CHECK(parameters[i].standard.has_value(), name_of(op), " needs its argument '", op->handle.schema().arguments()[i].name(), "'");
            stack.push_back(*parameters[i].standard);
        }
        Alone alone(op->foreach && count > 0 && all_small(arguments[0]));
        op->handle.callBoxed(stack);
        TORCH_CHECK(stack.size() <= static_cast<size_t>(room), name_of(op), " returns ", stack.size(), " values, not ", room);
        for (size_t i = 0; i < stack.size() && results != nullptr; i++) results[i] = to_value(std::move(stack[i]));
        *result_count = static_cast<int32_t>(stack.size());
        stack.clear();
        spare = std::move(stack);
    });
}

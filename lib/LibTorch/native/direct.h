// The way past the boxes: operators with the signatures that most calls have are called as C++ calls them.
#pragma once

#include "door.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <memory>

namespace door {

class Direct {
public:
    virtual ~Direct() = default;

    // False, and nothing done, when the arguments are not of the signature's types: boxed, they are converted or refused.
    // `results` is null where nobody wants the result.
    virtual bool call(const Value* arguments, int32_t count, Value* results) const = 0;

    // Null for an operator with another signature.
    static std::unique_ptr<Direct> of(const c10::OperatorHandle& op);
};

}  // namespace door

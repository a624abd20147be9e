// How many threads share a piece of work.
#pragma once

#include <cstdint>

namespace door {

// While it lives, operators on this thread keep to this thread. For work that is done before another thread has woken up.
class Alone {
public:
    explicit Alone(bool alone);
    ~Alone();
    Alone(const Alone&) = delete;
    Alone& operator=(const Alone&) = delete;

private:
    int threads_;
};

// Once, when the library is loaded.
void set_threads_up(int32_t threads);

}  // namespace door

// Mixed precision: which operators run in a narrower type, for this thread.
#include "door.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

using namespace door;
namespace autocast = at::autocast;

namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
bool enabled(c10::DeviceType device) { return autocast::is_autocast_enabled(device); }
void set_enabled(c10::DeviceType device, bool on) { autocast::set_autocast_enabled(device, on); }
at::ScalarType type(c10::DeviceType device) { return autocast::get_autocast_dtype(device); }
void set_type(c10::DeviceType device, at::ScalarType type) { autocast::set_autocast_dtype(device, type); }
#else
bool enabled(c10::DeviceType device) { return device == c10::kCPU ? autocast::is_cpu_enabled() : autocast::is_enabled(); }
void set_enabled(c10::DeviceType device, bool on) { device == c10::kCPU ? autocast::set_cpu_enabled(on) : autocast::set_enabled(on); }
at::ScalarType type(c10::DeviceType device) {
    return device == c10::kCPU ? autocast::get_autocast_cpu_dtype() : autocast::get_autocast_gpu_dtype();
}
void set_type(c10::DeviceType device, at::ScalarType type) {
    device == c10::kCPU ? autocast::set_autocast_cpu_dtype(type) : autocast::set_autocast_gpu_dtype(type);
}
#endif

}  // namespace

// Exchanges the state for the one given: `on` and `scalar_type` come back as they were. The outermost leave drops the cached weights.
DOOR int door_autocast(int32_t device_type, int32_t enter, int32_t* on, int32_t* scalar_type) {
    return guarded([&] {
        auto device = static_cast<c10::DeviceType>(device_type);
        TORCH_CHECK(device == c10::kCPU || device == c10::kCUDA, "autocast knows the devices cpu and cuda");
        auto was_on = enabled(device);
        auto was_type = type(device);
        set_enabled(device, *on != 0);
        set_type(device, static_cast<at::ScalarType>(*scalar_type));
        *on = was_on;
        *scalar_type = static_cast<int32_t>(was_type);
        if (enter != 0) autocast::increment_nesting();
        else if (autocast::decrement_nesting() == 0) autocast::clear_cache();
    });
}

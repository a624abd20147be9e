// Max pooling.
#pragma once

namespace door {

// Once, when the library is loaded.
void set_pooling_up();

}  // namespace door

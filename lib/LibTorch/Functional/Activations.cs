using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false) =>
                inplace ? Aten.InPlace("gelu_", x, approximate.ToString()) : Aten.Call("gelu", x, approximate.ToString());

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? Aten.InPlace("silu_", x) : Aten.Call("silu", x);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? Aten.InPlace("elu_", x, alpha) : Aten.Call("elu", x, alpha);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Aten.InPlace("leaky_relu_", input, negative_slope) : Aten.Call("leaky_relu", input, negative_slope);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                inplace ? Aten.InPlace("hardtanh_", x, min_val, max_val) : Aten.Call("hardtanh", x, min_val, max_val);

            public static Tensor relu6(Tensor x, bool inplace = false) => hardtanh(x, 0, 6, inplace);

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_() : x.sigmoid();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            /// <summary>log(1 + exp(beta·x)) / beta; x itself where beta·x is above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Aten.Call("softplus", x, beta, threshold);
        }
    }
}

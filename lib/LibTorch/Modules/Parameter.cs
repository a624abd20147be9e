using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns. It takes the data's place: the tensor it is made from becomes invalid.</summary>
    public sealed class Parameter : Tensor
    {
        public Parameter(Tensor data, bool requires_grad = true)
            : base(data.requires_grad_(requires_grad).MoveHandle())
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}

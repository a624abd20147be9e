using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Makes this tensor one of the source's memory, with its shape and strides.</summary>
        public Tensor set_(Tensor source) => Aten.InPlace("set_.source_Tensor", this, source);
    }
}

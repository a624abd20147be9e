using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends tensors with attributes of PyTorch's tensors.</summary>
public static class TensorAttributes
{
    extension(Tensor tensor)
    {
        /// <summary>Gets the storage layout: strided, unless the tensor is sparse.</summary>
        public layout layout => tensor.is_sparse ? layout.sparse_coo : layout.strided;
    }

    extension(torch)
    {
        /// <summary>Gets the layout of dense tensors.</summary>
        public static layout strided => layout.strided;

        /// <summary>Gets the layout of sparse tensors.</summary>
        public static layout sparse_coo => layout.sparse_coo;
    }
}

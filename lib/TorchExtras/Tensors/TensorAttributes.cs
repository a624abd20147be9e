using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends tensors with attributes that PyTorch's tensors have.</summary>
public static class TensorAttributes
{
    extension(Tensor tensor)
    {
        /// <summary>Gets how the elements are stored: strided, unless the tensor is sparse.</summary>
        public layout layout => tensor.is_sparse ? layout.sparse_coo : layout.strided;
    }

    extension(torch)
    {
        /// <summary>Gets the layout of ordinary tensors.</summary>
        public static layout strided => layout.strided;

        /// <summary>Gets the layout of sparse tensors.</summary>
        public static layout sparse_coo => layout.sparse_coo;
    }
}

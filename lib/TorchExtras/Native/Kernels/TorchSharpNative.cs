using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The functions of TorchSharp's native library that kernels call.</summary>
/// <remarks>
/// The functions are called directly, without TorchSharp's methods: on failure, a function sets the last error of this thread and returns 0. If the
/// kernel then returns an undefined tensor, TorchSharp throws that error.
/// </remarks>
internal static unsafe class TorchSharpNative
{
    private static readonly nint _library = NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);

    private static readonly delegate* unmanaged<nint, nint, nint, nint> _linear = (delegate* unmanaged<nint, nint, nint, nint>)Export("THSNN_functional_linear");

    private static readonly delegate* unmanaged<nint, nint, nint> _mm = (delegate* unmanaged<nint, nint, nint>)Export("THSTensor_mm");

    private static readonly delegate* unmanaged<nint, nint, nint> _matmul = (delegate* unmanaged<nint, nint, nint>)Export("THSTensor_matmul");

    private static readonly delegate* unmanaged<nint, nint, nint, float, float, nint> _addmm =
        (delegate* unmanaged<nint, nint, nint, float, float, nint>)Export("THSTensor_addmm");

    private static readonly delegate* unmanaged<nint, nint> _t = (delegate* unmanaged<nint, nint>)Export("THSTensor_t");

    private static readonly delegate* unmanaged<nint, nint> _contiguous = (delegate* unmanaged<nint, nint>)Export("THSTensor_contiguous");

    private static readonly delegate* unmanaged<nint, long*, int, nint> _reshape = (delegate* unmanaged<nint, long*, int, nint>)Export("THSTensor_reshape");

    private static readonly delegate* unmanaged<nint, long*, int, byte, byte, sbyte, nint> _sum =
        (delegate* unmanaged<nint, long*, int, byte, byte, sbyte, nint>)Export("THSTensor_sum_along_dimensions");

    private static readonly delegate* unmanaged<nint, nint> _gradient = (delegate* unmanaged<nint, nint>)Export("THSTensor_grad");

    private static readonly delegate* unmanaged<nint, int> _requiresGradient = (delegate* unmanaged<nint, int>)Export("THSTensor_requires_grad");

    private static readonly delegate* unmanaged<nint, int> _isLeaf = (delegate* unmanaged<nint, int>)Export("THSTensor_is_leaf");

    private static readonly delegate* unmanaged<byte> _isAnomalyEnabled = (delegate* unmanaged<byte>)Export("THSAutograd_isAnomalyEnabled");

    /// <summary>Gets whether a backward pass looks for NaN in each of its operators.</summary>
    public static bool IsAnomalyDetected => _isAnomalyEnabled() != 0;

    // the functions return a C++ bool or int
    public static bool RequiresGradient(nint tensor) => (byte)_requiresGradient(tensor) != 0;

    /// <summary>Returns whether automatic differentiation has not made the tensor.</summary>
    public static bool IsLeaf(nint tensor) => (byte)_isLeaf(tensor) != 0;

    private static readonly delegate* unmanaged<nint, nint, void> _setGradient = (delegate* unmanaged<nint, nint, void>)Export("THSTensor_set_grad");

    /// <summary>Makes a tensor the gradient of a parameter. The reference stays the caller's.</summary>
    public static void SetGradient(nint parameter, nint gradient) => _setGradient(parameter, gradient);

    /// <summary>Returns a new reference to the gradient of a parameter, or 0 if it has none.</summary>
    public static nint Gradient(nint parameter) => _gradient(parameter);

    public static nint Linear(nint input, nint weight, nint bias) => _linear(input, weight, bias);

    public static nint Product(nint a, nint b) => _mm(a, b);

    /// <summary>Returns the product of tensors with compatible shapes. Incompatible shapes end the process.</summary>
    public static nint CheckedMatrixProduct(nint a, nint b) => _matmul(a, b);

    public static nint AddedProduct(nint added, nint a, nint b) => _addmm(added, a, b, 1, 1);

    public static nint Transposed(nint tensor) => _t(tensor);

    public static nint Contiguous(nint tensor) => _contiguous(tensor);

    public static nint Reshaped(nint tensor, ReadOnlySpan<long> shape)
    {
        fixed (long* sizes = shape)
            return _reshape(tensor, sizes, shape.Length);
    }

    /// <summary>Returns the sums over the first dimension.</summary>
    public static nint SumOfRows(nint tensor)
    {
        var dimension = 0L;
        return _sum(tensor, &dimension, 1, 0, 0, 0);
    }

    private static nint Export(string name) => NativeLibrary.GetExport(_library, name);
}

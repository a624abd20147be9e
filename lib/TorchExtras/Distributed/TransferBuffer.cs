using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>The buffer that MPI transfers for a tensor: the tensor itself if MPI can access its memory, else a copy in host memory.</summary>
internal sealed class TransferBuffer
{
    private readonly Tensor _tensor;
    private readonly Tensor _buffer;

    private TransferBuffer(Tensor tensor, Tensor buffer, MpiType type)
    {
        (_tensor, _buffer, Type) = (tensor, buffer, type);
        Elements = type == MpiType.Byte ? buffer.numel() * buffer.element_size() : buffer.numel();
    }

    public MpiType Type { get; }

    /// <summary>Gets the number of elements of the MPI type; the number of bytes for <see cref="MpiType.Byte"/>.</summary>
    public long Elements { get; }

    private bool IsCopy => !ReferenceEquals(_tensor, _buffer);

    /// <summary>Returns a buffer for copying a tensor of any type, as bytes.</summary>
    public static TransferBuffer Of(ProcessGroup group, Tensor tensor)
    {
        CheckContiguous(tensor);
        return new TransferBuffer(tensor, Readable(group, tensor), MpiType.Byte);
    }

    /// <summary>Returns a buffer for a reduction; 16-bit floats are reduced as 32-bit floats.</summary>
    public static TransferBuffer ForReduction(ProcessGroup group, Tensor tensor, ReduceOp op)
    {
        CheckContiguous(tensor);
        var isFloat = tensor.dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
        if (op == ReduceOp.AVG && !isFloat)
            throw new ArgumentException($"The mean (ReduceOp.AVG) needs a floating-point tensor, not {tensor.dtype}.", nameof(tensor));
        if (op is ReduceOp.BAND or ReduceOp.BOR or ReduceOp.BXOR && isFloat)
            throw new ArgumentException($"The bitwise operation {op} needs an integer tensor, not {tensor.dtype}.", nameof(tensor));
        var type = tensor.dtype switch
        {
            ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => MpiType.Float32,
            ScalarType.Float64 => MpiType.Float64,
            ScalarType.Byte => MpiType.UInt8,
            ScalarType.Int8 => MpiType.Int8,
            ScalarType.Int16 => MpiType.Int16,
            ScalarType.Int32 => MpiType.Int32,
            ScalarType.Int64 => MpiType.Int64,
            _ => throw new ArgumentException(
                $"Tensors of {tensor.dtype} cannot be reduced: convert to float32, float64 or an integer type first.", nameof(tensor)),
        };
        if (tensor.dtype is not (ScalarType.Float16 or ScalarType.BFloat16))
            return new TransferBuffer(tensor, Readable(group, tensor), type);
        using var plain = tensor.detach();
        return new TransferBuffer(tensor, plain.to(ScalarType.Float32, CPU).DetachFromDisposeScope(), type);
    }

    /// <summary>Starts an in-place operation.</summary>
    public Work Start(ProcessGroup group, Func<nint, int, MpiRequest> start, bool receives, ReduceOp op = ReduceOp.SUM)
    {
        var address = MpiBuffer.Address(_buffer);
        var size = Type switch
        {
            MpiType.Byte or MpiType.Int8 or MpiType.UInt8 => 1,
            MpiType.Int16 => 2,
            MpiType.Int32 or MpiType.Float32 => 4,
            _ => 8,
        };
        List<MpiRequest> requests = [.. Collectives.Parts(Elements)
            .Select(part => Collectives.Started(group, () => start(address + (nint)(part.First * size), part.Count)))];
        return new Work(group, requests, [_tensor, _buffer], () =>
        {
            if (receives && op == ReduceOp.AVG)
            {
                using var scope = NewDisposeScope();
                using var untracked = no_grad();
                using Scalar processes = group.Size; // kept alive during the call, because TorchSharp does not keep it alive
                _buffer.div_(processes);
            }
            Return(receives);
        });
    }

    /// <summary>Starts an operation between the tensors of the processes and the concatenated tensor of the root.</summary>
    public Work Start(
        ProcessGroup group, TransferBuffer? whole, Func<nint, nint, int, MpiRequest> start, bool receives, Action? finish, bool receivesItself = false)
    {
        if (whole is not null && whole.Elements != Elements * group.Size)
        {
            throw new ArgumentException(
                $"{group.Size} tensors of {Shape(_tensor)} ({_tensor.dtype}) need room for {group.Size} times as many elements of this type, "
                + $"not {Shape(whole._tensor)} ({whole._tensor.dtype}).");
        }
        var (part, all) = (MpiBuffer.Address(_buffer), whole is null ? 0 : MpiBuffer.Address(whole._buffer));
        var request = Collectives.Started(group, () => start(part, all, Collectives.OnePart(Elements)));
        Tensor[] buffers = whole is null ? [_tensor, _buffer] : [_tensor, _buffer, whole._tensor, whole._buffer];
        return new Work(group, [request], buffers, () =>
        {
            Return(receivesItself);
            whole?.Return(receives);
            finish?.Invoke();
        });
    }

    internal static string Shape(Tensor tensor) => $"[{string.Join('x', tensor.shape)}]";

    /// <summary>Returns the tensor itself where MPI can read it, or a copy in host memory.</summary>
    private static Tensor Readable(ProcessGroup group, Tensor tensor)
    {
        if (tensor.device_type == DeviceType.CPU)
            return tensor;
        if (tensor.device_type == DeviceType.CUDA && group.TakesCudaMemory)
        {
            // MPI does not wait for CUDA kernels that still write to the tensor
            cuda.synchronize();
            return tensor;
        }
        using var plain = tensor.detach();
        return plain.cpu().DetachFromDisposeScope();
    }

    private static void CheckContiguous(Tensor tensor)
    {
        if (!tensor.is_contiguous())
            throw new ArgumentException("The tensor must be contiguous: pass tensor.contiguous().", nameof(tensor));
        if (tensor.is_sparse)
            throw new ArgumentException("Sparse tensors cannot be sent: pass tensor.to_dense().", nameof(tensor));
    }

    private void Return(bool receives)
    {
        if (!IsCopy)
            return;
        if (receives)
        {
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            _tensor.copy_(_buffer);
        }
        _buffer.Dispose();
    }
}

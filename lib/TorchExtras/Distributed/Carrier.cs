using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>A tensor in the form in which MPI carries it: itself where the library reads its memory, else a copy in host memory.</summary>
internal sealed class Carrier
{
    private readonly Tensor _tensor;
    private readonly Tensor _carried;

    private Carrier(Tensor tensor, Tensor carried, MpiType type)
    {
        (_tensor, _carried, Type) = (tensor, carried, type);
        Elements = type == MpiType.Byte ? carried.numel() * carried.element_size() : carried.numel();
    }

    public MpiType Type { get; }

    /// <summary>Gets the number of elements of the type; bytes, where bytes are carried.</summary>
    public long Elements { get; }

    private bool IsCopy => !ReferenceEquals(_tensor, _carried);

    /// <summary>Returns a tensor that is only moved: any type, byte by byte.</summary>
    public static Carrier Of(ProcessGroup group, Tensor tensor)
    {
        CheckContiguous(tensor);
        return new Carrier(tensor, Readable(group, tensor), MpiType.Byte);
    }

    /// <summary>Returns a tensor whose elements are combined; 16-bit floats are combined as 32-bit ones.</summary>
    public static Carrier ForReduction(ProcessGroup group, Tensor tensor, ReduceOp op)
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
            return new Carrier(tensor, Readable(group, tensor), type);
        using var plain = tensor.detach();
        return new Carrier(tensor, plain.to(ScalarType.Float32, CPU).DetachFromDisposeScope(), type);
    }

    /// <summary>Starts an operation that works in place.</summary>
    public Work Start(ProcessGroup group, Func<nint, int, MpiRequest> start, bool receives, ReduceOp op = ReduceOp.SUM)
    {
        var address = MpiBuffer.Address(_carried);
        var size = Type switch
        {
            MpiType.Byte or MpiType.Int8 or MpiType.UInt8 => 1,
            MpiType.Int16 => 2,
            MpiType.Int32 or MpiType.Float32 => 4,
            _ => 8,
        };
        List<MpiRequest> requests = [.. Collectives.Parts(Elements)
            .Select(part => Collectives.Started(group, () => start(address + (nint)(part.First * size), part.Count)))];
        return new Work(group, requests, [_tensor, _carried], () =>
        {
            if (receives && op == ReduceOp.AVG)
            {
                using var scope = NewDisposeScope();
                using var untracked = no_grad();
                using Scalar processes = group.Size; // kept alive during the call, because TorchSharp does not keep it alive
                _carried.div_(processes);
            }
            Return(receives);
        });
    }

    /// <summary>Starts an operation between this tensor, of which each process has one, and the root's tensor of all.</summary>
    public Work Start(
        ProcessGroup group, Carrier? whole, Func<nint, nint, int, MpiRequest> start, bool receives, Action? finish, bool receivesItself = false)
    {
        if (whole is not null && whole.Elements != Elements * group.Size)
        {
            throw new ArgumentException(
                $"{group.Size} tensors of {Shape(_tensor)} ({_tensor.dtype}) need room for {group.Size} times as many elements of this type, "
                + $"not {Shape(whole._tensor)} ({whole._tensor.dtype}).");
        }
        var (part, all) = (MpiBuffer.Address(_carried), whole is null ? 0 : MpiBuffer.Address(whole._carried));
        var request = Collectives.Started(group, () => start(part, all, Collectives.OnePart(Elements)));
        Tensor[] buffers = whole is null ? [_tensor, _carried] : [_tensor, _carried, whole._tensor, whole._carried];
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
            // MPI does not wait for the kernels that still write to it
            cuda.synchronize();
            return tensor;
        }
        using var plain = tensor.detach();
        return plain.cpu().DetachFromDisposeScope();
    }

    private static void CheckContiguous(Tensor tensor)
    {
        if (!tensor.is_contiguous())
            throw new ArgumentException("The tensor has to be contiguous: pass tensor.contiguous().", nameof(tensor));
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
            _tensor.copy_(_carried);
        }
        _carried.Dispose();
    }
}

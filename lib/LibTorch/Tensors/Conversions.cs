using TorchSharp.Native;

namespace TorchSharp;

// Between tensors of other types and places, and between tensors and C# values.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(Aten.Call("to.dtype", this, type, non_blocking, copy), disposeAfter);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(Aten.Call("to.device", this, device, type, non_blocking, copy), disposeAfter);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(other.dtype, other.device, copy, disposeAfter, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        public Tensor cpu(bool disposeAfter = false, bool non_blocking = false) => to(CPU, false, disposeAfter, non_blocking);

        public Tensor cuda(Device? device = null, bool disposeAfter = false, bool non_blocking = false) =>
            to(device ?? CUDA, false, disposeAfter, non_blocking);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor half() => to(ScalarType.Float16);

        public Tensor bfloat16() => to(ScalarType.BFloat16);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @bool() => to(ScalarType.Bool);

        public Tensor clone() => Aten.Call("clone", this);

        /// <summary>The elements in C#'s memory, shared with the tensor: what one writes, the other sees, while the tensor lives.</summary>
        /// <typeparam name="T">The C# type of the tensor's dtype, exactly.</typeparam>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU, or not contiguous.</exception>
        public unsafe Span<T> data<T>()
            where T : unmanaged
        {
            var info = RequireType<T>();
            if (info.DeviceType != (int)DeviceType.CPU)
                throw new InvalidOperationException($"The elements are on {device}: call .cpu() first.");
            if (info.IsContiguous == 0)
                throw new InvalidOperationException("The elements do not lie in order: call .contiguous() first.");
            return info.Elements == 0 ? [] : new Span<T>(Data(), checked((int)info.Elements));
        }

        /// <summary>The elements, copied, from wherever they lie.</summary>
        public T[] ToArray<T>()
            where T : unmanaged
        {
            var info = RequireType<T>();
            if (info is { DeviceType: (int)DeviceType.CPU, IsContiguous: not 0 })
                return data<T>().ToArray();
            using var dense = cpu();
            using var ordered = dense.contiguous();
            return ordered.data<T>().ToArray();
        }

        /// <summary>The only element.</summary>
        /// <typeparam name="T">The C# type of the tensor's dtype, exactly; <see cref="TensorConversions"/> converts.</typeparam>
        public unsafe T item<T>()
            where T : unmanaged
        {
            void* element;
            Door.Check(Door.door_item(Handle, (int)ScalarTypeOf<T>(), &element));
            var item = element is null ? ItemFromElsewhere<T>() : *(T*)element;
            GC.KeepAlive(this);
            return item;
        }

        private T ItemFromElsewhere<T>()
            where T : unmanaged
        {
            var info = RequireType<T>();
            return info.Elements == 1
                ? ToArray<T>()[0]
                : throw new ArgumentException($"item takes a tensor of one element; this has {info.Elements}: reduce it first, or index it.");
        }

        internal unsafe void* Data()
        {
            void* data;
            Door.Check(Door.door_data(Handle, &data));
            GC.KeepAlive(this);
            return data;
        }

        private TensorInfo RequireType<T>()
            where T : unmanaged
        {
            var info = Info;
            var wanted = ScalarTypeOf<T>();
            return wanted == (ScalarType)info.ScalarType
                ? info
                : throw new ArgumentException($"{(ScalarType)info.ScalarType} is not compatible with {wanted}: convert with .to({wanted}) first.");
        }

        private Tensor Convert(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}

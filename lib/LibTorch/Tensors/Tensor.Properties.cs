using System.Globalization;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public ScalarType dtype => (ScalarType)Info.ScalarType;

        public Device device
        {
            get
            {
                var info = Info;
                return new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Info.DeviceType;

        public int device_index => Info.DeviceIndex;

        public bool is_cpu() => Info.DeviceType == (int)DeviceType.CPU;

        public bool is_cuda => Info.DeviceType == (int)DeviceType.CUDA;

        public unsafe long[] shape
        {
            get
            {
                var info = Info;
                var sizes = new ReadOnlySpan<long>(info.Sizes, (int)info.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long ndim => Info.Dimensions;

        public long Dimensions => Info.Dimensions;

        public long NumberOfElements => Info.Elements;

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Info.ElementSize;

        public bool requires_grad
        {
            get => Info.RequiresGrad != 0;
            set
            {
                Door.Check(Door.door_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf => Info.IsLeaf != 0;

        public Tensor T => Aten.Call("numpy_T", this);

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            var index = dim < 0 ? dim + sizes.Length : dim;
            if (index < 0 || index >= sizes.Length)
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of shape {Shape(sizes)} has no dimension {dim}.");
            return sizes[index];
        }

        public long dim() => Info.Dimensions;

        public long numel() => Info.Elements;

        public long element_size() => Info.ElementSize;

        public unsafe long[] stride()
        {
            var info = Info;
            if (info.Strides == null)
                throw new InvalidOperationException("A sparse tensor has no strides.");
            var strides = new ReadOnlySpan<long>(info.Strides, (int)info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + (int)ndim : dim];

        public bool is_contiguous() => Info.IsContiguous != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => dtype is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

        public bool is_nonzero() => this.ToBoolean();

        public bool is_integral() => torch.is_integral(dtype);

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Shape, type and device, as TorchSharp has it; not the elements.</summary>
        public override string ToString() => IsInvalid ? "[disposed]" : $"{Shape(shape)}, type = {dtype}, device = {device}";

        internal static string Shape(long[] sizes) =>
            "[" + string.Join("x", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";
    }
}

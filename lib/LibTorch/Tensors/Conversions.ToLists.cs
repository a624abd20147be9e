using System.Collections;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>The elements as C# values: a <see cref="Scalar"/> for a tensor of no dimension, else nested lists.</summary>
        public object tolist()
        {
            if (ndim == 0)
                return this.ToScalar();
            using var scope = NewDisposeScope();
            var list = new ArrayList();
            foreach (var part in unbind())
                list.Add(part.tolist());
            return list;
        }

        /// <summary>Fills with random numbers of [low, high), whole ones in types of whole numbers.</summary>
        public Tensor random_(double low, double high, Generator? generator = null) =>
            Aten.InPlace("random_.from", this, (long)low, (long)high, Stream(generator, device));

        public Tensor fill_diagonal_(Scalar fill_value, bool wrap = false) => Aten.InPlace("fill_diagonal_", this, fill_value, wrap);

        public Tensor retain_grad()
        {
            Aten.Do("retain_grad", this);
            return this;
        }

        /// <summary>A copy in memory that CUDA reads by itself, so that <c>to(device, non_blocking: true)</c> need not be waited for.</summary>
        /// <exception cref="NotSupportedException">There is no CUDA device.</exception>
        public Tensor pin_memory()
        {
            torch.cuda.Require();
            return Aten.Call("pin_memory", this);
        }

        public bool is_pinned() => Aten.CallBool("is_pinned", this);
    }
}

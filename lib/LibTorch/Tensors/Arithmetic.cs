using TorchSharp.Native;

namespace TorchSharp;

// Matrix products, and the element-wise operators that take more than one operand or an option.
public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor target) => input.bmm(target);

    public static Tensor dot(Tensor input, Tensor target) => input.dot(target);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.Call("einsum", equation, tensors);

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Aten.Call("matmul", this, target);

        public Tensor mm(Tensor target) => Aten.Call("mm", this, target);

        public Tensor mv(Tensor target) => Aten.Call("mv", this, target);

        public Tensor bmm(Tensor batch2) => Aten.Call("bmm", this, batch2);

        public Tensor dot(Tensor tensor2) => Aten.Call("dot", this, tensor2);

        public Tensor outer(Tensor vec2) => Aten.Call("outer", this, vec2);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.InPlace("clamp_", this, min, max);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.Call("softmax.int", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.Call("log_softmax.int", this, dim, dtype);

        public Tensor lerp(Tensor end, Scalar weight) => Aten.Call("lerp.Scalar", this, end, weight);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.InPlace("addcmul_", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.InPlace("addcdiv_", this, tensor1, tensor2, value);

        public Tensor zero_() => Aten.InPlace("zero_", this);

        public Tensor fill_(Scalar value) => Aten.InPlace("fill_.Scalar", this, value);

        public Tensor copy_(Tensor source, bool non_blocking = false) => Aten.InPlace("copy_", this, source, non_blocking);

        public Tensor uniform_(double from = 0, double to = 1, Generator? generator = null) =>
            Aten.InPlace("uniform_", this, from, to, Stream(generator, device));

        public Tensor normal_(double mean = 0, double stddev = 1, Generator? generator = null) =>
            Aten.InPlace("normal_", this, mean, stddev, Stream(generator, device));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.InPlace("bernoulli_.float", this, p, Stream(generator, device));
    }
}

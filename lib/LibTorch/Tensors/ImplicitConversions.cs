namespace TorchSharp;

public static partial class torch
{
    // Numbers and lists where a tensor is wanted, as torch.tensor makes them: of their own type, on the CPU, and the innermost scope's to dispose.
    public partial class Tensor
    {
        /// <summary>A number of any C# type; where an operator takes a <see cref="Scalar"/> too, that is taken, without a tensor.</summary>
        public static implicit operator Tensor(Scalar scalar) => full([], scalar, scalar.Type);

        public static implicit operator Tensor(byte value) => (Scalar)value;

        public static implicit operator Tensor(sbyte value) => (Scalar)value;

        public static implicit operator Tensor(short value) => (Scalar)value;

        public static implicit operator Tensor(int value) => (Scalar)value;

        public static implicit operator Tensor(long value) => (Scalar)value;

        public static implicit operator Tensor(float value) => (Scalar)value;

        public static implicit operator Tensor(double value) => (Scalar)value;

        public static implicit operator Tensor(bool value) => (Scalar)value;

        public static implicit operator Tensor(byte[] value) => tensor(value);

        public static implicit operator Tensor(int[] value) => tensor(value);

        public static implicit operator Tensor(long[] value) => tensor(value);

        public static implicit operator Tensor(float[] value) => tensor(value);

        public static implicit operator Tensor(double[] value) => tensor(value);

        public static implicit operator Tensor(bool[] value) => tensor(value);
    }
}

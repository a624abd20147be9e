using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Images as tensors: see <see href="https://pytorch.org/vision/stable/index.html">torchvision</see>.</summary>
public static partial class torchvision
{
    /// <summary>Makes one image of another. The result is the caller's to dispose, the input remains the caller's.</summary>
    public interface ITransform : nn.IModule<Tensor, Tensor>;

    /// <summary>A transform of one function, which may return its input as it is.</summary>
    internal sealed class Transform(string name, Func<Tensor, Tensor> apply) : ITransform
    {
        public Tensor call(Tensor input1)
        {
            ArgumentNullException.ThrowIfNull(input1);
            using var scope = NewDisposeScope();
            var result = apply(input1);
            if (ReferenceEquals(result, input1))
                result = input1.alias();
            return result.MoveToOuterDisposeScope();
        }

        public override string ToString() => name;
    }

    public static partial class transforms
    {
        /// <summary>One transform after the other.</summary>
        public static ITransform Compose(params ITransform[] transforms) =>
            Of(image => InTurn(transforms, image), $"Compose({string.Join(", ", transforms.AsEnumerable())})");

        /// <summary>A transform of one's own.</summary>
        public static ITransform Lambda(Func<Tensor, Tensor> lambda) => Of(lambda);

        private static Transform Of(Func<Tensor, Tensor> apply, [CallerMemberName] string name = "") => new(name, apply);

        private static Tensor InTurn(IEnumerable<ITransform> transforms, Tensor image) =>
            transforms.Aggregate(image, (current, transform) => transform.call(current));
    }
}

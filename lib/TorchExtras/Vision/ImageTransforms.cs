using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace TorchSharp;

/// <summary>Extends <c>torchvision.transforms</c> with transforms that TorchVision lacks.</summary>
public static class ImageTransforms
{
    extension(torchvision.transforms)
    {
        /// <summary>
        /// Returns a transform from the layout of image files to the layout of networks: [H, W] becomes [1, H, W], [H, W, C] becomes [C, H, W], [N,
        /// H, W, C] becomes [N, C, H, W]; bytes become Float32 from 0 to 1, other types keep their values. See
        /// <see href="https://pytorch.org/vision/stable/generated/torchvision.transforms.ToTensor.html">ToTensor</see>.
        /// </summary>
        /// <returns>A transform that throws an <see cref="ArgumentException"/> if the channels already come first.</returns>
        public static ITransform ToTensor() => new ToTensorTransform();
    }

    private sealed class ToTensorTransform : ITransform
    {
        public Tensor call(Tensor input1)
        {
            ArgumentNullException.ThrowIfNull(input1);
            var shape = input1.shape;
            if (shape.Length is < 2 or > 4)
                throw new ArgumentException($"ToTensor expects [H, W], [H, W, C] or [N, H, W, C], but the tensor is [{string.Join(", ", shape)}].", nameof(input1));
            if (shape.Length > 2 && shape[^3] is 1 or 3 && shape[^1] > 4)
            {
                throw new ArgumentException(
                    $"ToTensor expects the channels last, but [{string.Join(", ", shape)}] has them first: use ConvertImageDtype.", nameof(input1));
            }
            using var scope = NewDisposeScope();
            var image = (shape.Length == 2 ? input1.unsqueeze(0) : input1.movedim([-1], [-3])).contiguous();
            using Scalar white = 255; // kept alive during the call, because TorchSharp does not keep it alive
            if (image.dtype == ScalarType.Byte)
                image = image.@float().div_(white);
            return image.MoveToOuterDisposeScope();
        }

        public override string ToString() => "ToTensor";
    }
}

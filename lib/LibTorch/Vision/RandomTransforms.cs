using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    // After the same manual_seed a random transform does what PyTorch's does, but for the choice and the order, for which that asks Python.
    public static partial class transforms
    {
        private const int Attempts = 10;

        /// <summary>Applies a transform with the probability <paramref name="p"/>.</summary>
        public static ITransform Randomize(ITransform transform, double p = 0.1) =>
            Of(image => Chance.Of(p) ? transform.call(image) : image);

        /// <summary>Applies all the transforms with the probability <paramref name="p"/>, or none.</summary>
        public static ITransform RandomApply(ITransform[] transforms, double p = 0.5) =>
            Of(image => Chance.Of(p) ? InTurn(transforms, image) : image);

        /// <summary>Applies one of the transforms, each as likely as the others.</summary>
        public static ITransform RandomChoice(params ITransform[] transforms) =>
            Of(image => transforms[Chance.Below(transforms.Length)].call(image));

        /// <summary>Applies all the transforms, in an order that changes.</summary>
        public static ITransform RandomOrder(params ITransform[] transforms) =>
            Of(image => InTurn(Chance.Order(transforms.Length).Select(i => transforms[i]), image));

        public static ITransform RandomHorizontalFlip(double p = 0.5) => Randomize(HorizontalFlip(), p);

        public static ITransform RandomVerticalFlip(double p = 0.5) => Randomize(VerticalFlip(), p);

        /// <summary>Makes an image grey, of as many channels as before, with the probability <paramref name="p"/>.</summary>
        public static ITransform RandomGrayscale(double p = 0.1) =>
            Of(image => Chance.Of(p) ? functional.rgb_to_grayscale(image, (int)functional.get_dimensions(image).channels) : image);

        public static ITransform RandomAdjustSharpness(double sharpness, double p = 0.5) => Randomize(AdjustSharpness(sharpness), p);

        public static ITransform RandomInvert(double p = 0.5) => Randomize(Invert(), p);

        /// <summary>A part of the image, at a random place.</summary>
        /// <param name="height">The part's height.</param>
        /// <param name="width">The part's width.</param>
        /// <param name="padding">What is added to the image first, as <see cref="Pad(long[], PaddingModes, double)"/> takes it.</param>
        /// <param name="pad_if_needed">Whether an image that is smaller than the part is padded to its size.</param>
        /// <param name="fill">The value of padded pixels.</param>
        /// <param name="padding_mode">How the image is padded.</param>
        public static ITransform RandomCrop(
            int height, int width, long[]? padding = null, bool pad_if_needed = false, double fill = 0,
            PaddingModes padding_mode = PaddingModes.Constant) =>
            Of(image =>
            {
                if (padding is not null)
                    image = functional.pad(image, padding, fill, padding_mode);
                if (pad_if_needed)
                {
                    var (_, h, w) = functional.get_dimensions(image);
                    image = functional.pad(image, [Math.Max(width - w, 0), Math.Max(height - h, 0)], fill, padding_mode);
                }
                return Cut(image, height, width);
            });

        public static ITransform RandomCrop(
            int size, long[]? padding = null, bool pad_if_needed = false, double fill = 0, PaddingModes padding_mode = PaddingModes.Constant) =>
            RandomCrop(size, size, padding, pad_if_needed, fill, padding_mode);

        /// <summary>A part of random size, shape and place, brought to one size.</summary>
        /// <param name="height">The result's height.</param>
        /// <param name="width">The result's width.</param>
        /// <param name="scaleMin">The least share of the image's area that the part has.</param>
        /// <param name="scaleMax">The largest share.</param>
        /// <param name="ratioMin">The least ratio of the part's width to its height.</param>
        /// <param name="ratioMax">The largest ratio.</param>
        /// <param name="interpolation">How values between pixels come about.</param>
        public static ITransform RandomResizedCrop(
            int height, int width, double scaleMin = 0.08, double scaleMax = 1.0, double ratioMin = 3.0 / 4, double ratioMax = 4.0 / 3,
            InterpolationMode interpolation = InterpolationMode.Nearest) =>
            Of(image =>
            {
                var (_, h, w) = functional.get_dimensions(image);
                foreach (var (partWidth, partHeight) in Parts((double)h * w, (scaleMin, scaleMax), (ratioMin, ratioMax)))
                {
                    if (partWidth > 0 && partHeight > 0 && partWidth <= w && partHeight <= h)
                        return Cut(Chance.Below(h - partHeight + 1), Chance.Below(w - partWidth + 1), partHeight, partWidth);
                }
                var (middleHeight, middleWidth) = Fitting(h, w, ratioMin, ratioMax);
                return Cut((int)(h - middleHeight) / 2, (int)(w - middleWidth) / 2, middleHeight, middleWidth);

                Tensor Cut(int top, int left, int partHeight, int partWidth) =>
                    functional.resized_crop(image, top, left, partHeight, partWidth, height, width, interpolation);
            });

        public static ITransform RandomResizedCrop(
            int size, double scaleMin = 0.08, double scaleMax = 1.0, double ratioMin = 3.0 / 4, double ratioMax = 4.0 / 3,
            InterpolationMode interpolation = InterpolationMode.Nearest) =>
            RandomResizedCrop(size, size, scaleMin, scaleMax, ratioMin, ratioMax, interpolation);

        /// <summary>Overwrites a part of random size, shape and place, with the probability <paramref name="p"/>. Source: Zhong et al., 2017.</summary>
        /// <param name="p">How often.</param>
        /// <param name="scaleMin">The least share of the image's area that the part has.</param>
        /// <param name="scaleMax">The largest share.</param>
        /// <param name="ratioMin">The least ratio of the part's height to its width.</param>
        /// <param name="ratioMax">The largest ratio.</param>
        /// <param name="value">What is written; null for noise of mean 0 and standard deviation 1.</param>
        /// <param name="inplace">Whether the image itself changes.</param>
        public static ITransform RandomErasing(
            double p = 0.5, double scaleMin = 0.02, double scaleMax = 0.33, double ratioMin = 0.3, double ratioMax = 3.3, double? value = 0,
            bool inplace = false) =>
            Of(image =>
            {
                var (c, h, w) = functional.get_dimensions(image);
                if (!Chance.Of(p))
                    return image;
                foreach (var (partHeight, partWidth) in Parts((double)h * w, (scaleMin, scaleMax), (ratioMin, ratioMax)))
                {
                    if (partHeight >= h || partWidth >= w)
                        continue;
                    var content = value is { } one ? tensor(one) : randn([c, partHeight, partWidth]);
                    return functional.erase(
                        image, Chance.Below(h - partHeight + 1), Chance.Below(w - partWidth + 1), partHeight, partWidth, content, inplace);
                }
                return image;
            });

        /// <summary>Turns the image by an angle between the two, in degrees, against the clock.</summary>
        public static ITransform RandomRotation(
            (double, double) degrees, InterpolationMode interpolation = InterpolationMode.Nearest, bool expand = false,
            (int, int)? center = null, IList<float>? fill = null) =>
            Of(image => functional.rotate(image, (float)Chance.Between(degrees), interpolation, expand, center, fill));

        /// <summary>Turns the image by at most so many degrees, either way.</summary>
        public static ITransform RandomRotation(
            double degrees, InterpolationMode interpolation = InterpolationMode.Nearest, bool expand = false, (int, int)? center = null,
            IList<float>? fill = null) =>
            RandomRotation((-degrees, degrees), interpolation, expand, center, fill);

        /// <summary>Changes brightness, contrast, saturation and hue, in random order, each by a factor between its two numbers.</summary>
        public static ITransform ColorJitter((float, float) brightness, (float, float) contrast, (float, float) saturation, (float, float) hue)
        {
            (Func<Tensor, double, Tensor> Adjust, (float, float) Range, float Nothing)[] steps =
            [
                (functional.adjust_brightness, brightness, 1),
                (functional.adjust_contrast, contrast, 1),
                (functional.adjust_saturation, saturation, 1),
                ((image, factor) => functional.adjust_hue(image, factor), hue, 0),
            ];
            return Of(image =>
            {
                var order = Chance.Order(steps.Length);
                double?[] factors = [.. steps.Select(step =>
                    step.Range == (step.Nothing, step.Nothing) ? (double?)null : Chance.Between(step.Range))];
                return order.Where(i => factors[i] is not null).Aggregate(image, (current, i) => steps[i].Adjust(current, factors[i]!.Value));
            });
        }

        /// <summary>Changes brightness, contrast and saturation by factors from 1 less to 1 more than each number, hue by up to its number.</summary>
        public static ITransform ColorJitter(float brightness = 0, float contrast = 0, float saturation = 0, float hue = 0) =>
            ColorJitter(Around(brightness), Around(contrast), Around(saturation), (-hue, hue));

        private static (float, float) Around(float amount) => (MathF.Max(0, 1 - amount), 1 + amount);

        private static Tensor Cut(Tensor image, int height, int width)
        {
            var (_, h, w) = functional.get_dimensions(image);
            if (h < height || w < width)
                throw new ArgumentException($"A part of {height}x{width} does not fit into an image of {h}x{w}: pass padding, or pad_if_needed.");
            return h == height && w == width
                ? image
                : functional.crop(image, Chance.Below(h - height + 1), Chance.Below(w - width + 1), height, width);
        }

        /// <summary>Sizes of a part by its share of the area and its ratio, until they please: one size, and the one that it is measured by.</summary>
        private static IEnumerable<(int Over, int Under)> Parts(double area, (double, double) scale, (double Least, double Most) ratio)
        {
            // the ratio's logarithm is drawn, so that 1:2 is as likely as 2:1
            var logarithms = ((double)MathF.Log((float)ratio.Least), (double)MathF.Log((float)ratio.Most));
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var share = area * Chance.Between(scale);
                var shape = MathF.Exp((float)Chance.Between(logarithms));
                yield return ((int)Math.Round(Math.Sqrt(share * shape)), (int)Math.Round(Math.Sqrt(share / shape)));
            }
        }

        /// <summary>The largest size within an image whose ratio is allowed.</summary>
        private static (int Height, int Width) Fitting(long height, long width, double ratioMin, double ratioMax)
        {
            var ratio = (double)width / height;
            return ratio < ratioMin ? ((int)Math.Round(width / ratioMin), (int)width)
                : ratio > ratioMax ? ((int)height, (int)Math.Round(height * ratioMax))
                : ((int)height, (int)width);
        }
    }
}

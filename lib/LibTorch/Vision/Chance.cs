using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    /// <summary>Random numbers from torch's stream, or a loader's own for the sample that it loads.</summary>
    internal static class Chance
    {
        public static bool Of(double p)
        {
            using var number = rand(1);
            return number.item<float>() < p;
        }

        /// <summary>A number from 0 to below <paramref name="end"/>.</summary>
        public static int Below(long end)
        {
            using var number = randint(end, [1]);
            return (int)number.item<long>();
        }

        /// <summary>A number of single precision between the two.</summary>
        public static double Between((double From, double To) range)
        {
            using var number = rand(1);
            var (from, to) = ((float)range.From, (float)range.To);
            return (number.item<float>() * (to - from)) + from;
        }

        /// <summary>The numbers from 0 to below <paramref name="count"/>, each once.</summary>
        public static int[] Order(int count)
        {
            using var order = randperm(count);
            return Array.ConvertAll(order.ToArray<long>(), number => (int)number);
        }
    }
}

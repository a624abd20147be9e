using System.Diagnostics;
using System.Globalization;
using Bench.Measurement;

namespace Bench.Accuracy;

/// <summary>PyTorch's side: a process for each setup and seed. The output of finished processes is kept, and they do not run again.</summary>
internal static class TheirTrainings
{
    /// <summary>Returns the test accuracy of the weights of the last epoch.</summary>
    /// <exception cref="InvalidOperationException">The script failed; the message has its errors.</exception>
    public static async Task<double> RunAsync(
        Setup setup, long seed, AccuracyOptions options, ImageFiles images, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{setup.Name} epochs={options.EpochsOf(setup)} batches={options.Batches ?? 0} seed={seed}.txt");
        var kept = Path.Combine(options.Folder, "pytorch", name);
        if (!File.Exists(kept))
        {
            var output = await TrainAsync(setup, seed, options, images, cancellation).ConfigureAwait(false);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            await File.WriteAllTextAsync(kept + ".new", output, cancellation).ConfigureAwait(false);
            File.Move(kept + ".new", kept, overwrite: true);
        }
        var lines = await File.ReadAllLinesAsync(kept, cancellation).ConfigureAwait(false);
        return Sample.Parse(lines[^1]).Value;
    }

    private static async Task<string> TrainAsync(
        Setup setup, long seed, AccuracyOptions options, ImageFiles images, CancellationToken cancellation)
    {
        images.Write(setup.Data);
        var script = Path.Combine(AppContext.BaseDirectory, "pytorch", "accuracy.py");
        int[] numbers = [options.EpochsOf(setup), options.Batches ?? 0, AccuracyOptions.TestBatchSize];
        var start = new ProcessStartInfo(
            PyTorchSide.Python!, [script, setup.Name, $"{seed}", .. numbers.Select(number => $"{number}"), images.Folder])
        {
            Environment = { ["OMP_NUM_THREADS"] = $"{Environment.ProcessorCount}", ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        return await Side.OutputAsync(start, cancellation).ConfigureAwait(false);
    }
}

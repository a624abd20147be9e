using System.CommandLine;
using System.Diagnostics;
using Bench.Epochs.Arithmetic;
using Bench.Epochs.PlainTorchSharp;
using Bench.Measurement;
using TorchSharp;

namespace Bench.Epochs;

/// <summary>
/// <c>nb bench epochs</c>: compares an epoch of each tutorial with the trainer, with the tutorial's loop in PyTorch, and with plain TorchSharp.
/// </summary>
internal static class EpochsCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("seed")
        {
            Description = $"The tutorials: {string.Join(", ", EpochSetup.All.Select(setup => setup.Seed))}; all by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. EpochSetup.All.Select(setup => setup.Seed)]);
        var rounds = new Option<int>("--rounds") { Description = "The number of times that each side trains, alternately.", DefaultValueFactory = _ => 3 };
        var device = new Option<string>("--device") { Description = "The device for both sides: cpu or cuda.", DefaultValueFactory = _ => "cpu" };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        device.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() == "cuda" && !torch.cuda.is_available())
                result.AddError("libtorch finds no GPU: omit --device cuda, or build with -p:TorchSharpPackage=TorchSharp-cuda-linux (or -cuda-windows).");
        });
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the results to this file, as JSON.", HelpName = "file" };
        var command = new Command("epochs", "Trains each tutorial's network for one epoch with this library, with the tutorial's loop in PyTorch, and with plain TorchSharp.")
        {
            names, rounds, device, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = EpochSetup.All.Where(setup => parsed.GetValue(names) is not { Length: > 0 } some || some.Contains(setup.Seed));
            var place = parsed.GetValue(device)!;
            var folder = Directory.CreateTempSubdirectory("bench-epochs-").FullName;
            try
            {
                List<EpochRow> rows = [];
                foreach (var setup in chosen)
                {
                    rows.Add(await CompareAsync(setup, parsed.GetValue(rounds), place, folder, cancellation).ConfigureAwait(false));
                    EpochTable.WriteLine(rows[^1], place, Console.Out, first: rows.Count == 1);
                }
                if (parsed.GetValue(json) is { } file)
                    await File.WriteAllTextAsync(file.FullName, EpochRow.ToJson(rows), cancellation).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    /// <summary>Returns the commands that measure one side in their own process.</summary>
    public static IEnumerable<Command> CreateSides()
    {
        var random = new Argument<long>("random");
        yield return CreateSide(EpochSide.Command, [random], (setup, device, parsed) => EpochSide.Measure(setup, parsed.GetValue(random), device));
        yield return CreateSide(ArithmeticSide.Command, [], (setup, device, _) => ArithmeticSide.Measure(setup, device));
    }

    private static Command CreateSide(
        string command, Argument[] arguments, Func<EpochSetup, torch.Device, ParseResult, IEnumerable<Sample>> measure)
    {
        var name = new Argument<string>("seed");
        var device = new Argument<string>("device");
        var side = new Command(command) { Hidden = true };
        foreach (var argument in (Argument[])[name, device, .. arguments])
            side.Arguments.Add(argument);
        side.SetAction(parsed =>
        {
            var setup = EpochSetup.All.Single(setup => setup.Seed == parsed.GetValue(name));
            foreach (var sample in measure(setup, torch.device(parsed.GetValue(device)!), parsed))
                Console.WriteLine(sample);
        });
        return side;
    }

    private static async Task<EpochRow> CompareAsync(
        EpochSetup setup, int rounds, string device, string folder, CancellationToken cancellation)
    {
        List<Dictionary<string, double>> ours = [], theirs = [], plain = [], arithmetic = [];
        TorchvisionFiles.Write(setup, folder);
        for (var round = 1; round <= rounds; round++)
        {
            ours.Add(await FiguresAsync(OurSide.Self(EpochSide.Command, setup.Seed, device, $"{round}"), cancellation).ConfigureAwait(false));
            if (!PyTorchSide.IsMissing)
                theirs.Add(await FiguresAsync(TheirStart(setup, folder, round, device), cancellation).ConfigureAwait(false));
            plain.Add(await FiguresAsync(OurSide.Self(PlainSide.Command, setup.Seed, device, $"{round}", folder), cancellation).ConfigureAwait(false));
            arithmetic.Add(await FiguresAsync(ArithmeticStart(setup, device), cancellation).ConfigureAwait(false));
        }
        return new EpochRow(setup.Seed, Environment.ProcessorCount)
        {
            OursS = Median(ours, "train_s")!.Value,
            PyTorchS = Median(theirs, "train_s"),
            TorchSharpS = Median(plain, "train_s"),
            ArithmeticS = Median(arithmetic, "train_s")!.Value,
            OursEvaluateS = Median(ours, "evaluate_s")!.Value,
            PyTorchEvaluateS = Median(theirs, "evaluate_s"),
            OursPeakMb = Median(ours, "peak_mb")!.Value,
            PyTorchPeakMb = Median(theirs, "peak_mb"),
            OursTestAccuracy = Mean(ours, "accuracy")!.Value,
            PyTorchTestAccuracy = Mean(theirs, "accuracy"),
            TorchSharpTestAccuracy = Mean(plain, "accuracy"),
        };
    }

    // the time of libtorch's kernels
    private static ProcessStartInfo ArithmeticStart(EpochSetup setup, string device)
    {
        var start = OurSide.Self(ArithmeticSide.Command, setup.Seed, device);
        start.Environment["TORCH_EXTRAS_KERNELS"] = "off";
        return start;
    }

    private static ProcessStartInfo TheirStart(EpochSetup setup, string folder, int round, string device) =>
        new(PyTorchSide.Python!, [Path.Combine(AppContext.BaseDirectory, "pytorch", "epochs.py"), setup.Seed, folder, $"{round}", device])
        {
            Environment = { ["OMP_NUM_THREADS"] = $"{Environment.ProcessorCount}", ["OPENBLAS_NUM_THREADS"] = "1" },
        };

    private static async Task<Dictionary<string, double>> FiguresAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        var output = await Side.OutputAsync(start, cancellation).ConfigureAwait(false);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sample.Parse)
            .ToDictionary(sample => sample.Name, sample => sample.Value);
    }

    private static double? Median(List<Dictionary<string, double>> rounds, string name) =>
        rounds.Count == 0 ? null : Comparison.Median([.. rounds.Select(round => round[name])]);

    private static double? Mean(List<Dictionary<string, double>> rounds, string name) =>
        rounds.Count == 0 ? null : rounds.Average(round => round[name]);
}

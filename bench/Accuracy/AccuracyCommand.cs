using System.CommandLine;
using System.Text.Json;
using Bench.Measurement;

namespace Bench.Accuracy;

/// <summary><c>nb bench accuracy</c>: compares the test accuracies of the tutorials' networks with PyTorch's.</summary>
internal static class AccuracyCommand
{
    private static readonly JsonSerializerOptions _format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Create()
    {
        var names = new Argument<string[]>("setup")
        {
            Description = $"Which networks: {string.Join(", ", Setup.All.Select(setup => setup.Name))}. All when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. Setup.All.Select(setup => setup.Name)]);
        var seeds = new Option<long[]>("--seeds")
        {
            Description = "Where the random streams start; each network is trained once from each.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1, 2, 3],
        };
        var epochs = Positive("--epochs", "Epochs, instead of the tutorials'.");
        var batches = Positive("--batches", "Batches of an epoch, and of the test, at most: to try it out.");
        var runs = new Option<DirectoryInfo?>("--runs")
        {
            Description = "Keeps what is trained in this folder; called again with it, goes on where it was interrupted.",
            HelpName = "folder",
        };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the figures to this file too.", HelpName = "file" };
        var command = new Command("accuracy", "Trains the tutorials' networks on the real data, here and in PyTorch, and compares test accuracies.")
        {
            names, seeds, epochs, batches, runs, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = parsed.GetValue(names) is { Length: > 0 } some ? Setup.All.Where(setup => some.Contains(setup.Name)) : Setup.All;
            var kept = parsed.GetValue(runs)?.FullName;
            var folder = kept ?? Directory.CreateTempSubdirectory("bench-accuracy-").FullName;
            var options = new AccuracyOptions([.. chosen], parsed.GetValue(seeds)!, parsed.GetValue(epochs), parsed.GetValue(batches), folder);
            try
            {
                await CompareAsync(options, parsed.GetValue(json), cancellation).ConfigureAwait(false);
            }
            finally
            {
                if (kept is null)
                    Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) <= 0)
                result.AddError($"{name} must be above 0.");
        });
        return option;
    }

    private static async Task CompareAsync(AccuracyOptions options, FileInfo? json, CancellationToken cancellation)
    {
        var images = new ImageFiles(Path.Combine(options.Folder, "data"));
        var ours = OurTrainings.Run(options, images, cancellation);
        List<AccuracyRow> rows = [];
        foreach (var setup in options.Setups)
        {
            List<double> theirs = [];
            foreach (var seed in PyTorchSide.IsMissing ? [] : options.Seeds)
            {
                theirs.Add(await TheirTrainings.RunAsync(setup, seed, options, images, cancellation).ConfigureAwait(false));
                await Console.Error.WriteLineAsync($"PyTorch {setup.Name}, seed {seed}: {theirs[^1]:0.0000}").ConfigureAwait(false);
            }
            rows.Add(new AccuracyRow(setup.Name, [.. options.Seeds.Select(seed => ours[(setup.Name, seed)])], theirs));
        }
        AccuracyTable.Write(options, rows, Console.Out);
        if (json is not null)
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(rows, _format), cancellation).ConfigureAwait(false);
    }
}

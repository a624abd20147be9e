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
            Description = $"The networks: {string.Join(", ", Setup.All.Select(setup => setup.Name))}; all by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. Setup.All.Select(setup => setup.Name)]);
        var seeds = new Option<long[]>("--seeds")
        {
            Description = "The random seeds; each network is trained once per seed.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1, 2, 3],
        };
        var epochs = Positive("--epochs", "The number of epochs; the tutorial's by default.");
        var batches = Positive("--batches", "The maximum number of batches per epoch and per test, for a quick trial.");
        var runs = new Option<DirectoryInfo?>("--runs")
        {
            Description = "Saves finished runs in this folder; with the same folder, an interrupted command continues with the remaining runs.",
            HelpName = "folder",
        };
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the results to this file, as JSON.", HelpName = "file" };
        var command = new Command("accuracy", "Trains the tutorials' networks with this library and with PyTorch, and compares the test accuracies.")
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
                result.AddError($"{name} must be greater than 0.");
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

using System.CommandLine;
using Bench.Accuracy;
using Bench.Allocations;
using Bench.Data;
using Bench.Epochs;
using Bench.Growth;
using Bench.Host;
using Bench.Measurement;
using Bench.Memory;
using Bench.Ops;
using Bench.Steps;
using Bench.Tutorials;

namespace Bench;

/// <summary><c>nb bench</c>: compares this project with PyTorch.</summary>
internal static class BenchCommand
{
    private static readonly Suite[] _suites =
    [
        new("ops", "µs per call", OpsSide.Measure),
        new("steps", "µs per training step", StepsSide.Measure),
        new("data", "ms per epoch", DataSide.Measure),
        new("memory", "MB of resident memory added by 20,000 steps", MemorySide.Measure),
        new("allocations", "bytes of managed memory per call", AllocationsSide.Measure),
        new("growth", "µs per sample", GrowthSide.Measure),
        new("host", "ms", HostSide.Measure),
    ];

    private static readonly string _names = string.Join(", ", _suites.Select(suite => suite.Name));

    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var names = new Argument<string[]>("name") { Description = $"The suites: {_names}; all by default.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. _suites.Select(suite => suite.Name)]);
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the results to this file, as JSON.", HelpName = "file" };
        var rounds = new Option<int>("--rounds")
        {
            Description = "The number of times that each side runs, alternately; the table shows medians.",
            DefaultValueFactory = _ => 3,
        };
        var root = new RootCommand("Compares the speed and memory of this library with the installed PyTorch.") { names, json, rounds };
        root.SetAction((parsed, cancellation) =>
            CompareAsync(parsed.GetValue(names) ?? [], parsed.GetValue(json), parsed.GetValue(rounds), cancellation));
        root.Subcommands.Add(SideCommand());
        root.Subcommands.Add(AccuracyCommand.Create());
        root.Subcommands.Add(EpochsCommand.Create());
        root.Subcommands.Add(TutorialsCommand.Create());
        foreach (var side in EpochsCommand.CreateSides())
            root.Subcommands.Add(side);
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (InvalidOperationException error)
        {
            Console.Error.WriteLine($"nb bench: {error.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }

    // one measurement of this library in a new process
    private static Command SideCommand()
    {
        var name = new Argument<string>("name");
        var side = new Command(OurSide.Command) { Arguments = { name }, Hidden = true };
        side.SetAction(parsed =>
        {
            foreach (var sample in _suites.Single(suite => suite.Name == parsed.GetValue(name)).Ours())
                Console.WriteLine(sample);
        });
        return side;
    }

    private static async Task<int> CompareAsync(string[] names, FileInfo? json, int rounds, CancellationToken cancellation)
    {
        List<Row> all = [];
        foreach (var suite in _suites.Where(suite => names.Length == 0 || names.Contains(suite.Name)))
        {
            var rows = await Comparison.RunAsync(suite, rounds, cancellation).ConfigureAwait(false);
            ComparisonTable.Write(suite, rows, Console.Out);
            all.AddRange(rows);
        }
        if (json is not null)
            await RowFile.WriteAsync(json.FullName, all, cancellation).ConfigureAwait(false);
        return 0;
    }
}

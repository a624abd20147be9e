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
        new("ops", "µs a call", OpsSide.Measure),
        new("steps", "µs a training step", StepsSide.Measure),
        new("data", "ms an epoch", DataSide.Measure),
        new("memory", "MB that 20,000 steps add to the resident memory", MemorySide.Measure),
        new("allocations", "bytes of managed memory a call", AllocationsSide.Measure),
        new("growth", "µs a sample", GrowthSide.Measure),
        new("host", "ms", HostSide.Measure),
    ];

    private static readonly string _names = string.Join(", ", _suites.Select(suite => suite.Name));

    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var names = new Argument<string[]>("name") { Description = $"What to measure: {_names}. All when none is named.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. _suites.Select(suite => suite.Name)]);
        var json = new Option<FileInfo?>("--json") { Description = "Writes the figures to this file too.", HelpName = "file" };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How often each side is started, in turns; the table shows medians.",
            DefaultValueFactory = _ => 3,
        };
        var root = new RootCommand("Measures side by side with PyTorch on the same libtorch.") { names, json, rounds };
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

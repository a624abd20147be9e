using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Packages.Tests;

[Collection(OnePacking.Name)]
public sealed partial class UsageTests(PackedFeed packed)
{
    private const string Training = "[13] epochs?, [0-9]+ steps: .*validation|weighted avg";

    [Fact]
    public async Task What_the_page_on_packages_tells_to_do_works()
    {
        var folder = packed.NewFolder("readme");
        // the packages are there already
        File.WriteAllText(Path.Combine(folder, "nb"), $"mkdir -p artifacts && cp -r '{packed.Feed}' artifacts/packages");
        var commands = Commands("docs/packages.md").Replace("./nb pack", "sh ./nb pack", StringComparison.Ordinal);

        var output = await packed.Shell.RunAsync(folder, commands);

        Assert.Matches(@"30 epochs, 600 steps: .*validation loss", output);
        var executed = File.ReadAllText(Path.Combine(folder, "artifacts", "notebooks", "notebook.ipynb"));
        Assert.Contains("classes 0, 1, 2", executed, StringComparison.Ordinal);
        Assert.Contains("accuracy (%)", executed, StringComparison.Ordinal);
        await PublishedAsync(folder);
    }

    [Fact]
    public async Task The_board_is_a_tool_of_its_own_that_nb_hands_over_to()
    {
        var folder = packed.NewFolder("board");
        File.WriteAllText(Path.Combine(folder, "runs"), "a file");
        string Install(string name) => $"dotnet tool install TorchNotebooks.{name} --tool-path tools --add-source '{packed.Feed}'";

        await packed.Shell.RunAsync(folder, Install("NotebookHost"));
        var alone = await packed.Shell.TryAsync(folder, "tools/nb board runs");
        await packed.Shell.RunAsync(folder, Install("BoardHost"));
        var both = await packed.Shell.TryAsync(folder, "tools/nb board runs");

        Assert.Equal((2, "nb board requires nb-board: dotnet tool install --global TorchNotebooks.BoardHost\n"), alone);
        Assert.Equal((2, "runs is a file; specify the folder that contains the runs.\n"), both);
    }

    /// <summary>Code that readers see first does what it says as it stands.</summary>
    [Theory]
    [InlineData("README.md", "TenLines", Training)]
    [InlineData("packaging/DeepLearning.md", "FewLines", Training)]
    [InlineData("packaging/TorchExtras.md", "Extras", "BFloat16")]
    public async Task The_code_that_readers_see_first_runs(string document, string name, string expected)
    {
        var code = Regex.Match(File.ReadAllText(Checkout.At(document)), "(?ms)^```csharp\n(.*?)^```$").Groups[1].Value;
        var folder = packed.NewFolder(name);
        File.Copy(Checkout.At("samples", "Digits", "Digits.csproj"), Path.Combine(folder, name + ".csproj"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), code);

        var output = await packed.Shell.RunAsync(
            folder, $"dotnet restore -p:RestoreAdditionalProjectSources='{packed.Feed}' && dotnet run --no-restore");

        Assert.Matches(expected, output);
    }

    [Fact]
    public async Task A_pitfall_that_is_typed_into_a_new_project_is_a_warning_of_its_build()
    {
        var folder = packed.NewFolder("pitfall");
        // a hive of its own: another test installs the same template into the one of the home
        await packed.Shell.RunAsync(
            folder,
            $"dotnet new install '{packed.Feed}'/TorchNotebooks.Templates.*.nupkg --debug:custom-hive \"$PWD/hive\" && "
            + "dotnet new torch-console --name Pitfall --debug:custom-hive \"$PWD/hive\"");
        var program = Path.Combine(folder, "Pitfall", "Program.cs");
        File.WriteAllText(program, File.ReadAllText(program).Replace("manual_seed(1);", "manual_seed(1);\nConsole.WriteLine(ones(2, 3).sum(0));", StringComparison.Ordinal));
        await packed.Shell.RunAsync(folder, $"dotnet restore Pitfall -p:RestoreAdditionalProjectSources='{packed.Feed}'");

        var output = await packed.Shell.RunAsync(folder, "dotnet build Pitfall --no-restore --nologo");

        Assert.Matches(@"Program\.cs\(\d+,\d+\): warning TN1001: ", output);
        // and of nothing else: the template is free of alarms
        Assert.DoesNotMatch("TN(?!1001)", output);
    }

    [Fact]
    public async Task The_digits_sample_trains_saves_loads_and_predicts()
    {
        var (folder, output) = await RunSampleAsync("Digits", "500 1");

        Assert.Matches(@"1 epoch, 5 steps: .*validation", output);
        Assert.Contains("weighted avg", output, StringComparison.Ordinal);
        Assert.Matches(@"predicted( \d){10}\nlabels   ( \d){10}\n", output);
        Assert.True(File.Exists(Path.Combine(folder, "checkpoints", "best.pth")));
    }

    [Fact]
    public async Task The_regression_sample_compares_a_network_with_the_linear_baseline_in_7_folds()
    {
        var (folder, output) = await RunSampleAsync("DiabetesRegression", "");

        Assert.True(File.Exists(Path.Combine(folder, "diabetes-like.csv")));
        Assert.Contains("442 rows", output, StringComparison.Ordinal);
        Assert.Contains("mean of 7 folds\nlinear   R² 0.420  MAE 41.9\n", output, StringComparison.Ordinal);
        var network = double.Parse(Regex.Match(output, @"network  R² (\d\.\d+)  MAE \d+\.\d").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(network, 0.45, 0.65);
    }

    [Fact]
    public async Task The_labels_sample_finds_several_faults_of_a_machine_with_missing_values()
    {
        var (folder, output) = await RunSampleAsync("SensorLabels", "");

        Assert.Contains(",NaN,", File.ReadAllText(Path.Combine(folder, "machines.csv")), StringComparison.Ordinal);
        Assert.Contains("1,500 rows, inputs type=A, type=B, type=C, temperature, pressure, vibration, hours, target overheated, leaking, worn", output, StringComparison.Ordinal);
        var f1 = double.Parse(Regex.Match(output, @"test F1 (\d\.\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(f1, 0.8, 1);
        Assert.Equal(5, Regex.Count(output, "predicted: .* actual: "));
        var log = File.ReadAllLines(Path.Combine(folder, "epochs.csv"));
        Assert.Contains("f1", log[0], StringComparison.Ordinal);
        Assert.InRange(log.Length, 11, 61);
    }

    [Fact]
    public async Task The_pumps_sample_is_better_with_labels_that_count_by_their_certainty()
    {
        var (folder, output) = await RunSampleAsync("PumpFailures", "");

        Assert.Matches(@"^[0-9]+,[0-9]", File.ReadAllLines(Path.Combine(folder, "pumps.csv"))[1]);
        Assert.Contains("pumps.csv: 3,000 rows, inputs temperature, vibration, pressure, age, target fails, certainty", output, StringComparison.Ordinal);
        var accuracies = Regex.Matches(output, @"test accuracy (0\.[0-9]+), AUC (0\.[0-9]+)")
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(2, accuracies.Count);
        Assert.InRange(accuracies[1], accuracies[0] + 0.1, 1);
        Assert.Equal(5, Regex.Count(output, "probability of a failure [01]\\.[0-9]{2}, inspection: (fails|works)"));
    }

    [Fact]
    public async Task The_sweep_sample_loads_and_draws_its_best_model()
    {
        var (folder, output) = await RunSampleAsync("SpiralSweep", "30");

        Assert.Matches(@"8 runs: [3-8] finished(, [1-5] pruned)?\n", output);
        // both processes train runs
        Assert.InRange(Regex.Count(output, @"^run [1-8] of 8: ", RegexOptions.Multiline), 1, 7);
        var accuracy = double.Parse(Regex.Match(output, @"test accuracy (\d\.\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(accuracy, 0.9, 1);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder, "runs", "best.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_augmentation_sample_resumes_from_its_checkpoint()
    {
        var (folder, output) = await RunSampleAsync("FashionAugmented", "1000 2");

        Assert.Matches(@"\n1 epoch, 14 steps: .*\n2 epochs, 28 steps: ", output);
        Assert.Matches(@"test accuracy (0\.[5-9]|1\.0)", output);
        Assert.True(File.Exists(Path.Combine(folder, "checkpoints", "last.pth")));
        // the resumed training continues the log of the first
        using var log = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "checkpoints", "epochs.json")));
        Assert.Equal(2, log.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task The_transfer_sample_trains_the_head_on_a_folder_of_color_images()
    {
        var (folder, output) = await RunSampleAsync("ColorTransfer", "shapes random.pth 1");

        Assert.Equal(20, Directory.GetFiles(Path.Combine(folder, "shapes", "stripes")).Length);
        Assert.Contains("140 images of 64x64 in color in 3 classes: 60 disk, 60 square, 20 stripes", output, StringComparison.Ordinal);
        Assert.Contains("2 of 62 parameters are trained", output, StringComparison.Ordinal);
        Assert.Matches(@"predicted( \d){5}\nlabels   ( \d){5}\n", output);
    }

    [Fact]
    public async Task The_charts_sample_draws_a_sweep_with_Plotly_NET_and_loads_its_best_model()
    {
        var (folder, output) = await RunSampleAsync("ResultsChart", "3");

        Assert.Matches(@"best: Run\(Lr=[0-9.]+, Width=[0-9]+, seed=50\), loss [0-9.]+, accuracy [0-9.]+", output);
        Assert.Contains("width 16", File.ReadAllText(Path.Combine(folder, "results.html")), StringComparison.Ordinal);
        Assert.Contains("Learning curves", File.ReadAllText(Path.Combine(folder, "curves.html")), StringComparison.Ordinal);
    }

    private async Task<(string Folder, string Output)> RunSampleAsync(string name, string arguments)
    {
        var folder = packed.NewFolder(name);
        foreach (var file in new[] { $"{name}.csproj", "Program.cs" })
            File.Copy(Checkout.At("samples", name, file), Path.Combine(folder, file));
        var output = await packed.Shell.RunAsync(
            folder, $"dotnet restore -p:RestoreAdditionalProjectSources='{packed.Feed}' && dotnet run --no-restore -- {arguments}");
        return (folder, output);
    }

    private async Task PublishedAsync(string folder)
    {
        await packed.Shell.RunAsync(folder, "dotnet publish Spirals --output published");
        var output = await packed.Shell.RunAsync(folder, "rm -rf Spirals && published/Spirals");

        Assert.Contains("30 epochs", output, StringComparison.Ordinal);
    }

    private static string Commands(string readme)
    {
        var block = Block().Matches(File.ReadAllText(Checkout.At(readme))).Single(block => block.Value.Contains("./nb pack", StringComparison.Ordinal));
        return Comment().Replace(block.Groups["commands"].Value, "");
    }

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@" +#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}

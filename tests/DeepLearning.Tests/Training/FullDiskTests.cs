using DeepLearning.Data;
using DeepLearning.Files;
using DeepLearning.Runs;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Tests.Training;

// A file that cannot be written throws one exception that names it, and the existing file is kept.
public sealed class FullDiskTests : TrainingTest
{
    // a folder cannot be created below a file, for any user
    private string Unwritable
    {
        get
        {
            File.WriteAllText(Folder["file"], "");
            return Path.Combine(Folder["file"], "folder");
        }
    }

    [Fact]
    public void A_file_on_a_full_disk_keeps_its_content_and_the_error_names_it()
    {
        var path = Folder["results.csv"];
        File.WriteAllText(path, "before");
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[10_000]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal($"{path} cannot be written: No space left on device", error.Message);
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFiles(Folder.Path));
    }

    public static TheoryData<string, Func<string, Callback>> Writers => new()
    {
        { "last.pth", folder => new ModelCheckpoint(folder) },
        { "log.csv", folder => new CsvLogger(Path.Combine(folder, "log.csv")) },
        { "log.json", folder => new JsonLogger(Path.Combine(folder, "log.json")) },
        { "events.out", folder => new TensorBoardLogger(folder) },
    };

    [Theory]
    [MemberData(nameof(Writers))]
    public void Training_that_cannot_write_its_files_ends_before_its_first_step(string file, Func<string, Callback> create)
    {
        var folder = Unwritable;
        var steps = 0;
        using var network = TwoClasses.Network();
        var options = TwoClasses.Options with { Callbacks = [create(folder), new LambdaCallback(afterBatch: _ => steps++)] };
        var error = Assert.Throws<IOException>(() => Trainer.Fit(network, Problem.Batches(), options: options));
        Assert.StartsWith(Path.Combine(folder, file), error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, steps);
    }

    [Fact]
    public void A_checkpoint_is_kept_if_a_later_one_cannot_be_written_and_can_be_resumed()
    {
        using var untouched = TwoClasses.Network();
        Trainer.Fit(untouched, Problem.Batches(), options: TwoClasses.Options with { Epochs = 4 });
        using (var network = TwoClasses.Network())
        {
            // a folder has the name of the file that the third epoch writes
            var fails = new LambdaCallback(beforeEpoch: fit =>
            {
                if (fit.EpochsDone == 2)
                    Directory.CreateDirectory(Folder[$"step-{fit.Step + fit.BatchesPerEpoch:D8}.pth"]);
            });
            Assert.Throws<IOException>(() => Fit(network, fails, new ModelCheckpoint(Folder.Path) { Keep = 5 }));
        }
        using var resumed = TwoClasses.Network();
        Fit(resumed, new ModelCheckpoint(Folder.Path));
        Assert.Equal(TwoClasses.Weights(untouched), TwoClasses.Weights(resumed));
        Assert.Empty(Directory.EnumerateFiles(Folder.Path, "*.new"));
    }

    [Fact]
    public void The_error_of_an_unwritable_cache_names_the_setting()
    {
        var cache = Unwritable;
        var error = Assert.Throws<IOException>(() => Mnist.Load(train: false, new DatasetOptions { Folder = null, Cache = cache, Download = false, Report = _ => { } }));
        Assert.Contains(cache, error.Message, StringComparison.Ordinal);
        Assert.Contains("Set DatasetOptions.Cache", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_results_that_cannot_be_written_names_the_file()
    {
        var path = Path.Combine(Unwritable, "results");
        Assert.StartsWith($"{path}.csv cannot be written: ", Assert.Throws<IOException>(() => new RunManager().Save(path)).Message, StringComparison.Ordinal);
    }

    private void Fit(TorchSharp.Modules.Sequential network, params Callback[] callbacks) =>
        Trainer.Fit(network, Problem.Batches(), options: TwoClasses.Options with { Epochs = 4, Callbacks = callbacks });
}

using System.Text.Json;

namespace Bench.Tutorials;

/// <summary>The finished training runs, in a file that is replaced atomically.</summary>
internal sealed class TutorialRuns(string path)
{
    private static readonly JsonSerializerOptions _format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly List<TutorialRun> _runs = Read(path);

    public IReadOnlyList<TutorialRun> All => _runs;

    public string Path => path;

    public bool Has(string training, long seed, int maxEpochs) => _runs.Any(run => run.Key == (training, seed, maxEpochs));

    /// <summary>Adds a run and rewrites the file.</summary>
    public void Add(TutorialRun run)
    {
        _runs.Add(run);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(_runs, _format) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <exception cref="InvalidOperationException">The file is not a file of results.</exception>
    private static List<TutorialRun> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<TutorialRun>>(File.ReadAllText(path), _format) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"{path} is not a file of results ({error.Message}). Name another file with --results, or remove it.", error);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeepLearning.Files;

namespace DeepLearning.Runs;

/// <summary>
/// A run on disk, in a folder named after its settings and a hash of them and the code's version: the same content is the same folder. It
/// holds the checkpoints, TensorBoard's events and, once the run has ended, run.json.
/// </summary>
internal sealed class RunFolder
{
    private const int LongestName = 100;

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    private readonly Run _settings;
    private readonly string _codeVersion;
    private readonly string _record;

    public RunFolder(string parent, Run settings, string codeVersion)
    {
        (_settings, _codeVersion) = (settings, codeVersion);
        Name = $"{Readable(settings)}-{Hash(settings, codeVersion)}";
        Path = System.IO.Path.Combine(parent, Name);
        _record = System.IO.Path.Combine(Path, "run.json");
    }

    public string Name { get; }

    public string Path { get; }

    /// <summary>Settings as a part of a file's name.</summary>
    public static string Readable(Run settings)
    {
        var text = string.Join(' ', settings.Names.Zip(settings.Values, (name, value) => $"{name}={Run.Text(value)}"));
        var safe = string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) || "=._+- ".Contains(character) ? character : '_'));
        return safe.Length <= LongestName ? safe : safe[..LongestName];
    }

    /// <summary>
    /// Takes the run for this process until the claim is disposed of, or the process gone, however it ended; null where another has it.
    /// </summary>
    public IDisposable? Claim()
    {
        Directory.CreateDirectory(Path);
        FileStream claim;
        try
        {
            claim = new FileStream(System.IO.Path.Combine(Path, ".claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsTaken(error))
        {
            return null;
        }
        // what a process that was killed was writing
        foreach (var unfinished in Directory.EnumerateFiles(Path, "*.new"))
            File.Delete(unfinished);
        return claim;
    }

    /// <summary>How the run ended; null when it has not.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public RunRecord? Read()
    {
        if (!File.Exists(_record))
            return null;
        try
        {
            using var stream = File.OpenRead(_record);
            return JsonSerializer.Deserialize<RunRecord>(stream, _json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{_record} is damaged: {error.Message} Delete its folder to train the run anew.", error);
        }
    }

    public RunRecord Write(RunState state, string? error, IEnumerable<RunRecord.Epoch> epochs)
    {
        var settings = _settings.Names.Zip(_settings.Values).ToDictionary(setting => setting.First, setting => setting.Second);
        var record = new RunRecord(state, error, _codeVersion, settings, [.. epochs]);
        AtomicFile.Write(_record, stream => JsonSerializer.Serialize(stream, record, _json));
        return record;
    }

    /// <summary>Forgets the run: record, checkpoints and events. The claim stays.</summary>
    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => !file.EndsWith(".claim", StringComparison.Ordinal)))
            File.Delete(file);
    }

    // a lock that is held: EAGAIN on Linux, EWOULDBLOCK on macOS, a sharing violation on Windows
    private static bool IsTaken(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Hash(Run settings, string codeVersion)
    {
        var content = settings.Names.Zip(settings.Values).OrderBy(setting => setting.First, StringComparer.Ordinal)
            .Select(setting => $"{setting.First}={Run.Text(setting.Second)}").Prepend(codeVersion);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))))[..12];
    }
}

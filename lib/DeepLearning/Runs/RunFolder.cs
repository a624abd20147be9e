using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeepLearning.Files;
using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>
/// The folder of a run. Its name consists of the settings and a hash of the settings and the code version, so the same run has the same folder. It
/// contains the checkpoints, TensorBoard's events and, after the run has ended, run.json.
/// </summary>
internal sealed class RunFolder
{
    private const int LongestName = 100;

    // the version of the record's fields, so that folders of earlier versions have other names
    private const string Format = "2";

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

    /// <summary>Returns settings as part of a file name.</summary>
    public static string Readable(Run settings)
    {
        var text = string.Join(' ', settings.Settings().Select(setting => $"{setting.Key}={Run.Text(setting.Value)}"));
        var safe = string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) || "=._+- ".Contains(character) ? character : '_'));
        return safe.Length <= LongestName ? safe : safe[..LongestName];
    }

    /// <summary>
    /// Claims the run for this process until the claim is disposed of or the process ends for any reason.
    /// </summary>
    /// <returns>The claim; null if another process has claimed the run.</returns>
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
        // left over from a process that was killed during a write
        foreach (var unfinished in Directory.EnumerateFiles(Path, "*.new"))
            File.Delete(unfinished);
        return claim;
    }

    /// <summary>Reads the record of the ended run; null if the run has not ended.</summary>
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
            throw new InvalidDataException($"{_record} is damaged: {error.Message} Delete its folder to train the run again.", error);
        }
    }

    public RunRecord Write(RunState state, string? error, IReadOnlyList<EpochRecord> epochs)
    {
        var record = new RunRecord(state, error, _codeVersion, _settings.Settings().ToDictionary(), epochs);
        AtomicFile.Write(_record, stream => JsonSerializer.Serialize(stream, record, _json));
        return record;
    }

    /// <summary>Deletes the run's files: record, checkpoints and events. The claim remains.</summary>
    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => !file.EndsWith(".claim", StringComparison.Ordinal)))
            File.Delete(file);
    }

    // the errors of a held lock: EAGAIN on Linux, EWOULDBLOCK on macOS, a sharing violation on Windows
    private static bool IsTaken(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Hash(Run settings, string codeVersion)
    {
        var content = settings.Settings().OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => $"{setting.Key}={SettingValue.Quoted(setting.Value)}").Prepend(codeVersion).Prepend(Format);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))))[..12];
    }
}

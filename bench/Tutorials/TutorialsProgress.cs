using System.Globalization;

namespace Bench.Tutorials;

/// <summary>Reports the progress of training and the remaining time after epochs.</summary>
internal sealed class TutorialsProgress(string run, TextWriter writer, TimeProvider time)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _last;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Writes a line, at most once in ten seconds.</summary>
    public void AfterEpoch(int done, int epochs)
    {
        var elapsed = Elapsed;
        if (elapsed - _last < _interval || done == epochs)
            return;
        _last = elapsed;
        var left = elapsed * ((double)(epochs - done) / done);
        writer.WriteLine($"{run}: epoch {done:N0} of {epochs:N0}, {Text(elapsed)} so far, at most {Text(left)} left");
    }

    public static string Text(TimeSpan span) => span.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds:00} s");
}

using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>Verifies that all processes have the same model.</summary>
internal static class ModelVerification
{
    /// <exception cref="DistBackendError">The parameters or buffers of another process have other names, types or shapes.</exception>
    public static void Check(ProcessGroup group, nn.Module module)
    {
        if (group.Size == 1)
            return;
        var text = Describe(module);
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = SHA256.HashData(bytes);
        long[] print = [bytes.Length, .. Enumerable.Range(0, 4).Select(word => BitConverter.ToInt64(hash, word * sizeof(long)))];
        var prints = group.Exchange(print);
        if (prints.All(other => other.AsSpan().SequenceEqual(print)))
            return;

        // the whole text is exchanged only if the hashes differ; it is padded to the same length in all processes
        var padded = new long[prints.Max(other => (other[0] + sizeof(long) - 1) / sizeof(long))];
        Buffer.BlockCopy(bytes, 0, padded, 0, bytes.Length);
        var texts = group.Exchange(padded);
        for (var rank = 0; rank < texts.Length; rank++)
        {
            var theirs = new byte[prints[rank][0]];
            Buffer.BlockCopy(texts[rank], 0, theirs, 0, theirs.Length);
            if (!theirs.AsSpan().SequenceEqual(bytes))
            {
                var difference = Difference(group.Rank, text, rank, Encoding.UTF8.GetString(theirs));
                throw group.Fail($"has another model than rank {rank}: {difference}.");
            }
        }
    }

    private static string Describe(nn.Module module)
    {
        var parameters = module.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter));
        return string.Join(
            '\n', parameters.Concat(module.named_buffers()).Select(entry => $"{entry.Item1} {entry.Item2.dtype} {TransferBuffer.Shape(entry.Item2)}"
                + (entry.Item2.requires_grad ? "" : ", without a gradient")));
    }

    private static string Difference(int mine, string text, int theirs, string other)
    {
        string[] here = text.Split('\n'), there = other.Split('\n');
        var first = Enumerable.Range(0, Math.Max(here.Length, there.Length))
            .First(index => index >= here.Length || index >= there.Length || here[index] != there[index]);
        return $"rank {mine} has {At(here, first)} where rank {theirs} has {At(there, first)}";
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index] : "nothing";
}

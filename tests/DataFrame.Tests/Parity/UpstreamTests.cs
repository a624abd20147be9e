using System.Text.Json;

namespace DataFrameTests.Parity;

public sealed class UpstreamTests
{
    // written by tests/upstream.sh, from Microsoft.Data.Analysis itself
    private static readonly Dictionary<string, string> _upstream = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "upstream.json")))!;

    public static TheoryData<string> Names => [.. Behaviours.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_does_what_it_does_in_Microsofts_library(string name)
    {
        Assert.Equal(_upstream[name], Behaviours.Observe(Behaviours.All[name]));
    }
}

using System.Net;
using System.Net.Sockets;
using static TorchSharp.torch;

namespace LibTorch.Tests.Distributed;

public sealed class InitializationTests : IDisposable
{
    private static readonly string[] _variables = ["MASTER_ADDR", "MASTER_PORT", "RANK", "WORLD_SIZE"];

    private readonly Dictionary<string, string?> _before = _variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public InitializationTests() => Set("127.0.0.1", "29500", "0", "1");

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Theory]
    [InlineData("MASTER_ADDR")]
    [InlineData("MASTER_PORT")]
    [InlineData("RANK")]
    [InlineData("WORLD_SIZE")]
    public void A_missing_variable_is_named(string variable)
    {
        Environment.SetEnvironmentVariable(variable, null);

        var error = Assert.Throws<ArgumentException>(() => distributed.init_process_group("gloo"));

        Assert.StartsWith($"The environment variable {variable} is missing.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MASTER_PORT", "http", "a whole number from 1 to 65535")]
    [InlineData("MASTER_PORT", "70000", "a whole number from 1 to 65535")]
    [InlineData("RANK", "1", "a whole number from 0 to 0")]
    [InlineData("RANK", "-1", "a whole number from 0 to 0")]
    [InlineData("WORLD_SIZE", "0", "a whole number from 1")]
    public void A_wrong_variable_is_named_with_what_it_must_be(string variable, string value, string expected)
    {
        Environment.SetEnvironmentVariable(variable, value);

        var error = Assert.Throws<ArgumentException>(() => distributed.init_process_group("gloo"));

        Assert.StartsWith($"The environment variable {variable} is '{value}': it must be {expected}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_master_is_named_with_its_port()
    {
        Set("127.0.0.1", "9", "1", "2");

        var error = Assert.Throws<distributed.DistNetworkError>(() => distributed.init_process_group("gloo", timeout: TimeSpan.FromSeconds(1)));

        Assert.StartsWith("The master at 127.0.0.1, port 9, was not reached within 1 s", error.Message, StringComparison.Ordinal);
        Assert.False(distributed.is_initialized());
    }

    [Fact]
    public void A_process_that_never_arrives_is_counted_and_named()
    {
        using var store = new distributed.TCPStore("127.0.0.1", port: 0, is_master: true);
        // as rank 1 announces itself
        store.set("arrived/1", "");
        store.add("init/", 1);

        var error = Assert.Throws<distributed.DistStoreError>(() => distributed.init_process_group(
            "gloo", store: store, rank: 0, world_size: 3, timeout: TimeSpan.FromMilliseconds(300)));

        Assert.StartsWith("2 of 3 processes arrived within 0.3 s (rank 2 did not)", error.Message, StringComparison.Ordinal);
        Assert.False(distributed.is_initialized());
    }

    [Fact]
    public void A_taken_port_is_named()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Any, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;

        var error = Assert.Throws<distributed.DistNetworkError>(() => new distributed.TCPStore("127.0.0.1", port, is_master: true));

        Assert.StartsWith($"The store cannot be kept on port {port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_group_collectives_say_what_to_call()
    {
        using var values = ones(1);

        var error = Assert.Throws<InvalidOperationException>(() => distributed.all_reduce(values));

        Assert.Contains("init_process_group", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_group_is_refused()
    {
        using var group = new GroupOfOne();

        Assert.Throws<InvalidOperationException>(() => distributed.init_process_group("gloo"));
    }

    [Fact]
    public void An_unknown_backend_is_refused() =>
        Assert.Throws<ArgumentException>(() => distributed.init_process_group("smoke signals"));

    [Fact]
    public void An_interface_that_there_is_none_of_is_an_error()
    {
        Environment.SetEnvironmentVariable("GLOO_SOCKET_IFNAME", "nosuch0");
        try
        {
            var error = Assert.ThrowsAny<Exception>(() => new GroupOfOne().Dispose());
            Assert.Contains("nosuch0", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("GLOO_SOCKET_IFNAME", null);
        }
    }

    [Fact]
    public void A_store_keeps_what_is_set_and_adds_up()
    {
        using var store = new distributed.TCPStore("127.0.0.1", port: 0, is_master: true, timeout: TimeSpan.FromSeconds(5));
        using var inside = new distributed.PrefixStore("a", store);

        inside.set("key", "value");

        Assert.Equal("value"u8.ToArray(), inside.get("key"));
        Assert.Equal("value"u8.ToArray(), store.get("a/key"));
        Assert.Equal([2, 5], new[] { store.add("sum", 2), store.add("sum", 3) });
        Assert.False(store.check("other"));
        Assert.Throws<distributed.DistStoreError>(() => store.wait(["other"], TimeSpan.FromMilliseconds(50)));
    }

    private static void Set(params string[] values)
    {
        foreach (var (name, value) in _variables.Zip(values))
            Environment.SetEnvironmentVariable(name, value);
    }
}

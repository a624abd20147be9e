namespace Repository.Tests;

/// <summary>The libraries keep numbers alive while libtorch computes with them: they compute while other threads load data.</summary>
public sealed class HeldNumbersTests
{
    [Theory]
    [InlineData("TorchExtras")]
    [InlineData("DeepLearning")]
    public void A_library_holds_the_numbers_of_its_calls(string library) => Assert.Empty(UnheldNumbers.InLibrary(library));

    [Theory]
    [InlineData("x.pow(2);", "2")]
    [InlineData("x.clamp(min: 0.5);", "0.5")]
    [InlineData("x.pow((Scalar)2);", "(Scalar)2")]
    [InlineData("x.pow(2.ToScalar());", "2.ToScalar()")]
    [InlineData("Scalar two = 2; x.pow(two);", "2")]
    [InlineData("var z = x > 0;", "0")]
    [InlineData("var z = x * 2;", "x * 2")]
    [InlineData("var z = 1 - x;", "1 - x")]
    [InlineData("var z = x + y;", "x + y")]
    [InlineData("x += y;", "x += y")]
    [InlineData("x.add_(y);", "x.add_(y)")]
    [InlineData("x.add(_two);", "x.add(_two)")]
    [InlineData("x.square();", "x.square()")]
    [InlineData("nn.functional.leaky_relu(x);", "nn.functional.leaky_relu(x)")]
    [InlineData("arange(_two);", "arange(_two)")]
    public void A_number_that_may_be_freed_is_found(string body, string expected) => Assert.Equal(expected, Assert.Single(UnheldNumbers.InBody(body)));

    [Theory]
    [InlineData("using Scalar two = 2; x.pow(two).mul(two).add(y, two);")]
    [InlineData("x.pow(_two);")]
    [InlineData("var z = x * y - y / x;")]
    [InlineData("var z = x.eq(y) | x.gt(y);")]
    [InlineData("var n = x.shape[0] * 2 + 1;")]
    [InlineData("x.view(-1, 1).narrow(0, 0, 1);")]
    public void A_number_that_is_held_is_not(string body) => Assert.Empty(UnheldNumbers.InBody(body));
}

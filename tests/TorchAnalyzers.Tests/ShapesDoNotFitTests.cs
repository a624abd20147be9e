using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ShapesDoNotFit>;

namespace TorchAnalyzers.Tests;

public sealed class ShapesDoNotFitTests
{
    [Theory]
    [InlineData("rand(2, 3).[|matmul|](rand(4, 5));")]
    [InlineData("torch.[|matmul|](rand(2, 3), rand(4, 5));")]
    [InlineData("[|matmul|](rand(2, 3), rand(4, 5));")]
    [InlineData("torch.[|matmul|](target: rand(2, 3), input: rand(4, 5));")]
    [InlineData("rand(2, 3).[|mm|](rand(2, 3));")]
    [InlineData("rand(2, 3, 4).[|mm|](rand(4, 3));")]
    [InlineData("rand(2, 3, 4).[|bmm|](rand(3, 4, 5));")]
    [InlineData("rand(2, 3, 4).[|matmul|](rand(3, 4, 5));")]
    [InlineData("rand(2, 3).[|mv|](rand(4));")]
    [InlineData("rand(2, 3).[|matmul|](rand(4));")]
    [InlineData("rand(3).[|matmul|](rand(4));")]
    [InlineData("var a = zeros([2, 3], dtype: float64); var b = ones(new long[] { 4, 5 }); a.[|matmul|](b);")]
    [InlineData("const int n = 3; Tensor a = randn(2, n), b = randn(n + 1, 2); a.relu().[|matmul|](b * 2);")]
    [InlineData("var a = rand(2, 3); a.t().[|matmul|](a.t());")]
    [InlineData("var a = rand(6); a.reshape(2, 3).[|mm|](a.reshape(2, -1));")]
    [InlineData("Tensor Product(Tensor x) { x = x.reshape(2, 3); return x.[|matmul|](x); }")]
    [InlineData("async System.Threading.Tasks.Task<Tensor> Product() { await System.Threading.Tasks.Task.Yield(); return rand(2, 3).[|matmul|](rand(4, 5)); }")]
    [InlineData("Func<Tensor> product = () => rand(2, 3).[|matmul|](rand(4, 5));")]
    [InlineData("F.[|linear|](rand(2, 3), rand(4, 5));")]
    public Task A_product_of_shapes_that_do_not_fit_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("Sequential(Linear(784, 128), ReLU(), [|Linear(64, 10)|]);")]
    [InlineData("torch.nn.Sequential((\"a\", Linear(784, 128)), (\"b\", [|Linear(64, 10)|]));")]
    [InlineData("Sequential([Linear(784, 128), [|Linear(outputSize: 128, inputSize: 10)|]]);")]
    [InlineData("var first = Linear(784, 128); var last = Linear(64, 10); Sequential(first, Dropout(0.5), [|last|]);")]
    [InlineData("Sequential(Sequential(Linear(784, 128), ReLU()), [|Linear(64, 10)|]);")]
    [InlineData("Sequential(Sequential(Linear(784, 128), [|Linear(64, 10)|]), Linear(10, 10));")]
    [InlineData("Sequential(Conv2d(1, 8, 3), ReLU(), MaxPool2d(2), [|Conv2d(16, 8, 3)|]);")]
    [InlineData("Sequential(Conv2d(1, 8, (3, 3)), [|BatchNorm2d(16)|]);")]
    [InlineData("Sequential(Conv2d(1, 8, 3), [|GroupNorm(2, 16)|]);")]
    [InlineData("Sequential(Conv2d(1, 8, 3), [|ConvTranspose2d(16, 8, 3)|]);")]
    [InlineData("Sequential(Conv1d(1, 8, 3), [|Conv1d(4, 8, 3)|]);")]
    [InlineData("Sequential(Linear(3, 8), [|LayerNorm(16)|]);")]
    [InlineData("Sequential(Linear(3, 8), BatchNorm1d(8), [|Linear(16, 2)|]);")]
    [InlineData("Sequential(Embedding(10, 8), [|Linear(16, 2)|]);")]
    [InlineData("const long width = 128; Sequential(Linear(784, width), [|Linear(width / 2, 10)|]);")]
    public Task A_layer_that_does_not_fit_the_one_before_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("Linear(784, 128).call([|rand(1, 28)|]);")]
    [InlineData("var fc = Linear(784, 128); var x = rand(1, 28, 28); var y = fc.forward([|x|]);")]
    [InlineData("var net = Sequential(Flatten(), Linear(784, 10)); net.call([|rand(1, 1, 28, 27)|]);")]
    [InlineData("Sequential(Conv2d(3, 8, 3), ReLU()).call([|rand(1, 1, 28, 28)|]);")]
    [InlineData("Sequential(Linear(3, 8), BatchNorm1d(16)).call([|rand(4, 3)|]);")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(784, 128);
            private Linear fc2;
            public Net() : base("n") { this.fc2 = Linear(64, 10); RegisterComponents(); }
            public override Tensor forward(Tensor x) => fc2.call([|F.relu(fc1.call(x))|]);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(784, 128), fc2 = Linear(64, 10);
            public Net() : base("n") => RegisterComponents();
            public override Tensor forward(Tensor x)
            {
                x = fc1.call(x);
                x = F.relu(x);
                if (training)
                    x.print();
                return fc2.call([|x|]);
            }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net<T> : Module<Tensor, Tensor>
        {
            private readonly Conv2d one = Conv2d(1, 8, 3);
            private readonly Conv2d two;
            public Net() : base("n") { two = Conv2d(16, 8, 3); RegisterComponents(); }
            public override Tensor forward(Tensor x) { using var y = one.call(x); return two.call([|y|]); }
        }
        """)]
    public Task An_input_that_does_not_fit_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("rand(2, 3).matmul(rand(3, 5));")]
    [InlineData("rand(3).matmul(rand(3, 5)); rand(2, 3).matmul(rand(3)); rand(3).matmul(rand(3));")]
    [InlineData("rand(2, 3, 4).matmul(rand(4, 5)); rand(2, 1, 3, 4).matmul(rand(7, 4, 5)); rand(3, 4).matmul(rand(2, 4, 5));")]
    [InlineData("rand(2, 3, 4).bmm(rand(2, 4, 5));")]
    [InlineData("rand(2, 3).mv(rand(3)); rand(2, 3).mm(rand(3, 2));")]
    [InlineData("var a = rand(2, 3); a = a.t(); a.matmul(rand(2, 5));")]
    [InlineData("var a = rand(2, 3); a.transpose_(0, 1); a.matmul(rand(2, 5));")]
    [InlineData("var a = rand(2, 3); for (var i = 0; i < 2; i++) { a.matmul(rand(3, 3)); a = rand(4, 3); }")]
    [InlineData("var a = rand(2, 3); void Set() => a = rand(4, 5); Set(); a.matmul(rand(5, 4));")]
    [InlineData("Tensor Product(Tensor a, Tensor b) => a.matmul(b);")]
    [InlineData("Tensor Product(Tensor x, int n) { x = x.reshape(n, 3); return x.matmul(rand(3, 2)); }")]
    [InlineData("try { rand(2, 3).mm(rand(4, 5)); } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("void Throws(Func<object> f) { } Throws(() => rand(2, 3).mm(rand(4, 5)));")]
    [InlineData("Tensor matmul(Tensor a, Tensor b) => a; matmul(rand(2, 3), rand(4, 5));")]
    [InlineData("F.linear(rand(2, 3), rand(4, 3));")]
    public Task Products_that_fit_or_are_not_known_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("Sequential(Linear(784, 128), ReLU(), Linear(128, 10));")]
    [InlineData("Sequential(Conv2d(1, 8, 3), BatchNorm2d(8), ReLU(), MaxPool2d(2), Flatten(), Linear(1352, 10));")]
    [InlineData("Sequential(Linear(3, 8), BatchNorm1d(16));")]
    [InlineData("Sequential(Conv2d(1, 8, 3), Linear(26, 10));")]
    [InlineData("Sequential(Conv2d(1, 8, 3), PixelShuffle(2), Conv2d(2, 8, 3));")]
    [InlineData("Sequential(Linear(784, 128), Unflatten(1, [8, 16]), Linear(16, 10));")]
    [InlineData("var n = int.Parse(\"64\"); Sequential(Linear(784, n), Linear(128, 10));")]
    [InlineData("Linear(784, 128).call(rand(1, 28, 28).flatten(1));")]
    [InlineData("Linear(28, 128).call(rand(1, 28, 28));")]
    [InlineData("Conv2d(1, 8, 3).call(rand(1, 28, 28)); Conv2d(1, 8, 3).call(rand(16, 1, 28, 28));")]
    [InlineData("Tensor Run(Module<Tensor, Tensor> net) => net.call(rand(2, 3));")]
    [InlineData("var net = Sequential(Linear(2, 3)); net = Sequential(Linear(4, 3)); net.call(rand(1, 4));")]
    [InlineData("try { Linear(784, 128).call(rand(1, 28)); } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(784, 128), fc2;
            public Net(int n) : base("n") { fc2 = n > 0 ? Linear(n, 10) : Linear(64, 10); RegisterComponents(); }
            public Net() : base("n") { fc2 = Linear(128, 10); RegisterComponents(); }
            public override Tensor forward(Tensor x) => fc2.call(fc1.call(x));
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(784, 128), fc2 = Linear(64, 10);
            public Net() : base("n") => RegisterComponents();
            public override Tensor forward(Tensor x)
            {
                x = fc1.call(x);
                for (var i = 0; i < 2; i++)
                {
                    if (i == 1)
                        x = fc2.call(x);
                    x = x.narrow(1, 0, 64);
                }
                return x;
            }
        }
        """)]
    public Task Layers_that_fit_or_are_not_known_are_not(string source) => Check.IsSilentAsync(source);
}

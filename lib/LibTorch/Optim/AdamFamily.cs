using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The settings of Adam and AdamW.</summary>
public abstract class AdamOptions : OptimizerOptions
{
    public double? beta1 { get; set; }

    public double? beta2 { get; set; }

    public double? eps { get; set; }

    public double? weight_decay { get; set; }

    public bool? amsgrad { get; set; }

    public bool? maximize { get; set; }

    /// <summary>All settings at once.</summary>
    internal static TOptions Of<TOptions>(
        double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        where TOptions : AdamOptions, new() =>
        new()
        {
            LearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };

    private protected override void Inherit(OptimizerOptions defaults)
    {
        var other = (AdamOptions)defaults;
        beta1 ??= other.beta1;
        beta2 ??= other.beta2;
        eps ??= other.eps;
        weight_decay ??= other.weight_decay;
        amsgrad ??= other.amsgrad;
        maximize ??= other.maximize;
    }
}

/// <summary>A group of Adam's or AdamW's parameters.</summary>
public abstract class AdamParamGroup<TOptions> : ParamGroup<TOptions>, optim.IBetas
    where TOptions : AdamOptions, new()
{
    private protected AdamParamGroup(IEnumerable<Parameter> parameters, TOptions options)
        : base(parameters, options)
    {
    }

    public (double, double) Betas
    {
        get => (Options.beta1 ?? 0, Options.beta2 ?? 0);
        set => (Options.beta1, Options.beta2) = value;
    }
}

/// <summary>What Adam and AdamW share: all but the weights' decay.</summary>
public abstract class AdamFamily<TOptions> : ForeachOptimizer<TOptions>
    where TOptions : AdamOptions, new()
{
    private protected AdamFamily(IEnumerable<ParamGroup<TOptions>> groups, TOptions defaults)
        : base(groups, defaults)
    {
    }

    private protected override string[] StateNames(TOptions options) =>
        options.amsgrad == true ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"];

    /// <param name="options">The group's settings, none null.</param>
    /// <param name="lr">The group's learning rate.</param>
    /// <param name="handles">The parameters, then each state of all of them.</param>
    /// <param name="count">How many parameters.</param>
    /// <param name="step">Which step this is for them.</param>
    /// <param name="decay">How much of the weights enters the gradients.</param>
    /// <param name="shrink">What the weights are multiplied with.</param>
    private protected static unsafe bool ApplyAtOnce(
        TOptions options, double lr, nint* handles, int count, long step, double decay, double shrink)
    {
        var (beta1, beta2) = (options.beta1 ?? 0, options.beta2 ?? 0);
        var pass = new AdamStep
        {
            Beta1 = beta1,
            Beta2 = beta2,
            Eps = options.eps ?? 0,
            WeightDecay = decay,
            Shrink = shrink,
            Sign = options.maximize == true ? -1 : 1,
            Size = lr / (1 - Math.Pow(beta1, step)),
            Root = Math.Sqrt(1 - Math.Pow(beta2, step)),
        };
        int done;
        Door.Check(Door.door_step_adam(handles, count, options.amsgrad == true ? 3 : 2, &pass, &done));
        return done != 0;
    }

    private protected static void Apply(
        TOptions options, double lr, Tensor[] parameters, Tensor[] slopes, IReadOnlyList<Tensor[]> states, long step)
    {
        var (beta1, beta2) = (options.beta1 ?? 0, options.beta2 ?? 0);
        var (mean, square) = (states[0], states[1]);
        Foreach.Multiply(mean, beta1);
        Foreach.Add(mean, slopes, 1 - beta1);
        Foreach.Multiply(square, beta2);
        Foreach.AddProduct(square, slopes, slopes, 1 - beta2);
        if (states.Count > 2)
            Foreach.Maximum(states[2], square);
        var scale = Foreach.SquareRoot(states[^1]);
        Foreach.Divide(scale, Math.Sqrt(1 - Math.Pow(beta2, step)));
        Foreach.Add(scale, options.eps ?? 0);
        Foreach.AddQuotient(parameters, mean, scale, -lr / (1 - Math.Pow(beta1, step)));
        Foreach.Dispose(scale);
    }
}

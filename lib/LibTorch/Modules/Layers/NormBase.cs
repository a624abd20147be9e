using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What batch and instance norm share: scale and shift for each feature, and running statistics.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    private protected NormBase(
        string name, long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(name)
    {
        (num_features, this.eps, this.momentum) = (features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(ones([features], dtype, device));
            bias = new Parameter(zeros([features], dtype, device));
        }
        if (!track_running_stats)
            return;
        running_mean = zeros([features], dtype, device);
        running_var = ones([features], dtype, device);
        num_batches_tracked = zeros([], ScalarType.Int64, device);
        register_buffer(nameof(running_mean), running_mean);
        register_buffer(nameof(running_var), running_var);
        register_buffer(nameof(num_batches_tracked), num_batches_tracked);
    }

    public long num_features { get; }

    public double eps { get; set; }

    public double momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Parameter? weight { get; set => field = ReplaceParameter(nameof(weight), field, value); }

    public Parameter? bias { get; set => field = ReplaceParameter(nameof(bias), field, value); }

    public Tensor? running_mean { get; }

    public Tensor? running_var { get; }

    public Tensor? num_batches_tracked { get; }

    public override Tensor forward(Tensor input)
    {
        var rank = input.ndim;
        if (!Accepts(rank))
            throw new ArgumentException($"{GetName()} does not take an input of {rank} dimensions ({input}).", nameof(input));
        return Normalize(input);
    }

    private protected abstract bool Accepts(long rank);

    private protected abstract Tensor Normalize(Tensor input);
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What an optimizer remembers of a parameter.</summary>
    public sealed class OptimizerState
    {
        /// <summary>How many steps the parameter has taken.</summary>
        public long step { get; set; }

        /// <summary>Tensors in the parameter's shape, under PyTorch's names ("exp_avg").</summary>
        public Dictionary<string, Tensor> Tensors { get; } = [];
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public abstract partial class Optimizer
            {
                /// <summary>An optimizer's settings and memory. The tensors are the optimizer's own, not copies.</summary>
#pragma warning disable CA1711 // TorchSharp's name
                public sealed class StateDictionary
#pragma warning restore CA1711
                {
                    /// <summary>The settings of each group.</summary>
                    public List<OptimizerOptions> Options { get; } = [];

                    /// <summary>The memory of each parameter.</summary>
                    public List<OptimizerState> State { get; } = [];

                    /// <summary>For each group, where in <see cref="State"/> its parameters are.</summary>
                    public List<List<int>> StateIndexRef { get; } = [];
                }
            }
        }
    }
}

using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>See <see href="https://pytorch.org/docs/stable/optim.html">torch.optim</see>. A step is a few operators over all parameters at once.</summary>
        public static partial class optim
        {
            /// <summary>Changes parameters by their gradients.</summary>
            public abstract class Optimizer : IDisposable
            {
                /// <summary>The groups, whose learning rates can be changed between steps.</summary>
                public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

                public abstract IEnumerable<Parameter> parameters();

                /// <summary>Forgets the gradients, so that the next backward starts anew.</summary>
                public virtual void zero_grad()
                {
                    foreach (var parameter in parameters())
                        parameter.grad = null;
                }

                /// <summary>One step by the gradients there are; parameters without one stay as they are.</summary>
                /// <param name="closure">Computes the loss, and its gradients, anew; what it returns is returned.</param>
                public abstract Tensor? step(Func<Tensor>? closure = null);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }
            }

            /// <summary>What a scheduler changes.</summary>
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                double InitialLearningRate { get; set; }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Parameters that an optimizer treats alike.</summary>
    public class ParamGroup<TOptions> : torch.optim.ILearningRateController
    {
        public ParamGroup(IEnumerable<Parameter> parameters, TOptions options, double learningRate)
        {
            Parameters = [.. parameters];
            Options = options;
            LearningRate = InitialLearningRate = learningRate;
        }

        public IReadOnlyList<Parameter> Parameters { get; }

        public TOptions Options { get; set; }

        public double LearningRate { get; set; }

        public double InitialLearningRate { get; set; }
    }
}

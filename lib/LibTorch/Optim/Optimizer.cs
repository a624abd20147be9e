using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>See <see href="https://pytorch.org/docs/stable/optim.html">torch.optim</see>. A step is a few operators over all parameters at once.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            /// <summary>The groups, whose learning rates can be changed between steps.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Adds parameters, as layers that are to be trained from now on.</summary>
            public abstract void add_param_group(ParamGroup param_group);

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

        /// <summary>A group with a momentum, which a scheduler may cycle.</summary>
        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        /// <summary>A group with betas, the first of which a scheduler may cycle as its momentum.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}

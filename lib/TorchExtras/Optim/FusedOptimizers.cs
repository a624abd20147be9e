using System.Diagnostics.CodeAnalysis;
using Fused = TorchSharp.Modules.Fused;

namespace TorchSharp
{
    /// <summary>Adds <c>torch.optim.fused</c>, fused optimizers, which TorchSharp lacks.</summary>
    public static class TorchFusedOptimizers
    {
        private static readonly Fused.FusedOptimizers _fused = new();

        extension(torch.optim)
        {
            /// <summary>
            /// Gets the fused optimizers, which compute a step in one operator of libtorch, like PyTorch's <c>fused=True</c>. They replace
            /// TorchSharp's optimizers: <c>torch.optim.fused.AdamW(model.parameters(), lr: 1e-3)</c>.
            /// </summary>
            public static Fused.FusedOptimizers fused => _fused;
        }
    }
}

namespace TorchSharp.Modules.Fused
{
    /// <summary>Creates fused optimizers: <c>torch.optim.fused</c>.</summary>
    /// <remarks>
    /// Parameters and defaults are those of TorchSharp's <c>torch.optim.SGD</c>, <c>Adam</c> and <c>AdamW</c>. The fused classes derive from
    /// TorchSharp's classes, so they work with the same schedulers, parameter groups and saved states; results equal TorchSharp's up to rounding.
    /// </remarks>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "An extension property returns the one instance.")]
    public sealed class FusedOptimizers
    {
        internal FusedOptimizers()
        {
        }

        /// <summary>Creates a stochastic gradient descent optimizer.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="learningRate">The learning rate.</param>
        /// <param name="momentum">The momentum; 0 for none.</param>
        /// <param name="dampening">The dampening of the momentum.</param>
        /// <param name="weight_decay">The L2 penalty.</param>
        /// <param name="nesterov">Whether to use Nesterov momentum.</param>
        /// <param name="maximize">Whether to maximize the objective. If true, the optimizer uses TorchSharp's steps, which are not fused.</param>
        /// <exception cref="ArgumentException">An argument is out of range.</exception>
        public SGD SGD(
            IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false) =>
            new([new Modules.SGD.ParamGroup { Parameters = parameters }], learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <inheritdoc cref="SGD(IEnumerable{Parameter}, double, double, double, double, bool, bool)"/>
        public SGD SGD(
            IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            SGD(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <inheritdoc cref="SGD(IEnumerable{Parameter}, double, double, double, double, bool, bool)"/>
        public SGD SGD(
            IEnumerable<Modules.SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Creates an Adam optimizer.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The decay rate of the mean of gradients.</param>
        /// <param name="beta2">The decay rate of the mean of squared gradients.</param>
        /// <param name="eps">The value that is added to the denominator.</param>
        /// <param name="weight_decay">The L2 penalty.</param>
        /// <param name="amsgrad">Whether to use the AMSGrad variant.</param>
        /// <param name="maximize">Whether to maximize the objective.</param>
        /// <exception cref="ArgumentException">An argument is out of range.</exception>
        public Adam Adam(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false) =>
            new([new Modules.Adam.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="Adam(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
        public Adam Adam(
            IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            Adam(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="Adam(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
        public Adam Adam(
            IEnumerable<Modules.Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Creates an AdamW optimizer. As in TorchSharp but unlike PyTorch, the default of <paramref name="weight_decay"/> is 0.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The decay rate of the mean of gradients.</param>
        /// <param name="beta2">The decay rate of the mean of squared gradients.</param>
        /// <param name="eps">The value that is added to the denominator.</param>
        /// <param name="weight_decay">The decoupled weight decay.</param>
        /// <param name="amsgrad">Whether to use the AMSGrad variant.</param>
        /// <param name="maximize">Whether to maximize the objective.</param>
        /// <exception cref="ArgumentException">An argument is out of range.</exception>
        public AdamW AdamW(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false) =>
            new([new Modules.AdamW.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="AdamW(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
        public AdamW AdamW(
            IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            AdamW(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="AdamW(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
        public AdamW AdamW(
            IEnumerable<Modules.AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Returns the fused replacement of an optimizer.</summary>
        /// <param name="optimizer">
        /// The optimizer. For TorchSharp's SGD, Adam and AdamW, the fused optimizer takes over the parameter groups and a copy of the state, and the
        /// original optimizer is disposed of.
        /// </param>
        /// <returns>The fused optimizer, or <paramref name="optimizer"/> if it has no fused replacement.</returns>
        public torch.optim.Optimizer From(torch.optim.Optimizer optimizer)
        {
            ArgumentNullException.ThrowIfNull(optimizer);
            // subclasses may have other steps
            if (optimizer.GetType() == typeof(Modules.SGD))
                return TakeOver((Modules.SGD)optimizer, SGD(optimizer.ParamGroups.Cast<Modules.SGD.ParamGroup>(), learningRate: 1));
            if (optimizer.GetType() == typeof(Modules.Adam))
                return TakeOver((Modules.Adam)optimizer, Adam(optimizer.ParamGroups.Cast<Modules.Adam.ParamGroup>()));
            if (optimizer.GetType() == typeof(Modules.AdamW))
                return TakeOver((Modules.AdamW)optimizer, AdamW(optimizer.ParamGroups.Cast<Modules.AdamW.ParamGroup>()));
            return optimizer;
        }

        private static OptimizerHelper TakeOver(OptimizerHelper optimizer, OptimizerHelper fused)
        {
            fused.load_state_dict(optimizer.state_dict());
            optimizer.Dispose();
            return fused;
        }
    }
}

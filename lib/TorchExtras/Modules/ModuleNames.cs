using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends the interface of the children of a <c>Sequential</c> with <c>GetName</c>.</summary>
public static class ModuleNames
{
    extension(nn.IModule<Tensor, Tensor> module)
    {
        /// <summary>Returns the name of the module's type, like <c>nn.Module.GetName</c>.</summary>
        public string GetName() => module is nn.Module known ? known.GetName() : module.GetType().Name;
    }
}

using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Modules;

/// <summary>Checks whether a module has hooks, which TorchSharp keeps in protected fields.</summary>
internal static class ModuleHooks
{
    /// <summary>Returns whether the module has hooks, so that a call runs more than its <c>forward</c>.</summary>
    public static bool HasAny<TBefore, TAfter>(nn.HookableModule<TBefore, TAfter> module) =>
        Fields<TBefore, TAfter>.Before(module).Count > 0 || Fields<TBefore, TAfter>.After(module).Count > 0
        || Fields<TBefore, TAfter>.BeforeAny(module).Count > 0 || Fields<TBefore, TAfter>.AfterAny(module).Count > 0;

    private static class Fields<TBefore, TAfter>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
        public static extern ref Dictionary<string, TBefore> Before(nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
        public static extern ref Dictionary<string, TAfter> After(nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
        public static extern ref Dictionary<string, Action<nn.Module>> BeforeAny(nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
        public static extern ref Dictionary<string, Action<nn.Module>> AfterAny(nn.HookableModule<TBefore, TAfter> module);
    }
}

using Bench;
using Bench.Epochs.PlainTorchSharp;

return args is [PlainSide.Command, .. var arguments] ? PlainSide.Run(arguments) : await BenchCommand.InvokeAsync(args).ConfigureAwait(false);

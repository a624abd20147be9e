using Bench;

return await BenchCommand.InvokeAsync(args).ConfigureAwait(false);

using BoardHost;

return await BoardCommand.InvokeAsync(args).ConfigureAwait(false);

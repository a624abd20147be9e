using NotebookHost.Cli;

// threads that a cell left behind must not keep the process alive
Environment.Exit(await NbCommand.InvokeAsync(args).ConfigureAwait(false));

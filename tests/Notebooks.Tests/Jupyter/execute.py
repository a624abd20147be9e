"""Executes notebooks with nbclient, several side by side, each in a kernel of its own.

Arguments: the kernel's name, the folder that cells run in, how many run at once, and the notebooks.
Each notebook that has ended gives one line of JSON: its path, and the error, or null.
"""
import asyncio
import json
import os
import sys

import nbclient
import nbformat

# nbclient wants a number for the start; a kernel that ends instead is an error at once
A_DAY = 24 * 60 * 60


async def execute(path, kernel, folder, slots, starting):
    async with slots:
        notebook = nbformat.read(path, as_version=4)
        client = nbclient.NotebookClient(
            notebook,
            kernel_name=kernel,
            timeout=None,
            startup_timeout=A_DAY,
            resources={"metadata": {"path": folder}})
        error = None
        try:
            # kernels of .NET Interactive that start at the same moment choose the same port, and one of them dies
            async with starting:
                client.create_kernel_manager()
                await client.async_start_new_kernel()
                await client.async_start_new_kernel_client()
            await client.async_execute()
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        print(json.dumps({"path": path, "error": error}), file=answers, flush=True)


async def main(kernel, folder, jobs, *paths):
    slots, starting = asyncio.Semaphore(int(jobs)), asyncio.Lock()
    await asyncio.gather(*(execute(path, kernel, folder, slots, starting) for path in paths))


# standard output is for the answers alone: kernels inherit standard error in its place
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
asyncio.run(main(*sys.argv[1:]))

#!/usr/bin/env bash
# Runs what needs an NVIDIA GPU: the CUDA tests, each by name, and the tutorials' epochs there beside PyTorch's (bench/README.md), where a python3 has
# PyTorch and torchvision for the same GPU.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v nvidia-smi >/dev/null || { echo "run.sh: there is no nvidia-smi, so this machine has no NVIDIA driver." >&2; exit 3; }
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv

# one engine for all projects of a build; the CPU's build lies in the same folders afterward only if it is made again
export TorchSharpPackage=TorchSharp-cuda-linux
# a test that fails is no reason not to measure
status=0
dotnet test tests/DeepLearning.Tests --configuration Release --nologo --filter "FullyQualifiedName~CudaTrainingTests" --logger 'console;verbosity=normal' || status=$?
dotnet run --project bench --configuration Release -- epochs --device cuda --rounds "${ROUNDS:-3}" --json "${JSON:-artifacts/epochs-cuda.json}"
exit "$status"

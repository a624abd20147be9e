#!/usr/bin/env bash
# Runs the CUDA tests by name, and compares epochs of the tutorials on an NVIDIA GPU with PyTorch's (bench/README.md), if python3 has
# PyTorch and torchvision for the same GPU.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v nvidia-smi >/dev/null || { echo "run.sh: there is no nvidia-smi, so this machine has no NVIDIA driver." >&2; exit 3; }
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv

# one backend package for all projects of a build; rebuild afterward to have the CPU build in the same folders
export TorchSharpPackage=TorchSharp-cuda-linux
# measure even if a test fails
status=0
dotnet test tests/DeepLearning.Tests --configuration Release --nologo --filter "FullyQualifiedName~CudaTrainingTests" --logger 'console;verbosity=normal' || status=$?
dotnet run --project bench --configuration Release -- epochs --device cuda --rounds "${ROUNDS:-3}" --json "${JSON:-artifacts/epochs-cuda.json}"
exit "$status"

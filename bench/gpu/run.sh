#!/usr/bin/env bash
# What a machine with a GPU says of the parts that need one: the CUDA tests, each by name, what ran them, and the tutorials' epochs there beside
# PyTorch's (bench/README.md), eager and captured, where a python3 has PyTorch and torchvision for the same GPU.
# LIBTORCH names a libtorch with CUDA, for instance site-packages/torch of a pip install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v nvidia-smi >/dev/null || { echo "run.sh: there is no nvidia-smi, so this machine has no NVIDIA driver." >&2; exit 3; }
[ -e "${LIBTORCH:-}/lib/libtorch_cuda.so" ] || { echo "run.sh: point LIBTORCH at a libtorch with CUDA: a folder with include/ and lib/libtorch_cuda.so." >&2; exit 3; }
export LIBTORCH

nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv
grep -hoE 'TORCH_VERSION "[^"]+"|^ +"[0-9.]+"' "$LIBTORCH"/include/torch/headeronly/version.h "$LIBTORCH"/include/torch/csrc/api/include/torch/version.h 2>/dev/null | head -n 1

./nb setup
# a test that fails is no reason not to measure
status=0
run_tests() { dotnet test "tests/$1" --configuration Release --nologo --filter "FullyQualifiedName~$2" --logger 'console;verbosity=normal' || status=$?; }
run_tests LibTorch.Tests LibTorch.Tests.Cuda
run_tests DeepLearning.Tests CudaTrainingTests

# graphs are in libtorch from 2.14 on; without them the eager figures are still worth having
modes=(--captured)
[ -e "$LIBTORCH/include/ATen/accelerator/Graph.h" ] || { modes=(); echo "run.sh: this libtorch has no CUDA graphs (2.14 has), so nothing is captured." >&2; }
./nb bench epochs --device cuda "${modes[@]}" --rounds "${ROUNDS:-3}" --json "${JSON:-artifacts/epochs-cuda.json}"
exit "$status"

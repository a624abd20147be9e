#!/usr/bin/env bash
# PyTorch's package with CUDA, for the libtorch inside it; LIBTORCH in devcontainer.json names it.
set -euo pipefail

sudo apt-get update -qq
sudo apt-get install -y -q --no-install-recommends python3-venv
sudo python3 -m venv /opt/torch
sudo /opt/torch/bin/pip install --quiet torch
[ -d "$LIBTORCH/include" ] || { echo "LIBTORCH is $LIBTORCH, but the package lies elsewhere: $(echo /opt/torch/lib/python3*/site-packages/torch)" >&2; exit 1; }

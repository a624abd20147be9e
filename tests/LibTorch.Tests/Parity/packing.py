"""Writes packing.json: what PyTorch's packed sequences hold, and what recurrent layers make of them.

Run with python3-torch 1.13.1: python3 packing.py > packing.json
"""
import json

import torch
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence, pad_sequence

sequences = [torch.arange(n * 3, dtype=torch.float64).mul(0.7).add(n).sin().reshape(n, 3) for n in (2, 4, 1, 3)]
padded = pad_sequence(sequences)
lengths = torch.tensor([2, 4, 1, 3])
ordered = sorted(sequences, key=len, reverse=True)
states = torch.arange(80, dtype=torch.float64).mul(0.3).cos().reshape(4, 4, 5)


def layer(make, **settings):
    torch.manual_seed(7)
    return make(3, 5, **settings).double()


def flat(result):
    if isinstance(result, PackedSequence):
        return [part.double().flatten().tolist() for part in result if part is not None]
    if isinstance(result, tuple):
        return [numbers for part in result for numbers in flat(part)]
    return [result.double().flatten().tolist()]


packed = pack_padded_sequence(padded, lengths, enforce_sorted=False)
both = dict(num_layers=2, bidirectional=True)

print(json.dumps({name: flat(result) for name, result in {
    "padded": padded,
    "padded with ones": pad_sequence(sequences, batch_first=True, padding_value=1),
    "packed": packed,
    "packed in order": pack_sequence(ordered),
    "packed sequences": pack_sequence(sequences, enforce_sorted=False),
    "packed batch first": pack_padded_sequence(padded.transpose(0, 1), lengths, batch_first=True, enforce_sorted=False),
    "unpacked": pad_packed_sequence(packed),
    "unpacked longer": pad_packed_sequence(packed, batch_first=True, padding_value=-1, total_length=6),
    "rnn": layer(torch.nn.RNN)(packed),
    "rnn relu": layer(torch.nn.RNN, nonlinearity="relu", bias=False)(packed),
    "gru": layer(torch.nn.GRU, **both)(packed, states),
    "gru in order": layer(torch.nn.GRU)(pack_sequence(ordered)),
    "lstm": layer(torch.nn.LSTM, **both)(packed, (states, states.sin())),
    "lstm from nothing": layer(torch.nn.LSTM)(packed),
}.items()}))

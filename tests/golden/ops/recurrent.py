"""Golden values of the recurrent ops, of clipping and of Adam, from PyTorch in float64.

Run: python3 -m venv /tmp/torch && /tmp/torch/bin/pip install torch numpy && /tmp/torch/bin/python tests/golden/ops/recurrent.py
Writes recurrent.json beside this file. Inputs come from a small congruential generator, so that the tests need not store
them; the weights are laid out as Hindcast's (gates side by side in the last axis, GRU gates z, r, n).
"""
import json
import os
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Numbers:
    """x <- 1664525 x + 1013904223 mod 2^32, mapped to [-1, 1); the same in tests/ops/numbers.ts."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return self.state / 2**31 - 1

    def tensor(self, shape, scale=1.0):
        count = 1
        for extent in shape:
            count *= extent
        # Rounded to float32, which is what the ops get.
        values = torch.tensor([self.next() * scale for _ in range(count)], dtype=torch.float32).double()
        return values.reshape(shape)


def gates_first(matrix, order, units):
    """Hindcast [rows, gates * units] -> PyTorch [gates * units, rows] with the gates in PyTorch's order."""
    blocks = matrix.split(units, dim=-1)
    return torch.cat([blocks[i] for i in order], dim=-1).transpose(0, -1)


def gates_last(matrix, order, units):
    blocks = matrix.transpose(0, -1).split(units, dim=-1)
    inverse = [order.index(i) for i in range(len(order))]
    return torch.cat([blocks[i] for i in inverse], dim=-1)


KINDS = {
    'lstm': (torch.nn.LSTM, [0, 1, 2, 3], {}),
    'gru': (torch.nn.GRU, [1, 0, 2], {}),  # Hindcast z, r, n; PyTorch r, z, n
    'rnn-tanh': (torch.nn.RNN, [0], {'nonlinearity': 'tanh'}),
    'rnn-relu': (torch.nn.RNN, [0], {'nonlinearity': 'relu'}),
}


def case(kind, seed, batch, time, features, units):
    make, order, extra = KINDS[kind]
    width = len(order) * units
    numbers = Numbers(seed)
    x = numbers.tensor((batch, time, features)).requires_grad_()
    kernel = numbers.tensor((features, width), 0.5)
    recurrent = numbers.tensor((units, width), 0.5)
    bias = numbers.tensor((width,), 0.5)
    recurrent_bias = numbers.tensor((width,), 0.5)
    hidden0 = numbers.tensor((batch, units)).requires_grad_()
    cell0 = numbers.tensor((batch, units)).requires_grad_()
    weight = numbers.tensor((batch, time, units))
    net = make(features, units, batch_first=True, **extra)
    with torch.no_grad():
        net.weight_ih_l0.copy_(gates_first(kernel, order, units))
        net.weight_hh_l0.copy_(gates_first(recurrent, order, units))
        net.bias_ih_l0.copy_(gates_first(bias, order, units))
        net.bias_hh_l0.copy_(gates_first(recurrent_bias, order, units) if kind == 'gru' else torch.zeros(width))
    start = hidden0[None]
    outputs, state = net(x, (start, cell0[None]) if kind == 'lstm' else start)
    final_hidden, final_cell = (state[0][0], state[1][0]) if kind == 'lstm' else (state[0], None)
    loss = (outputs * weight).sum() + (final_hidden ** 2).sum()
    if final_cell is not None:
        loss = loss + (final_cell ** 2).sum()
    loss.backward()
    result = {
        'outputs': outputs, 'finalHidden': final_hidden, 'x': x.grad, 'initialHidden': hidden0.grad,
        'kernel': gates_last(net.weight_ih_l0.grad, order, units),
        'recurrentKernel': gates_last(net.weight_hh_l0.grad, order, units),
        'bias': gates_last(net.bias_ih_l0.grad, order, units),
    }
    if kind == 'lstm':
        result |= {'finalCell': final_cell, 'initialCell': cell0.grad}
    if kind == 'gru':
        result['recurrentBias'] = gates_last(net.bias_hh_l0.grad, order, units)
    flat = {name: [float(f'{v:.9g}') for v in value.detach().reshape(-1).tolist()] for name, value in result.items()}
    return {'kind': kind, 'seed': seed, 'batch': batch, 'time': time, 'features': features, 'units': units, 'values': flat}


def adam(decay):
    """Ten steps on sum((A p - y)^2) with two parameters, clipped."""
    numbers = Numbers(77)
    a, y = numbers.tensor((6, 5)), numbers.tensor((6, 3))
    p = numbers.tensor((5, 3)).requires_grad_()
    q = numbers.tensor((3,)).requires_grad_()
    optimizer = torch.optim.AdamW([p, q], lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=decay)
    norms = []
    for _ in range(10):
        optimizer.zero_grad()
        ((a @ p + q - y) ** 2).sum().backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_([p, q], 3.0)))
        optimizer.step()
    return {'decay': decay, 'norms': norms, 'p': p.detach().reshape(-1).tolist(), 'q': q.detach().tolist()}


cases = [case(kind, 11 + i, 3, 5, 4, 6) for i, kind in enumerate(KINDS)]
cases += [case(kind, 31 + i, 5, 7, 3, 9) for i, kind in enumerate(KINDS)]
golden = {'torch': torch.__version__, 'cases': cases, 'adam': [adam(0.0), adam(0.1)]}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'recurrent.json'), 'w') as file:
    json.dump(golden, file)

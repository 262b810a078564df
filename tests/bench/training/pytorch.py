"""PyTorch's contestant: reads one JSON request a line, answers with one line.

{"prepare": {"cell": "lstm", "units": 64, "batch": 32, "time": 96, "features": 7}} -> {"torch": version}
{"threads": n, "steps": m} -> {"ms": times of m steps: forward + backward + clip + Adam}
"""
import json
import sys
import time

import torch

state = {}


def prepare(cell, units, batch, time, features):
    torch.manual_seed(1)
    make = {'rnn': torch.nn.RNN, 'gru': torch.nn.GRU, 'lstm': torch.nn.LSTM}[cell]
    net, head = make(features, units, batch_first=True), torch.nn.Linear(units, 1)
    parameters = [*net.parameters(), *head.parameters()]
    # One call for all parameters where this version has it.
    try:
        optimizer = torch.optim.Adam(parameters, lr=1e-3, foreach=True)
    except TypeError:
        optimizer = torch.optim.Adam(parameters, lr=1e-3)
    x, y = torch.randn(batch, time, features), torch.randn(batch, 1)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.mse_loss(head(net(x)[0][:, -1]), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        return loss.item()

    state['step'] = step


for line in sys.stdin:
    request = json.loads(line)
    if 'prepare' in request:
        prepare(**request['prepare'])
        answer = {'torch': torch.__version__}
    else:
        if torch.get_num_threads() != request['threads']:
            torch.set_num_threads(request['threads'])
        times = []
        for _ in range(request['steps']):
            start = time.perf_counter()
            state['step']()
            times.append((time.perf_counter() - start) * 1000)
        answer = {'ms': times}
    print(json.dumps(answer), flush=True)

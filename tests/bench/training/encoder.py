"""PyTorch's contestant for the encoder layer: reads one JSON request a line, answers with one line.

{"prepare": {"width": 64, "heads": 4, "inner": 256, "batch": 32, "time": 96}} -> {"torch": version}
{"threads": n, "steps": m} -> {"ms": times of m steps: forward + backward + clip + Adam, "processorMs": the same in processor time}
"""
import json
import sys
import time

import torch

state = {}


def prepare(width, heads, inner, batch, time):
    torch.manual_seed(1)
    layer = torch.nn.TransformerEncoderLayer(width, heads, inner, dropout=0.0, activation='gelu', batch_first=True)
    head = torch.nn.Linear(width, 1)
    parameters = [*layer.parameters(), *head.parameters()]
    try:
        optimizer = torch.optim.Adam(parameters, lr=1e-3, foreach=True)
    except TypeError:  # before 1.12
        optimizer = torch.optim.Adam(parameters, lr=1e-3)
    x, y = torch.randn(batch, time, width), torch.randn(batch, time, 1)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.mse_loss(head(layer(x)), y)
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
        times, processor = [], []
        for _ in range(request['steps']):
            start, begun = time.perf_counter(), time.process_time()
            state['step']()
            times.append((time.perf_counter() - start) * 1000)
            processor.append((time.process_time() - begun) * 1000)
        answer = {'ms': times, 'processorMs': processor}
    print(json.dumps(answer), flush=True)

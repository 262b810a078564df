"""Golden values of attention, layers and losses, and of SGD and RMSProp, from PyTorch in float64.

Run: python3 -m venv /tmp/torch && /tmp/torch/bin/pip install torch && /tmp/torch/bin/python tests/golden/ops/layers.py
Reads layers.cases.json and writes layers.json beside it: the result of every case and the gradients of sum(weight * result) for
its inputs. Inputs come from the generator of tests/ops/numbers.ts, in the order of the case, `weight` last.
"""
import json
import os
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
here = os.path.dirname(os.path.abspath(__file__))


class Numbers:
    """x <- 1664525 x + 1013904223 mod 2^32, mapped to [-1, 1)."""

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
        return torch.tensor([self.next() * scale for _ in range(count)], dtype=torch.float32).double().reshape(shape)


def inputs_of(case):
    numbers = Numbers(case['seed'])
    inputs = {}
    for name, shape in case['inputs'].items():
        if name == 'mask':
            inputs[name] = (numbers.tensor(shape) > -0.3).double()
        elif name == 'index':
            entries = case['inputs']['table'][0] if 'table' in case['inputs'] else case['inputs']['logits'][-1]
            inputs[name] = ((numbers.tensor(shape) + 1) / 2 * entries).floor().long()
        else:
            inputs[name] = numbers.tensor(shape, case.get('scale', 1)).requires_grad_(name != 'target')
    return inputs, numbers.tensor(case['output'])


def attention(i, o):
    heads = o['heads']
    split = lambda x: x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)
    query, key, value = split(i['query']), split(i['key']), split(i['value'])
    allowed = torch.ones(query.shape[2], key.shape[2], dtype=torch.bool)
    if o.get('causal'):
        allowed = allowed.tril()
    allowed = allowed[None, None]
    if 'mask' in i:
        allowed = allowed & (i['mask'] != 0)[:, None, None, :]
    result = F.scaled_dot_product_attention(query, key, value, attn_mask=allowed)
    return result.transpose(1, 2).reshape(i['query'].shape)


def self_attention(i, o):
    query, key, value = i['projected'].chunk(3, dim=-1)
    return attention({'query': query, 'key': key, 'value': value}, o)


def cells(cost):
    def loss(i, o):
        target, mask = i['target'], i.get('mask', torch.ones_like(i['target']))
        if 'levels' in o:
            target, mask = target[..., None], mask[..., None].expand_as(i['forecast'])
        return (cost(i['forecast'], target, o) * mask).sum() / mask.sum()
    return loss


def pinball(forecast, target, o):
    levels = torch.tensor(o['levels'])
    error = target - forecast
    return torch.maximum(levels * error, (levels - 1) * error)


def cross_entropy(i, o):
    labels = i['index'].reshape(-1)
    if 'mask' in i:
        labels = torch.where(i['mask'].reshape(-1) != 0, labels, -100)
    return F.cross_entropy(i['logits'].reshape(-1, i['logits'].shape[-1]), labels, ignore_index=-100)


def encoder_layer(i, o):
    """torch.nn.TransformerEncoderLayer with its own kernels, norm after the sum, GELU, no dropout."""
    width = i['x'].shape[-1]
    layer = torch.nn.TransformerEncoderLayer(
        width, o['heads'], i['expansion'].shape[1], dropout=0.0, activation='gelu', batch_first=True)
    parameters = {
        'self_attn.in_proj_weight': i['projection'].T, 'self_attn.in_proj_bias': i['projectionBias'],
        'self_attn.out_proj.weight': i['mixing'].T, 'self_attn.out_proj.bias': i['mixingBias'],
        'norm1.weight': i['gain1'], 'norm1.bias': i['bias1'], 'norm2.weight': i['gain2'], 'norm2.bias': i['bias2'],
        'linear1.weight': i['expansion'].T, 'linear1.bias': i['expansionBias'],
        'linear2.weight': i['reduction'].T, 'linear2.bias': i['reductionBias'],
    }
    return torch.func.functional_call(layer, parameters, (i['x'],))


OPS = {
    'attention': attention, 'selfAttention': self_attention, 'encoderLayer': encoder_layer,
    'layerNorm': lambda i, o: F.layer_norm(i['x'], i['x'].shape[-1:], i.get('gain'), i.get('bias')),
    'gelu': lambda i, o: F.gelu(i['x']), 'relu': lambda i, o: F.relu(i['x']), 'softmax': lambda i, o: F.softmax(i['x'], -1),
    'embedding': lambda i, o: F.embedding(i['index'], i['table']),
    'addPositions': lambda i, o: i['x'] + i['table'][:i['x'].shape[1]],
    'mse': cells(lambda f, t, o: (f - t) ** 2), 'mae': cells(lambda f, t, o: (f - t).abs()),
    'huber': cells(lambda f, t, o: F.huber_loss(f, t, reduction='none', delta=o['delta'])),
    'pinball': cells(pinball), 'crossEntropy': cross_entropy,
}


def flat(tensor):
    return [float(f'{value:.9g}') for value in tensor.detach().reshape(-1).tolist()]


def values_of(case):
    inputs, weight = inputs_of(case)
    result = OPS[case['op']](inputs, case.get('options', {}))
    (result * weight).sum().backward()
    gradients = {name: flat(value.grad) for name, value in inputs.items() if value.grad is not None}
    return {'result': flat(result), 'gradients': gradients}


def steps(kind, options):
    """Ten clipped steps on sum((A p + q - y)^2)."""
    numbers = Numbers(77)
    a, y = numbers.tensor((6, 5)), numbers.tensor((6, 3))
    p, q = numbers.tensor((5, 3)).requires_grad_(), numbers.tensor((3,)).requires_grad_()
    optimizer = getattr(torch.optim, kind)([p, q], **options)
    norms = []
    for _ in range(10):
        optimizer.zero_grad()
        ((a @ p + q - y) ** 2).sum().backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_([p, q], 3.0)))
        optimizer.step()
    return {'kind': kind, 'options': options, 'norms': norms, 'p': flat(p), 'q': flat(q)}


with open(os.path.join(here, 'layers.cases.json')) as file:
    cases = json.load(file)
golden = {
    'torch': torch.__version__,
    'cases': {case['name']: values_of(case) for case in cases},
    'steps': [
        steps('SGD', {'lr': 0.02}),
        steps('SGD', {'lr': 0.02, 'momentum': 0.9, 'weight_decay': 0.1}),
        steps('SGD', {'lr': 0.02, 'momentum': 0.9, 'nesterov': True}),
        steps('RMSprop', {'lr': 0.02, 'alpha': 0.99, 'eps': 1e-8}),
        steps('RMSprop', {'lr': 0.02, 'alpha': 0.9, 'eps': 1e-8, 'momentum': 0.5, 'weight_decay': 0.1}),
        steps('AdamW', {'lr': 0.05, 'weight_decay': 0.1}),
    ],
}
with open(os.path.join(here, 'layers.json'), 'w') as file:
    json.dump(golden, file)

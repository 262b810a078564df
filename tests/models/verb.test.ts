// `hindcast models`: every model with its sentence and equation, without an engine.
import { expect, test } from 'vitest';
import { fakeEngine } from '../hosts/cli/fake-engine.ts';
import { cli } from '../hosts/cli/harness.ts';

test('names every model with its equation', async () => {
  const engine = fakeEngine();
  const { code, out, err } = await cli(['models'], engine);
  expect({ code, err, opened: engine.opened }).toEqual({ code: 0, err: '', opened: [] });
  for (const kind of ['rnn', 'gru', 'lstm', 'attention', 'encoder-decoder']) {
    expect(out).toMatch(new RegExp(`^${kind}: [A-Z]`, 'm'));
  }
  expect(out).toContain("    h_t = tanh(W_hh' h_{t-1} + W_xh' x_t + b_h)\n    y_t = W_hy' h_t + b_y\n");
  expect(out).toContain('\n  First gates, chronoSteps T: b_z = ln u, u uniform in [1, T - 1]\n');
});

test('as JSON is a list of descriptions', async () => {
  const { out } = await cli(['models', '--json'], fakeEngine());
  expect(JSON.parse(out)[2]).toMatchObject({ kind: 'lstm', parameters: '4 n (m + n + 1)' });
});

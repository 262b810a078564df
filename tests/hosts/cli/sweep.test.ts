// `sweep`: the space in words of the command line, and what is refused.
import { describe, expect, test } from 'vitest';
import { parseSpace } from '../../../engine/hosts/cli/experiment/space-option.ts';
import { parseArguments } from '../../../engine/hosts/cli/program.ts';

const of = (range: string) => parseSpace(`model.units=${range}`).dimension;

test('a range is read with its scale, its ends and its step, anything else as a list', () => {
  expect(of('log:1e-4..1e-1')).toEqual({ kind: 'log', min: 1e-4, max: 0.1 });
  expect(of('linear:-0.5..0.5')).toEqual({ kind: 'linear', min: -0.5, max: 0.5 });
  expect(of('int:8..64')).toEqual({ kind: 'int', min: 8, max: 64, step: 1 });
  expect(of('int:8..64:8')).toEqual({ kind: 'int', min: 8, max: 64, step: 8 });
  expect(of('log-int:8..512')).toEqual({ kind: 'log-int', min: 8, max: 512 });
  expect(of('step:0..0.5:0.1')).toEqual({ kind: 'step', min: 0, max: 0.5, step: 0.1 });
  expect(of('gru, lstm')).toEqual({ kind: 'categorical', values: ['gru', 'lstm'] });
  expect(of('8,null,true')).toEqual({ kind: 'categorical', values: [8, null, true] });
});

describe('is refused with the forms that it takes', () => {
  test.each(['', 'int:8..8', 'int:a..b', 'log:0..1', 'cubic:1..2', 'step:0..1', 'int:1..9:0', 'gru,gru'])(
    '%s',
    (range) => expect(() => of(range)).toThrow(/^--space model\.units=.*it takes path=log:1e-4\.\.1e-1/),
  );
});

test.each([
  [['--runs', '0'], /--runs takes a whole number from 1 to 500/],
  [['--method', 'tpa'], /--method takes .*did you mean tpe/],
  [['--minutes', '0'], /--minutes takes a number above 0/],
  [['--batch', '65'], /--batch/],
])('%s is refused', (options, message) => {
  expect(() => parseArguments(['sweep', 'x.json', ...options], 80)).toThrow(message);
});

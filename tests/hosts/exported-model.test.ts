// An exported model by the built command: what an export wrote forecasts, a folder that was made to do harm ends in a sentence.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { temporaryFolder } from './engine/fixture.ts';

const EXPERIMENT = {
  name: 'small',
  dataset: { name: 'data' },
  task: { kind: 'forecast', targets: ['level'], lookback: 4, horizon: 2 },
  model: { kind: 'rnn', units: 2 },
  training: { epochs: 1, batchSize: 32 },
};

test.runIf(process.platform !== 'win32')(
  'an exported model forecasts; a hostile one ends with exit code 1 and a sentence',
  async () => {
    const folder = temporaryFolder();
    const at = (...names: string[]) => join(folder, ...names);
    const hindcast = (...args: string[]) => runCommand([...args, '--workspace', at('w.hindcast')]);
    const rows = Array.from(
      { length: 120 },
      (_, row) => `${new Date(row * 86_400_000).toISOString()},${row % 7}`,
    );
    writeFileSync(at('data.csv'), `date,level\n${rows.join('\n')}\n`);
    writeFileSync(at('e.json'), JSON.stringify(EXPERIMENT));
    expect(await hindcast('import', at('data.csv'))).toMatchObject({ code: 0 });
    expect(await hindcast('train', at('e.json'))).toMatchObject({ code: 0 });
    expect(await hindcast('export', '1', '--format', 'tfjs', '--out', at('model'))).toMatchObject({
      code: 0,
    });
    const forecast = () => hindcast('forecast', '--model', at('model'), '--input', at('data.csv'));
    const whole = await forecast();
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout.trim().split('\n')).toHaveLength(3);

    const card = readFileSync(at('model', 'card.json'), 'utf8');
    const { graph: _graph, ...earlier } = JSON.parse(card);
    writeFileSync(at('model', 'card.json'), JSON.stringify(earlier));
    expect(await forecast()).toMatchObject({
      code: 0,
      stdout: whole.stdout,
      stderr: expect.stringMatching(/^note: card\.json was written by an earlier Hindcast/),
    });

    writeFileSync(at('model', 'card.json'), card.replace('"horizon": 2', '"horizon": 50000000'));
    expect(await forecast()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^hindcast: card\.json contradicts itself[^\n]*\n$/),
    });

    rmSync(at('model', 'card.json'));
    symlinkSync('/dev/zero', at('model', 'card.json'));
    expect(await forecast()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^hindcast: .*card\.json is a link; [^\n]*\n$/),
    });
  },
);

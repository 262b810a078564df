// Wrong use: exit code 2, one sentence on stderr, nothing on stdout, and the engine is never opened.
import { describe, expect, it } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { cli } from './harness.ts';

const WRONG: [argv: string, message: string][] = [
  [
    'generate 1 --out tune.mp3',
    'generate writes texts and music, and .mp3 is the name of another kind of file; name a .txt, .mid or .wav file.',
  ],
  ['trian x', 'There is no verb "trian"; did you mean train? `hindcast --help` lists the verbs.'],
  ['frobnicate', 'There is no verb "frobnicate". `hindcast --help` lists the verbs.'],
  ['--foo', 'There is no option --foo. `hindcast --help` lists its options.'],
  ['runs --workspace', '--workspace needs a value: --workspace <FILE>; `hindcast --help` says which.'],
  ['train', "train needs EXPERIMENT (the experiment's JSON file); `hindcast train --help` shows an example."],
  [
    'train a.json b.json',
    'train takes one argument, so "b.json" is too much; `hindcast train --help` shows how it is used.',
  ],
  [
    'train a.json --sedt 3',
    'train has no option --sedt; did you mean --set? `hindcast train --help` lists its options.',
  ],
  [
    'train a.json --sed 3',
    'train has no option --sed; did you mean --seed or --set? `hindcast train --help` lists its options.',
  ],
  ['train a.json --seed x', '--seed takes a whole number from 0 to 4294967295, but "x" was given.'],
  [
    'train a.json --seed 4294967296',
    '--seed takes a whole number from 0 to 4294967295, but "4294967296" was given.',
  ],
  ['train a.json --seed 1.5', '--seed takes a whole number from 0 to 4294967295, but "1.5" was given.'],
  [
    'train a.json --set epochs',
    '--set takes path=value, for example training.epochs=5, but "epochs" was given.',
  ],
  ['train a.json --set =5', '--set takes path=value, for example training.epochs=5, but "=5" was given.'],
  [
    'train a.json --set a..b=5',
    '--set takes path=value, for example training.epochs=5, but "a..b=5" was given.',
  ],
  ['runs x', 'runs takes no arguments, so "x" is too much; `hindcast runs --help` shows how it is used.'],
  ['runs --limit 0', '--limit takes a whole number from 1, but "0" was given.'],
  ['runs --limit -3', '--limit takes a whole number from 1, but "-3" was given.'],
  [
    'runs --state runing',
    '--state takes queued, running, paused, stopped, held, interrupted, completed, diverged, failed, damaged, but "runing" was given; did you mean running?',
  ],
  [
    'show',
    'show needs RUN (the number or the exact name of a run (3) or a study (s3)); `hindcast show --help` shows an example.',
  ],
  ['show 3 --log --config', "--log and --config can't be used together; choose one of them."],
  ['compare 3', 'compare takes 2 to 10 runs, but got 1; for example: hindcast compare 3 4'],
  [
    'compare 1 2 3 4 5 6 7 8 9 10 11',
    'compare takes 2 to 10 runs, but got 11; for example: hindcast compare 3 4',
  ],
  ['rename 3', 'rename needs NAME (the new name); `hindcast rename --help` shows an example.'],
  ['delete 3', 'delete needs --yes without a terminal to ask in; a deleted run cannot be restored.'],
  ['queue --limit', '--limit needs a value: --limit <N>; `hindcast queue --help` says which.'],
  ['queue --limit 65', '--limit takes a whole number from 1 to 64, but "65" was given.'],
  ['queue --move 3', 'queue needs --move RUN and --to N together, for example --move 3 --to 1.'],
  ['queue --to 1', 'queue needs --move RUN and --to N together, for example --move 3 --to 1.'],
  [
    'forecast 3 --part tset',
    '--part takes future, test, validation, but "tset" was given; did you mean test?',
  ],
  [
    'export 3 --format csv',
    'export needs the option --out <PATH>; `hindcast export --help` shows an example.',
  ],
  ['export 3 --format onnx --out x', '--format takes csv, tfjs, report, but "onnx" was given.'],
  [
    'import',
    'import needs FILE (the file or folder to read; several files of one table are joined); `hindcast import --help` shows an example.',
  ],
  ['import a.csv --delimiter ab', '--delimiter takes one character (or the word tab), but "ab" was given.'],
  ['import a.csv --layout tall', '--layout takes auto, wide, long, but "tall" was given.'],
];

describe('wrong use', () => {
  it.each(WRONG)('hindcast %s', async (argv, message) => {
    const engine = fakeEngine();
    const { code, out, err } = await cli(argv.split(' ').filter(Boolean), engine);
    expect(err).toBe(`hindcast: ${message}\n`);
    expect({ code, out, opened: engine.opened }).toEqual({ code: 2, out: '', opened: [] });
  });

  it('is reported as JSON with --json', async () => {
    const { code, out, err } = await cli(['runs', '--json', '--limit', 'x']);
    expect(JSON.parse(err)).toEqual({
      error: {
        code: 'invalid-input',
        message: '--limit takes a whole number from 1, but "x" was given.',
        details: { option: '--limit' },
      },
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('help and version', () => {
  const VERBS = [
    'open',
    'serve',
    'licences',
    'import',
    'datasets',
    'delete-dataset',
    'train',
    'models',
    'stop',
    'resume',
    'duplicate',
    'queue',
    'runs',
    'show',
    'compare',
    'rename',
    'delete',
    'inside',
    'forecast',
    'export',
    'doctor',
    'check',
    'backup',
    'restore',
  ];

  it('lists the verbs in groups', async () => {
    const { code, out } = await cli(['--help']);
    expect(code).toBe(0);
    const groups = out.match(/^[A-Z][a-z ]+:$/gm);
    expect(groups).toEqual([
      'Options:',
      'Common options:',
      'Workbench:',
      'Data:',
      'Training:',
      'Runs:',
      'Results:',
      'Learning:',
      'Installation:',
      'Workers on other machines:',
      'Workspace file:',
      'Commands:',
    ]);
    for (const verb of VERBS) expect(out).toMatch(new RegExp(`^  ${verb} `, 'm'));
  });

  it.each(VERBS)('explains %s with every option in words and an example', async (verb) => {
    const engine = fakeEngine();
    const { code, out, err } = await cli([verb, '--help'], engine);
    expect({ code, err, opened: engine.opened }).toEqual({ code: 0, err: '', opened: [] });
    expect(out).toMatch(new RegExp(`Examples?:\n  hindcast ${verb}`));
    expect(out).toContain('--workspace <FILE>');
    expect(out).toContain('--json');
    // A sentence about the verb, and no piece of code where a value belongs.
    expect(out).toMatch(/^Usage: .*\n\n[A-Z]/);
    expect(out).not.toMatch(/\$[A-Z{]|\.join\(|undefined|\[object/);
    // An option without a sentence would end its line with its name.
    for (const line of out.match(/^ {2}-.*$/gm) ?? []) expect(line).toMatch(/^ {2}\S.*? {2,}\w/);
  });

  it('prints the same help for `hindcast help VERB`', async () => {
    expect((await cli(['help', 'train'])).out).toBe((await cli(['train', '--help'])).out);
    expect((await cli(['help'])).code).toBe(0);
  });

  it('prints the version', async () => {
    expect(await cli(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n', err: '' });
  });
});

describe('the workspace', () => {
  it('is the one of the option, also before the verb and after HINDCAST_WORKSPACE', async () => {
    const engine = fakeEngine();
    await cli(['runs', '--workspace', import.meta.filename], engine);
    await cli(['--workspace', import.meta.filename, 'runs'], engine);
    expect(engine.opened).toEqual([import.meta.filename, import.meta.filename]);
  });

  it('must exist where it is named and only looked at', async () => {
    const engine = fakeEngine();
    const { code, err } = await cli(['runs', '--workspace', '/nowhere/x.hindcast'], engine);
    expect(err).toBe(
      'hindcast: There is no workspace /nowhere/x.hindcast; `hindcast import` and `hindcast train` make one.\n',
    );
    expect({ code, opened: engine.opened }).toEqual({ code: 1, opened: [] });
  });

  it('is closed after success and after failure', async () => {
    const engine = fakeEngine();
    await cli(['runs'], engine);
    await cli(['show', '99'], engine);
    expect(engine.closed).toBe(2);
  });
});

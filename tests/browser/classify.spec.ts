// From a dropped table of texts to the confusion matrix of a classifier: columns are found and can be corrected, samples are read, the answer comes
// while one types.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { chooseFile } from './pages/choose-file.ts';
import { DesignForm } from './pages/design-form.ts';
import { dropFiles } from './pages/file-drag.ts';
import { ended } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

const WORDS = { bad: ['awful', 'poor', 'dull'], good: ['great', 'fine', 'lovely'] };

function writeReviews(folder: string): string {
  const rows = Array.from({ length: 120 }, (_, row) => {
    const label = row % 2 ? 'good' : 'bad';
    const word = WORDS[label][row % 3];
    return `the day number ${row} of ours was ${word} and long,${label},writer ${row % 9}`;
  });
  const path = join(folder, 'reviews.csv');
  writeFileSync(path, `review,mood,writer\n${rows.join('\n')}\n`);
  return path;
}

test('a table of texts becomes a confusion matrix without a setting touched', async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  const form = new DesignForm(page);
  await view.open('Data');
  await dropFiles(page, writeReviews(dirname(workbench.workspacePath)));
  await expect(view.dialog.getByRole('combobox', { name: 'Label column' })).toHaveAttribute(
    'placeholder',
    'mood',
  );
  const groups = view.dialog.getByRole('combobox', { name: 'Group column' });
  await expect(groups).toHaveValue('Detected: none');
  await groups.click();
  await page.getByRole('option', { name: 'writer', exact: true }).click();
  await expect(view.dialog.getByText('writer, 9')).toBeVisible();
  await view.button('Import 120 samples').click();
  await expect(view.heading('reviews')).toBeVisible();

  await page.getByRole('button', { name: 'line 3', exact: true }).click();
  await expect(page.locator('pre').filter({ hasText: 'the day number 1 of ours' })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.getByRole('link', { name: 'Design an experiment' }).click();
  await expect(form.status).toHaveText('Ready to train');
  await form.train.click();
  await expect(page.getByRole('tab', { name: 'Result' })).toBeVisible();
  await ended(client, 1);
  await expect(page.getByRole('table').filter({ hasText: 'True class' })).toBeVisible();
  await expect(page.getByText('ROC: share found over false alarms')).toBeVisible();
  await expect(
    page.getByRole('heading', { name: /^Decision: (bad|good) from a probability of/ }),
  ).toBeVisible();
  // The box to try it and the threshold are together as high as the scores beside them.
  const bottomOf = async (heading: RegExp) => {
    const panel = page.getByRole('heading', { name: heading }).locator('xpath=ancestor::section[1]');
    const { y, height } = (await panel.boundingBox())!;
    return Math.round(y + height);
  };
  expect(await bottomOf(/^Decision: /)).toBe(await bottomOf(/^Scores with/));
  await page.getByRole('slider', { name: 'Decision threshold' }).press('Home');
  await expect(page.getByRole('button', { name: /^0, (bad|good) taken for/ })).toHaveCount(2);
  await page.getByRole('button', { name: 'As the run decides' }).click();
  await page.getByRole('textbox', { name: 'A text to try' }).fill('a great and lovely day');
  await expect(page.getByRole('status', { name: 'Answer' })).toContainText('good');
  expect(await findings(page)).toEqual([]);

  const fresh = join(dirname(workbench.workspacePath), 'fresh.csv');
  writeFileSync(fresh, 'review\na great and lovely day\nan awful and dull one\n');
  await view.runTab('New data');
  await dropFiles(page, fresh);
  await expect(page.getByRole('heading', { name: 'Answers to 2 samples of fresh.csv' })).toBeVisible();
  const answers = page.getByRole('region', { name: 'First answers' });
  await expect(answers.getByRole('row', { name: /^1 line 2 good \d+\.\d+ %/ })).toBeVisible();
  await expect(answers.getByRole('row', { name: /^2 line 3 bad \d+\.\d+ %/ })).toBeVisible();
  await dropFiles(page, join(dirname(workbench.workspacePath), 'reviews.csv'));
  await expect(page.getByText('The first 11 answers.')).toBeVisible();
  writeFileSync(fresh, 'another\nword\n');
  await dropFiles(page, fresh);
  await expect(page.getByRole('alert')).toContainText('fresh.csv');
  expect(await findings(page)).toEqual([]);
});

/** Two tones in two folders. */
function writeTones(folder: string): string {
  for (const [name, hertz] of [
    ['low', 300],
    ['high', 1_200],
  ] as const) {
    mkdirSync(join(folder, 'tones', name), { recursive: true });
    for (let take = 0; take < 12; take++) {
      const samples = Int16Array.from({ length: 1_600 + 80 * take }, (_, at) =>
        Math.round(9_000 * Math.sin((2 * Math.PI * (hertz + take) * at) / 8_000)),
      );
      writeFileSync(join(folder, 'tones', name, `${take}.wav`), waveOf(samples));
    }
  }
  return join(folder, 'tones');
}

/** 16 bits, one channel, 8,000 Hz. */
function waveOf(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [4, 36 + 2 * samples.length],
    [16, 16],
    [24, 8_000],
    [28, 16_000],
    [40, 2 * samples.length],
  ])
    head.writeUInt32LE(value!, at!);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ])
    head.writeUInt16LE(value!, at!);
  head.write('data', 36);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

test('before the import a recording of each class is played, and a broken one is set aside with its reason', async ({
  page,
  workbench,
}) => {
  const path = writeTones(dirname(workbench.workspacePath));
  writeFileSync(join(path, 'low', 'broken.wav'), 'no recording');
  const view = new WorkbenchPage(page);
  const { dialog } = view;
  await view.open('Data');
  await dropFiles(page, path);
  const some = dialog.getByRole('region', { name: 'Some samples' });
  await expect(some.getByRole('heading')).toHaveText('Samples of each label');
  await some.getByRole('button', { name: 'low/0.wav', exact: true }).click();
  await expect(some.getByRole('img', { name: 'Wave of 0.20 seconds' })).toBeVisible();
  await some.getByRole('button', { name: 'Play' }).click();
  await expect(some.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(some.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(dialog.getByText('high (12), low (12)')).toBeVisible();
  await expect(
    dialog.getByRole('row', { name: /its beginning is not that of one low\/broken.wav/ }),
  ).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('a recording of the microphone and one of a file are answered, and a sample is played', async ({
  page,
  client,
  workbench,
}) => {
  const path = writeTones(dirname(workbench.workspacePath));
  const source = { kind: 'file', path } as const;
  for await (const update of await client.datasets.import({ source, name: 'tones' })) void update;
  const configuration = {
    name: 'tones',
    dataset: { name: 'tones' },
    task: { kind: 'classify' },
    model: { kind: 'gru', units: 8 },
    training: { epochs: 2 },
  };
  const { id } = await client.runs.start({ configuration });
  await ended(client, id);
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  await page.getByRole('link', { name: 'tones' }).first().click();
  const answer = page.getByRole('status', { name: 'Answer' });
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByRole('button', { name: 'Stop and answer' }).click();
  await expect(answer).toContainText('low');
  await page.reload();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(join(path, 'high', '3.wav'));
  await expect(answer).toContainText('high');
  await view.open('Data');
  await page.getByRole('link', { name: 'tones' }).first().click();
  await page.getByRole('button', { name: 'high/3.wav', exact: true }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('img', { name: 'Wave of 0.23 seconds' })).toBeVisible();
});

test('samples are made of the microphone, and more are added to the dataset @both-shells', async ({
  page,
}) => {
  const view = new WorkbenchPage(page);
  const { dialog } = view;
  await view.open('Data');
  await view.button('Import').first().click();
  await dialog.getByRole('button', { name: 'Record samples' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Record a sample of each class.');
  const record = async (name: string) => {
    await dialog.getByRole('button', { name: `Record ${name}`, exact: true }).click();
    await dialog.getByRole('button', { name: `Stop ${name}`, exact: true }).click();
  };
  await record('class 1');
  await dialog.getByRole('textbox', { name: 'Name of class 1' }).fill('beep');
  await expect(dialog.getByRole('status')).toHaveText(/^Record a second class/);
  await dialog.getByRole('textbox', { name: 'Name of class 2' }).fill('tone/2, "b"');
  await record('tone/2, "b"');
  await record('beep');
  await dialog.getByRole('button', { name: 'Play recording 1 of beep' }).click();
  await expect(dialog.getByRole('button', { name: 'Stop recording 1 of beep' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  // What was recorded outlives the dialog.
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await view.button('Import').first().click();
  await dialog.getByRole('button', { name: 'Record samples' }).click();
  await dialog.getByRole('button', { name: 'Continue with 3 recordings' }).click();
  await expect(dialog.getByText('beep (2), tone/2, "b" (1)')).toBeVisible();
  await view.button('Import 3 samples').click();
  await expect(view.heading('recordings')).toBeVisible();

  await view.button('More actions').click();
  await page.getByRole('menuitem', { name: 'Record more samples' }).click();
  await record('beep');
  await dialog.getByRole('button', { name: 'Continue with 1 recording' }).click();
  await expect(dialog.getByText('beep (3), tone/2, "b" (1)')).toBeVisible();
  await view.button('Import 4 samples').click();
  await expect(page.getByText('2 of 2')).toBeVisible();
});

test('a microphone that is refused is said, and what was recorded stays', async ({ page, shellKind }) => {
  test.skip(shellKind !== 'browser', 'a page asks, a window is granted it');
  const view = new WorkbenchPage(page);
  const { dialog } = view;
  const session = await page.context().newCDPSession(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await dialog.getByRole('button', { name: 'Record samples' }).click();
  await dialog.getByRole('button', { name: 'Record class 1' }).click();
  await dialog.getByRole('button', { name: 'Stop class 1' }).click();
  await expect(dialog.getByText('1 recording', { exact: true })).toBeVisible();
  await page.context().clearPermissions();
  await session.send('Browser.setPermission', {
    permission: { name: 'microphone' },
    setting: 'denied',
    origin: new URL(page.url()).origin,
  });
  await dialog.getByRole('button', { name: 'Record class 2' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The microphone was refused: allow it for this page');
  await expect(dialog.getByText('1 recording', { exact: true })).toBeVisible();
});

test('samples are read again from their file, and a file that cannot be read shows the fields of samples @both-shells', async ({
  page,
  client,
  workbench,
  shellKind,
}) => {
  const folder = dirname(workbench.workspacePath);
  const path = writeReviews(folder);
  const source = { kind: 'file', path } as const;
  for await (const update of await client.datasets.import({ source, name: 'reviews' })) void update;
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  lines[1] = lines[1]!.replace(',bad,', ',good,');
  writeFileSync(path, `${lines.slice(0, -1).join('\n')}\none more of them was fine,good,writer 1\n`);
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await page.getByRole('link', { name: 'reviews' }).first().click();
  await view.button('More actions').click();
  const refresh = () => page.getByRole('menuitem', { name: 'Refresh from file', exact: true }).click();
  // A browser cannot open a path: it asks for the file.
  await (shellKind === 'browser' ? chooseFile(workbench, path, refresh) : refresh());
  await expect(
    page.getByText('reviews is version 2 now: 1 sample is new, 1 sample went, 1 sample has another label.'),
  ).toBeVisible();

  const broken = join(folder, 'broken.fasta');
  writeFileSync(broken, '>only a name\n');
  await view.open('Data');
  await dropFiles(page, broken);
  await expect(view.dialog.getByRole('alert')).toContainText('broken.fasta');
  await expect(view.dialog.getByRole('combobox', { name: 'Input column' })).toBeVisible();
  await expect(view.dialog.getByRole('textbox', { name: 'Time format' })).toHaveCount(0);
});

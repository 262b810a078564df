// Pairs in the window: a translator and its alignment, with and without attention beside each other, and labels of words.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InsideReadingFrame } from '../../engine/contract/inside/reading.ts';
import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { dropFiles } from './pages/file-drag.ts';
import { ended } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test('texts are translated with their alignment, compared by length, and words are labelled', async ({
  page,
  client,
}) => {
  const imported = async (name: string, sample: string) => {
    const source = { kind: 'sample', name: sample } as const;
    for await (const update of await client.datasets.import({ source, name })) void update;
  };
  const trained = async (configuration: object) => {
    const { id } = await client.runs.start({ configuration });
    await ended(client, id);
    return id;
  };
  await imported('reversed', 'reversed-letters-120.tsv');
  const translator = (name: string, attention: boolean) => ({
    name,
    dataset: { name: 'reversed' },
    task: { kind: 'translate', beam: 2 },
    model: { kind: 'encoder-decoder', cell: 'gru', units: 12, attention },
    training: { epochs: 2 },
  });
  const withIt = await trained(translator('with', true));
  const without = await trained(translator('without', false));
  await page.evaluate((run) => {
    window.location.hash = `#/runs/${run}/result`;
  }, withIt);
  const view = new WorkbenchPage(page);
  await expect(page.getByText('nats per token, epoch 2')).toBeVisible();
  await page.getByLabel('A text to translate').fill('abc');
  const [found] = await client.translation.translate({ run: withIt, texts: ['abc'] });
  await expect(page.getByRole('status', { name: 'Written text' })).toHaveText(found!.text);
  await expect(page.getByRole('table', { name: /^Alignment/ }).getByRole('row')).toHaveCount(
    found!.alignment!.written.length + 1,
  );
  // Each cell says its share, not by its colour alone.
  const cells = page.getByRole('table', { name: /^Alignment/ }).getByRole('cell', { name: /^[\d.e−]+ %$/ });
  await expect(cells).toHaveCount(found!.alignment!.written.length * found!.alignment!.source.length);
  await expect(page.getByRole('heading', { name: 'Texts that need the most edits' })).toBeVisible();
  await page.getByLabel('A text to translate').fill('abc '.repeat(25_001));
  await expect(
    page.getByText('The text has 100,004 characters; shorten it to 100,000 at most'),
  ).toBeVisible();
  await page.getByLabel('A text to translate').fill('abc');
  await expect(page.getByRole('status', { name: 'Written text' })).toHaveText(found!.text);
  const beam = page.getByRole('textbox', { name: 'Beam' });
  await beam.fill('0');
  await expect(page.getByRole('alert')).toContainText('beam');
  await beam.fill('2');
  expect(await findings(page)).toEqual([]);
  await view.runTab('Learning to translate');
  await expect(page.getByRole('rowheader')).toHaveText(['Right', '1', '2']);
  await view.runTab('Inside');
  const frame = await client.inside.read({ run: withIt }).then((blob) => InsideReadingFrame.fromAnswer(blob));
  const { labels, firstAnswer } = frame.header;
  const signs = page.getByRole('group', { name: /^Text: left and right choose/ }).locator('span');
  await expect(signs).toHaveText(labels);
  // What is read is not answered: another sign of what is written is explained.
  await signs.first().click();
  await signs.nth(firstAnswer).click();
  await expect(page.getByText(new RegExp(`: after step ${firstAnswer} "→" the model expects`))).toBeVisible();
  await expect(page.getByRole('group', { name: /^Where the heads look/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.evaluate(
    (ids) => {
      window.location.hash = `#/compare?runs=${ids.join(',')}`;
    },
    [withIt, without],
  );
  await expect(page.getByRole('group', { name: 'Validation loss, in nats per token, chart' })).toBeVisible();
  await expect(page.getByRole('group', { name: /^Exact match by the length/ })).toBeVisible();
  // What both wrote for the same texts; a row opens on where each of them looked.
  const { pairs } = await client.translation.result({ run: withIt, most: 1_000, pick: 'evenly' });
  const sideBySide = page.getByRole('region', { name: 'What they write for texts' });
  await expect(sideBySide.getByRole('button')).toHaveCount(pairs.length);
  await expect(sideBySide.getByText(/\d edits?$|✓$/)).toHaveCount(2 * pairs.length);
  await sideBySide.getByRole('button').first().click();
  await expect(
    sideBySide
      .getByRole('region', { name: `Alignment of ${withIt} with` })
      .getByRole('table', { name: /^Alignment/ }),
  ).toBeVisible();
  await expect(
    sideBySide
      .getByRole('region', { name: `Alignment of ${without} without` })
      .getByText('Without attention the model looks nowhere'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Put the translators together' }).click();
  const together = page.getByRole('region', { name: 'Scores of the ensemble' });
  await expect(together.getByRole('row', { name: /^ensemble / })).toBeVisible();
  await expect(together.getByRole('row', { name: new RegExp(`^${withIt} with .* 50\\.0 %$`) })).toBeVisible();
  await page.getByLabel('A text for all of them together').fill('abc');
  const [ofBoth] = await client.translation.translate({ run: withIt, with: [without], texts: ['abc'] });
  const tried = page.getByRole('region', { name: 'Try them together' });
  await expect(tried.getByRole('status', { name: 'Written text' })).toHaveText(ofBoth!.text);
  await expect(page.getByText(/^Test exact match of the ensemble: .* its best member, run \d/)).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await imported('speech', 'parts-of-speech-120.tsv');
  const speech = {
    name: 'speech',
    dataset: { name: 'speech' },
    task: { kind: 'label' },
    model: { kind: 'gru', units: 8 },
    training: { epochs: 2 },
  };
  const labeller = await trained(speech);
  await page.evaluate((run) => {
    window.location.hash = `#/runs/${run}/result`;
  }, labeller);
  await page.getByLabel('A text to label').fill('they watch the watch');
  const { classes, texts } = await client.labelling.label({ run: labeller, texts: ['they watch the watch'] });
  const said = texts[0]!.tokens.map(({ text, said: label }) => text + classes[label]);
  await expect(page.getByRole('region', { name: 'Labels' })).toHaveText(said.join(''));
  await expect(page.getByRole('heading', { name: 'Texts with most wrong labels' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await view.runTab('Inside');
  await expect(page.getByText(/the model says "[A-Z]+" /)).toBeVisible();
  expect(await findings(page)).toEqual([]);

  const other = await trained({
    ...speech,
    name: 'other',
    model: { kind: 'rnn', units: 2 },
    training: { epochs: 1 },
  });
  await page.evaluate((ids) => {
    window.location.hash = `#/compare?runs=${ids}`;
  }, `${labeller},${other}`);
  await expect(page.getByText(/^They differ in \d+ of \d+ texts/)).toBeVisible();
  const table = page
    .getByRole('region', { name: /^Labels of / })
    .first()
    .getByRole('table');
  await expect(table.getByRole('rowheader')).toHaveText([
    'True',
    `${labeller} speech, gru`,
    `${other} other, rnn`,
  ]);
  expect(await findings(page)).toEqual([]);
});

test('pairs without anything to write are refused in a sentence, and nothing is said to be detected', async ({
  page,
}, testInfo) => {
  const path = join(testInfo.outputPath(), 'empty.tsv');
  writeFileSync(path, Array.from({ length: 40 }, (_, row) => `word${row}\t`).join('\n'));
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await dropFiles(page, path);
  await expect(view.dialog.getByRole('alert')).toContainText('empty.tsv has no text that is to be written');
  await expect(view.dialog.getByRole('combobox', { name: 'Read as' })).toHaveValue('Detected');
});

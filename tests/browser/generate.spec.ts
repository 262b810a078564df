// A language model in the window: its texts epoch by epoch, and a new text that appears as it is written, equal to that of the API.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InsideReadingFrame } from '../../engine/contract/inside/reading.ts';
import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { DesignForm } from './pages/design-form.ts';
import { ended } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test('a text is learned, shown growing, and continued from a prompt', async ({ page, client }, testInfo) => {
  const path = join(testInfo.outputPath(), 'sea.txt');
  writeFileSync(path, 'the whale swims in the sea and the sea sings of the whale. '.repeat(60));
  for await (const update of await client.datasets.import({ source: { kind: 'file', path }, name: 'sea' }))
    void update;
  const configuration = {
    name: 'whale',
    dataset: { name: 'sea' },
    task: { kind: 'generate', window: 32, sampleTokens: 40, prompts: ['', 'the wh', 'sea'] },
    model: { kind: 'gru', units: 24 },
    training: { epochs: 3, batchSize: 8, optimizer: { kind: 'adam', learningRate: 0.02 } },
  };
  const { id } = await client.runs.start({ configuration });
  await ended(client, id);
  await page.evaluate((run) => {
    window.location.hash = `#/runs/${run}`;
  }, id);
  const view = new WorkbenchPage(page);
  await view.runTab('Learning to write');
  const texts = await client.generation.texts({ run: id });
  for (const epoch of [1, 2, 3])
    await expect(page.getByRole('heading', { name: `Epoch ${epoch}` })).toBeVisible();
  expect(texts).toHaveLength(9);
  await expect(page.getByText(/ tokens? for each prompt, drawn at temperature 0\.8, /)).toBeVisible();
  const last = texts.find(({ epoch, prompt }) => epoch === 3 && prompt === '')!;
  await expect(page.getByText(last.text.trim().slice(0, 20)).first()).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.getByRole('link', { name: 'Design from this' }).click();
  // The column that is read, and what it is cut into.
  await expect(page.getByText('Input', { exact: true }).locator('xpath=following-sibling::dd')).toHaveText(
    'text',
  );
  await expect(page.getByText('Training tokens')).toBeVisible();
  await page.getByRole('button', { name: /^Model options/ }).click();
  await expect(page.getByLabel('Forget bias').or(page.getByLabel('Update bias'))).toBeVisible();
  // They would change nothing of a language model.
  await expect(page.getByText('Columns separately')).toHaveCount(0);
  await expect(page.getByText('Segments')).toHaveCount(0);
  await expect(page.getByText('Truncate after')).toHaveCount(0);
  await expect(page.getByText('Both directions')).toHaveCount(0);
  await page.getByRole('button', { name: /^Split 80 % of each text train/ }).click();
  await expect(page.getByText('By date')).toHaveCount(0);
  const form = new DesignForm(page);
  await form.unfold();
  const prompts = page.getByRole('textbox', { name: 'Prompts' });
  await expect(prompts).toHaveValue('\nthe wh\nsea');
  await prompts.fill('the sea\nthe whale');
  await expect(prompts).toHaveValue('the sea\nthe whale');
  await expect(await form.asJson()).toHaveValue(/"prompts": \[\s*"the sea",\s*"the whale"\s*\]/);
  await page.goBack();

  await view.runTab('Generate');
  await page.getByLabel('Prompt').fill('the wh');
  await page.getByLabel('Tokens').fill('30');
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  const written = page.getByRole('region', { name: 'Written text' });
  const { tokens, probabilities } = await client.generation.write({ run: id, prompt: 'the wh', count: 30 });
  await expect(written).toContainText(`the wh${tokens.join('')}`.trim().replace(/\s+/g, ' '));
  await expect(page.getByText(/^30 tokens, .* bits each on average$/)).toBeVisible();
  // What the colours mean, and the probability of a token by keys.
  await expect(page.getByText('0.78 % or less')).toBeVisible();
  await written.press('ArrowRight');
  await written.press('ArrowRight');
  const share = (100 * probabilities[1]!).toPrecision(3);
  await expect(page.getByText(`${JSON.stringify(tokens[1])} ${share} %, `)).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.getByLabel('Prompt').fill('Kraken');
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await expect(page.getByText('The training texts never have "K"')).toBeVisible();
  await expect(written).toBeEmpty();

  await view.runTab('Curves');
  await expect(page.getByText('Loss, in nats per token')).toBeVisible();
  await view.runTab('Scores');
  await expect(page.getByText(/^Over \d+ tokens\. A bold score/)).toBeVisible();
  await view.runTab('Configuration');
  const parts = page.getByRole('table').filter({ hasText: 'validation' });
  await expect(parts.getByRole('columnheader', { name: 'Tokens' })).toBeVisible();

  await view.runTab('Inside');
  await page.getByLabel('A text of your own').fill('the whale s');
  await page.getByRole('button', { name: 'Read it' }).click();
  const read = await InsideReadingFrame.fromAnswer(
    await client.inside.read({ run: id, text: 'the whale s' }),
  );
  const { choice } = read.header.answers.at(-1)![0]!;
  await expect(page.getByText(`the model expects ${JSON.stringify(choice)}`)).toBeVisible();
  await expect(page.getByRole('group', { name: 'Hidden state h of 24 units, heat map' })).toBeVisible();
  await expect(page.getByText('Probability of the true next token, in %')).toBeVisible();
  // By keys: the step before is explained.
  await page.getByRole('group', { name: 'Text: left and right choose what is explained' }).press('ArrowLeft');
  await expect(page.getByText(`after step ${read.header.labels.length - 2} " "`)).toBeVisible();
  await expect.poll(() => page.url()).toContain('text=the+whale+s');
  expect(await findings(page)).toEqual([]);
});

test('a tune is seen as a piano roll whose cursor goes by keys, and a text that is cancelled gives the focus back', async ({
  page,
  client,
}, testInfo) => {
  const path = join(testInfo.outputPath(), 'scales.abc');
  const bars = ['GABc', 'dedB', 'cBAG', 'Addc'];
  const tunes = Array.from({ length: 24 }, (_, tune) => {
    const melody = Array.from({ length: 8 }, (_, bar) => bars[(bar * (1 + (tune % 3)) + tune) % 4]);
    return `X:${tune}\nT:Scale\nM:4/4\nL:1/8\nK:G\n${melody.join('|')}|\n`;
  });
  writeFileSync(path, tunes.join('\n'));
  for await (const update of await client.datasets.import({ source: { kind: 'file', path }, name: 'scales' }))
    void update;
  const { id } = await client.runs.start({
    configuration: {
      name: 'scales',
      dataset: { name: 'scales' },
      task: { kind: 'generate', window: 32, prompts: [''] },
      model: { kind: 'gru', units: 8 },
      training: { epochs: 1, batchSize: 8 },
    },
  });
  await ended(client, id);
  await page.evaluate((run) => {
    window.location.hash = `#/runs/${run}/generate`;
  }, id);
  const prompt = page.getByLabel('Prompt');
  await prompt.fill('T:Scale\nM:4/4\nL:1/8\nK:G\nGABc|dedB|cBAG|Addc|');
  await page.getByLabel('Tokens').fill('8');
  const write = page.getByRole('button', { name: 'Write', exact: true });
  await write.press('Enter');
  const roll = page.getByRole('slider', { name: /^Piano roll of \d+ notes$/ });
  await roll.press('ArrowRight');
  await expect(roll).toHaveAttribute('aria-valuetext', /^1 of \d seconds$/);
  await roll.press('End');
  const last = await roll.getAttribute('aria-valuemax');
  await expect(roll).toHaveAttribute('aria-valuenow', last!);
  await roll.press('Home');
  await roll.press('ArrowLeft');
  await expect(roll).toHaveAttribute('aria-valuenow', '0');
  expect(await findings(page)).toEqual([]);

  await page.getByLabel('Tokens').fill('20000');
  await write.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(write).toBeFocused();
});

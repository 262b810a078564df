// A look inside a run's model: states, gates and gradients on its own data, by pointer and by keys, with the address following.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../workbench/fixture.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

const ATTENTION = ['two', 1, { model: { kind: 'attention', units: 8 } }] as const;
test.use({ beginning: { ...ONE_RUN, runs: [...ONE_RUN.runs, ATTENTION] } });

test('a window is unrolled, a cell opens its step, and the address leads back to it', {
  tag: '@both-shells',
}, async ({ page, client }) => {
  const id = 1;
  await page.evaluate((run) => {
    window.location.hash = `#/runs/${run}`;
  }, id);
  const view = new WorkbenchPage(page);
  await view.runTab('Inside');
  const states = page.getByRole('group', { name: /^Hidden state h of 8 units, heat map/ });
  await expect(states).toBeVisible();
  await expect(page.getByRole('group', { name: 'Forecast of CO2, chart' })).toBeVisible();

  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('origin 2 of')).toBeVisible();
  await expect.poll(() => page.url()).toContain('origin=1');

  // By keys: unit 1, the last step.
  await states.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const card = page.getByRole('heading', { name: 'Unit 1, step 11' });
  await expect(card).toBeVisible();
  await expect(page.getByRole('region', { name: 'forget gate', exact: true })).toContainText('sigmoid');
  await expect.poll(() => page.url()).toContain('unit=1&step=11');
  // The card says what the API says.
  const asked = { run: id, origin: 1, step: 11, unit: 1 };
  const { results } = await client.inside.step(asked);
  const { value } = results.at(-1)!;
  await expect(page.getByRole('listitem').filter({ hasText: 'tanh' }).last()).toContainText(
    Math.abs(value).toFixed(4),
  );

  await page.reload();
  await expect(card).toBeVisible();
  await expect(page.getByText('origin 2 of')).toBeVisible();
  await page.getByRole('button', { name: 'Close the step' }).click();
  await expect(card).toHaveCount(0);
});

test('gates and gradients of chosen weights, windows alike, attention and attributions', async ({
  page,
  client,
}) => {
  const id = 1;
  const attention = 2;
  const go = (hash: string) =>
    page.evaluate((to) => {
      window.location.hash = `#/${to}`;
    }, hash);
  await go(`runs/${id}/inside`);
  await expect(page.getByRole('group', { name: /^Hidden state h/ })).toBeVisible();
  const save = async (item: string): Promise<{ name: string; text: string }> => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const drawing = await save('Drawing (SVG)');
  expect(drawing.name).toMatch(/unrolled 0\.svg$/);
  // Axes, a line of the input, the heat map as an image, and the title as a text.
  expect(drawing.text).toMatch(/<path d="M[^"]+L[^"]+" fill="none" stroke="#/);
  expect(drawing.text).toContain('href="data:image/png');
  expect(drawing.text).toMatch(/<text [^>]*>Hidden state h of 8 units<\/text>/);
  await go(`runs/${id}/inside?view=attribution`);
  await expect(page.getByRole('group', { name: /^Attribution of step 1/ })).toBeVisible();
  const numbers = await save('Numbers (CSV)');
  expect(numbers.text.split('\n')[0]).toContain('attribution');

  await go(`runs/${id}/inside?view=gates`);
  for (const gate of ['Input gate i', 'Forget gate f', 'Output gate o']) {
    await expect(page.getByRole('group', { name: `${gate}, heat map` })).toBeVisible();
  }
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Gradients').click();
  const { verdict } = await client.inside.gradients({ run: id });
  await expect(page.getByText(verdict!.sentence)).toBeVisible();
  await expect(page.getByRole('img', { name: /^Eigenvalues/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Weights' }).click();
  await page.getByRole('option', { name: 'Before training' }).click();
  const untrained = await client.inside.gradients({ run: id, weights: 'first' });
  expect(untrained.verdict!.sentence).not.toBe(verdict!.sentence);
  await expect(page.getByText(untrained.verdict!.sentence)).toBeVisible();

  await expect(page.getByRole('group', { name: /lags down, epochs across, heat map$/ })).toBeVisible();
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Weights').click();
  await expect(page.getByRole('group', { name: /^Weights of .*, heat map$/ })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Update / weight, chart' })).toBeVisible();
  await go(`runs/${id}/inside?view=gradients`);
  await page.getByRole('button', { name: 'GRU instead of LSTM' }).click();
  await expect(new WorkbenchPage(page).heading('Compare')).toBeVisible();
  const whatIf = (await client.runs.get({ run: attention + 1 })).configuration;
  expect(whatIf).toMatchObject({
    model: { kind: 'gru', units: 8 },
    seed: 1,
    name: 'one, GRU instead of LSTM',
  });

  await go(`runs/${id}/inside?view=alike`);
  const found = page.getByRole('region', { name: 'Windows most alike' });
  const { matches } = await client.inside.match({ run: id });
  await expect(found.getByRole('row')).toHaveCount(1 + matches.length);
  await found.getByRole('button').first().click();
  await expect.poll(() => page.url()).toContain(`origin=${matches[0]!.origin}`);

  await go(`runs/${attention}/inside`);
  await expect(page.getByRole('group', { name: /^Weights of .*, heat map$/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Query \d+ of head 0, layer 0$/ })).toBeVisible();
  const states = page.getByRole('radiogroup', { name: 'View' }).getByText('Unrolled');
  await expect(states).toHaveCount(0);
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Attribution').click();
  await expect(
    page.getByRole('group', { name: 'Attribution of step 1 to each input, heat map' }),
  ).toBeVisible();
  await expect(page.getByText('Does it add up?')).toBeVisible();
});

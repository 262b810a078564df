// A look inside a run's model: states, gates and gradients on its own data, by pointer and by keys, with the address following.
import { readFile, writeFile } from 'node:fs/promises';
import { InsideWindowFrame } from '../../engine/contract/inside/states.ts';
import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { ONE_RUN, trainSmall } from './pages/seed.ts';
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

  // By the mouse: the cell under it, as its readout names it.
  const cells = (await states.boundingBox())!;
  await page.mouse.move(cells.x + cells.width / 2, cells.y + cells.height / 2);
  const pointed = page.getByText(/^unit \d+: /);
  const unit = Number(/^unit (\d+): /.exec((await pointed.textContent())!)![1]);
  await page.mouse.down();
  await page.mouse.up();
  const pressed = page.getByRole('heading', { name: new RegExp(`^Unit ${unit}, step \\d+$`) });
  await expect(pressed).toBeVisible();
  const pressedStep = Number(/step (\d+)$/.exec((await pressed.textContent())!)![1]);
  expect(pressedStep).toBeGreaterThan(0);
  expect(pressedStep).toBeLessThan(11);
  await expect.poll(() => page.url()).toContain(`unit=${unit}&step=${pressedStep}`);
  // By keys: unit 1, the last step.
  await page.mouse.move(0, 0);
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
  // The button keeps the focus while it waits for its file, so that keys go on from there.
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeFocused();
  expect(drawing.name).toMatch(/unrolled 0\.svg$/);
  // So does the palette, also while the menu is still closing.
  await new WorkbenchPage(page).palette('Dark theme');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await new WorkbenchPage(page).palette('Light theme');
  // Axes, a line of the input, the heat map as an image, and the title as a text.
  expect(drawing.text).toMatch(/<path d="M[^"]+L[^"]+" fill="none" stroke="#/);
  expect(drawing.text).toContain('href="data:image/png');
  expect(drawing.text).toMatch(/<text [^>]*>Hidden state h of 8 units<\/text>/);
  await go(`runs/${id}/inside?view=attribution`);
  await expect(page.getByRole('group', { name: /^Attribution of step 1/ })).toBeVisible();
  const numbers = await save('Numbers (CSV)');
  expect(numbers.text.split('\n')[0]).toContain('attribution');

  // The report has the views of the model where the switch is on.
  const view = new WorkbenchPage(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await view.dialog.getByText('Report (HTML)').click();
  await view.dialog.getByRole('switch', { name: 'Views into its model' }).click({ force: true });
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    view.dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  const report = await readFile(await saved.path(), 'utf8');
  for (const title of ['States', 'Gates', 'Gradients', 'Attribution'])
    expect(report).toContain(`<figcaption>${title}, test origin 0, best weights`);
  await view.dialog.getByRole('button', { name: 'Done' }).click();

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
  // The query that is chosen has its own ribbon over the series; another one by keys.
  await expect(page.getByRole('group', { name: 'What query 11 looks at, heat map' })).toBeVisible();
  await page.getByRole('group', { name: /^Weights of .*, heat map$/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'What query 0 looks at, heat map' })).toBeVisible();
  const states = page.getByRole('radiogroup', { name: 'View' }).getByText('Unrolled');
  await expect(states).toHaveCount(0);
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Attribution').click();
  await expect(
    page.getByRole('group', { name: 'Attribution of step 1 to each input, heat map' }),
  ).toBeVisible();
  await expect(page.getByText('Does it add up?')).toBeVisible();
});

test('a window is played with by keys, epochs are replayed, and a lab measures a column of these data', async ({
  page,
  client,
}) => {
  const go = (hash: string) =>
    page.evaluate((to) => {
      window.location.hash = `#/${to}`;
    }, hash);
  /** Clean in both themes. */
  const isClean = async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      // A colour on its way from one theme to the other has the contrast of neither.
      await page.evaluate(async () => {
        const ends = (one: Animation) => Number.isFinite(one.effect?.getComputedTiming().endTime);
        await Promise.allSettled(
          document
            .getAnimations()
            .filter(ends)
            .map(({ finished }) => finished),
        );
      });
      expect.soft(await findings(page, undefined), `${page.url()}, ${colorScheme}`).toEqual([]);
    }
  };
  await go('runs/1/inside?view=play&what=f');
  const chart = page.getByRole('group', { name: 'CO2, as the model reads it, chart' });
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const words = page.getByText(/^1 of 12 rows are changed\. The forecast of CO2 changes by/);
  await expect(words).toBeVisible();
  await expect(page.getByRole('group', { name: /^forget gate f, heat map/ })).toBeVisible();
  await expect.poll(() => page.url()).toContain('edits=');
  const edits = JSON.parse(new URLSearchParams(page.url().split('?')[1]).get('edits')!);
  const seen = await InsideWindowFrame.fromAnswer(await client.inside.window({ run: 1, edits }));
  await page.reload();
  await expect(page.getByText(seen.header.change!)).toBeVisible();
  // By hand: the value under the pointer goes where it goes.
  const box = (await chart.boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 60);
  await page.mouse.down();
  const drawn = (chart: RegExp) =>
    page
      .getByRole('group', { name: chart })
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const answers = [/^forget gate f, heat map/, /^Forecast of CO2, chart/];
  const before = await Promise.all(answers.map(drawn));
  await page.mouse.move(box.x + 200, box.y + 110, { steps: 4 });
  // Gates and forecast answer before the value is released.
  await expect(page.getByText(/^2 of 12 rows are changed/)).toBeVisible();
  for (const [index, chart] of answers.entries())
    await expect.poll(() => drawn(chart)).not.toBe(before[index]);
  await page.mouse.up();
  await expect(page.getByText(/^2 of 12 rows are changed/)).toBeVisible();
  await isClean();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByText(/^Drag a value up or down/)).toBeVisible();

  await page.getByRole('button', { name: /^Replay its epochs/ }).click();
  await expect(page.getByText('same weights')).toBeVisible();
  await page.getByRole('slider', { name: 'Epoch' }).focus();
  await page.keyboard.press('Home');
  await expect(page.locator('span').getByText('epoch 1', { exact: true })).toBeVisible();
  await expect.poll(() => page.url()).toContain('weights=1');

  await go('learn');
  await page.getByRole('link', { name: /^1\./ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('combobox', { name: 'Data' }).click();
  await page.getByRole('option', { name: 'co2' }).click();
  await page.getByRole('checkbox', { name: /^Quick/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Measure' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^(Your guess was right|You guessed)/)).toBeVisible();
  await expect(page.getByText(/^CO2 of co2, version 1, quick, /)).toBeVisible();
  await isClean();
});

test('a part without whole targets is said in one sentence where a gradient is asked for, and a window of it is shown', async ({
  page,
  client,
}, testInfo) => {
  // Every second value at the end is missing: no horizon of six is whole there.
  const rows = Array.from({ length: 400 }, (_, row) => {
    const value = row > 300 && row % 2 === 0 ? '' : Math.sin(row / 4).toFixed(4);
    return `${new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10)},${value}`;
  });
  const path = testInfo.outputPath('gaps.csv');
  await writeFile(path, ['date,level', ...rows].join('\n'));
  for await (const update of await client.datasets.import({ source: { kind: 'file', path }, name: 'gaps' }))
    void update;
  const id = await trainSmall(client, 'with gaps', 1, {
    dataset: { name: 'gaps' },
    task: { kind: 'forecast', targets: ['level'], lookback: 12, horizon: 6 },
  });
  const go = (view: string) =>
    page.evaluate((to) => {
      window.location.hash = to;
    }, `#/runs/${id}/inside?view=${view}`);
  await go('gradients');
  await expect(
    page.getByText(
      'No window of the test part has all its targets, so there is no gradient to look at; choose another part.',
    ),
  ).toBeVisible();
  await page.getByRole('combobox', { name: 'Part of the data' }).click();
  await page.getByRole('option', { name: 'Training' }).click();
  await expect(page.getByRole('group', { name: 'Size of the gradient dL/dh by lag, chart' })).toBeVisible();
  await go('unrolled');
  await expect(page.getByRole('group', { name: /^Hidden state h of 8 units, heat map/ })).toBeVisible();
});

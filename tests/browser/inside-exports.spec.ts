// Every view of a model's inside is saved as a picture, a drawing and numbers, and goes into the report.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../workbench/fixture.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

const ATTENTION = ['two', 1, { model: { kind: 'attention', units: 8, layers: 1, readout: 'last' } }] as const;
test.use({ beginning: { ...ONE_RUN, runs: [...ONE_RUN.runs, ATTENTION] } });

/** By run: the views in the order of the tab, and a chart that each has. */
const VIEWS = {
  1: {
    unrolled: /^Hidden state h/,
    gates: /^Forget gate f, heat map/,
    gradients: /^Singular values/,
    weights: /^Update \/ weight, chart/,
    attribution: /^Attribution of step 1/,
    play: /^Hidden state h/,
    alike: /from each window's last value, chart$/,
    diagnosis: /^What the forecast depends on, by lag, chart/,
  },
  2: { attention: /^Weights of / },
} as const;

test('every view is saved in three forms and goes into the report', async ({ page }) => {
  test.slow();
  const view = new WorkbenchPage(page);
  const choose = async (item: string) => {
    await view.button('Save').click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const saved = async (item: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), choose(item)]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  for (const [run, views] of Object.entries(VIEWS)) {
    let count = 0;
    for (const [name, chart] of Object.entries(views)) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, `#/runs/${run}/inside?view=${name}`);
      await expect(page.getByRole('group', { name: chart }).first()).toBeVisible();
      // Behind the readout `last` the other queries of the last layer are grey.
      if (name === 'attention')
        await expect(page.getByTitle('changes nothing of the answer').first()).toBeVisible();
      // Charts of the view may still arrive between the one and the other.
      await expect(async () => {
        const svg = (await saved('Drawing (SVG)')).bytes.toString();
        const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!;
        expect(svg, name).toMatch(/<text /);
        const picture = (await saved('Picture (PNG)')).bytes;
        const size = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
        expect(size, `${name}: two pixels for each`).toEqual([2 * Number(width), 2 * Number(height)]);
      }).toPass();
      const numbers = await saved('Numbers (CSV)');
      // Several tables come in an archive without compression.
      expect.soft(numbers.name, name).toMatch(/\.(csv|zip)$/);
      expect.soft(numbers.bytes.toString('latin1').split('\n').length, name).toBeGreaterThan(3);
      await choose('Into the report');
      count += 1;
      const words = count === 1 ? '1 view' : `${count} views`;
      await expect(
        page.getByText(`The next report of run ${run} shows ${words} into its model`),
      ).toBeVisible();
    }
    await view.button('Export').click();
    await view.dialog.getByText('Report (HTML)').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      view.dialog.getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    const report = await readFile(await download.path(), 'utf8');
    const titles = report.match(/<figcaption>[^<]*, best weights/g) ?? [];
    expect(titles.map((title) => title.toLowerCase().split(/[>,]/)[1])).toEqual(Object.keys(views));
    await view.dialog.getByRole('button', { name: 'Done' }).click();
  }
});

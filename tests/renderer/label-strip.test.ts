// A stretch of rows as strips: every row has its true label and the one that was said, rows that differ are marked and counted.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { LabelledText } from '../../engine/contract/results/labelling.ts';
import { LabelLegend, LabelStrip } from '../../renderer/tasks/label/label-strip.tsx';

const classes = ['off', 'running'];
const row = (said: number, truth: number) => ({ text: '1.5,2', said, truth, probability: 0.75 });
const drawn = (tokens: LabelledText['tokens']) =>
  renderToStaticMarkup(createElement(LabelStrip, { classes, text: { sample: 0, name: 'machine', tokens } }));
const colours = (html: string) => [...html.matchAll(/background:([^"]*)"/g)].map(([, colour]) => colour);

test('rows are said beside what they are; one without a label is no mistake', () => {
  const html = drawn([row(0, 0), row(1, 0), row(1, -1)]);
  expect(html).toContain('machine<span class="muted"> 1 of 2 rows wrong</span>');
  expect(html).toContain('row 2: 1.5,2; said running, 75.0 %; true off');
  expect(html).toContain('title="row 3: 1.5,2; said running, 75.0 %"');
  const [off, running] = ['var(--hc-series-1)', 'var(--hc-series-2)'];
  // Line by line: the true ones, then those that were said.
  expect(colours(html)).toEqual([off, off, 'transparent', off, running, running]);
  for (const name of ['True', 'Said']) expect(html).toContain(`>${name}</span>`);
});

test('new rows have one strip, and the legend names the colours', () => {
  const html = drawn([row(0, -1), row(1, -1)]);
  expect(colours(html)).toHaveLength(2);
  expect(html).not.toContain('True');
  expect(renderToStaticMarkup(createElement(LabelLegend, { classes }))).toContain('running');
});

// Views into the model that were put into the report, as pictures: an image cannot run what a page could.
import type { ReportFigure } from '../../contract/runs/export.ts';
import { escapeHtml } from './svg.ts';

/** Nothing where there is none. */
export function insideFigures(figures: readonly ReportFigure[]): string {
  return figures
    .map(({ title, svg }) => {
      const data = Buffer.from(svg, 'utf8').toString('base64');
      return `<figure class="inside"><figcaption>${escapeHtml(title)}</figcaption><img alt="${escapeHtml(title)}" src="data:image/svg+xml;base64,${data}"></figure>`;
    })
    .join('');
}

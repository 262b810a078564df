// The section of a report: the first texts of the test part, coloured by how much each token surprised the model.
import type { GenerateFrame } from '../../contract/tasks/generate-frame.ts';
import { escapeHtml } from '../../export/report/svg.ts';
import { bitsOf } from './generate-csv.ts';

const MOST_TOKENS = 1_500;
/** Bits that are shown with the strongest colour. */
const MOST_BITS = 8;

export function surpriseHtml({ header, columns }: GenerateFrame): string {
  const shown = Math.min(MOST_TOKENS, columns.token.length);
  const marks = Array.from({ length: shown }, (_, row) => {
    const bits = bitsOf(columns.probability[row]!);
    const alpha = Math.min(1, bits / MOST_BITS) * 0.6;
    const text = escapeHtml(header.tokens[columns.token[row]!]!);
    return `<span style="background:rgba(214,96,77,${alpha.toFixed(2)})" title="${bits.toFixed(2)} bits">${text}</span>`;
  });
  const more = columns.token.length > shown ? ' The beginning of the part is shown.' : '';
  return `<p>The stronger the colour, the less the model expected what came.${more}</p><p style="white-space:pre-wrap;font-family:monospace">${marks.join('')}</p>`;
}

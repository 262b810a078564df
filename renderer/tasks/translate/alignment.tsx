// Which tokens of what was read each token that was written looked at: written down, read across, the darker the more.
import type { Alignment } from '../../../engine/contract/results/translation.ts';
import { formatNumber } from '../../ui/format.ts';
import { TableScroll } from '../../ui/page.tsx';
import css from './translate.module.css';

/** More do not fit on any screen. */
const MOST = 120;

interface AlignmentTableProps {
  readonly alignment: Alignment;
  readonly label: string;
}

export function AlignmentTable({ alignment, label }: AlignmentTableProps) {
  const source = alignment.source.slice(0, MOST);
  const written = alignment.written.slice(0, MOST);
  return (
    <TableScroll label={label}>
      <table className={css.alignment} aria-label={`${label}: written tokens down, read tokens across`}>
        <thead>
          <tr>
            <td />
            {source.map((token, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same token comes at several positions
              <th key={at} scope="col">
                {shown(token)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {written.map((token, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same token comes at several positions
            <tr key={line}>
              <th scope="row">{shown(token)}</th>
              {source.map((read, at) => {
                const share = alignment.shares[line]?.[at] ?? 0;
                const percent = `${formatNumber(100 * share, 3)} %`;
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: the same token comes at several positions
                    key={at}
                    // A colour says nothing to a reader of screens.
                    aria-label={percent}
                    title={`${shown(token)} looks at ${shown(read)}: ${percent}`}
                    style={{ background: colorOf(share) }}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

const shown = (token: string): string => (token === ' ' ? '␣' : token);

const colorOf = (share: number): string =>
  `color-mix(in srgb, var(--hc-series-1) ${Math.round(100 * share)}%, transparent)`;

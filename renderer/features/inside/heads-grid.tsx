// The heads of all layers, each named by where it looks, with its mean weight by lag and its entropy: a layer a row.
import { UnstyledButton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { HeadSummary } from '../../../engine/contract/inside/attention.ts';
import { Bars } from '../../charts/bars.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import runClasses from '../run/run-page.module.css';
import classes from './inside.module.css';
import { attentionQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';

interface HeadsGridProps extends InsideViewProps {
  readonly layer: number;
  /** Null: the mean of all of the layer. */
  readonly head: number | null;
}

export function HeadsGrid({ about, target, version, choice, change, layer, head }: HeadsGridProps) {
  const engine = useEngine();
  const layers = about.attention;
  const found = useQueries({
    queries: layers.map((one) =>
      // The summaries of its heads alone.
      attentionQuery(engine, target, { layer: one.layer, head: null, rows: 1, columns: 1 }, version),
    ),
  });
  const choose = (next: number, of: number | null) =>
    change({ place: { ...choice.place, layer: next }, head: of, ...(next !== layer && { step: null }) });
  return (
    <Panel className={runClasses.wide ?? ''} title="Heads">
      {layers.map((one, index) => {
        const heads = found[index]?.data?.header.heads ?? [];
        const isThis = one.layer === layer;
        const prefix = layers.length > 1 ? `Layer ${one.layer}, ` : '';
        return (
          <div key={one.layer} className={classes.heads} style={{ marginTop: index === 0 ? 0 : 8 }}>
            {heads.length > 1 && (
              <Head
                title={prefix === '' ? 'All heads' : `${prefix}all heads`}
                profile={meanProfile(heads)}
                says="their mean weight by lag"
                label="Mean weight by lag of all heads"
                isChosen={isThis && head === null}
                onChoose={() => choose(one.layer, null)}
              />
            )}
            {heads.map((summary) => (
              <Head
                key={summary.head}
                title={`${prefix}${prefix === '' ? 'Head' : 'head'} ${summary.head}: ${summary.name}`}
                profile={summary.profile}
                says={`entropy ${formatNumber(100 * summary.entropy, 2)} % of an even look`}
                label={`Mean weight by lag of head ${summary.head}`}
                isChosen={isThis && head === summary.head}
                onChoose={() => choose(one.layer, summary.head)}
              />
            ))}
          </div>
        );
      })}
    </Panel>
  );
}

interface HeadProps {
  readonly title: string;
  /** Mean weight by lag. */
  readonly profile: readonly number[];
  readonly says: string;
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Bars of a lag profile: more would be narrower than a pixel. */
const MOST_LAGS = 120;

function meanProfile(heads: readonly HeadSummary[]): number[] {
  const [first] = heads;
  return (first?.profile ?? []).map(
    (_, lag) => heads.reduce((sum, { profile }) => sum + profile[lag]!, 0) / heads.length,
  );
}

function Head({ title, profile, says, label, isChosen, onChoose }: HeadProps) {
  return (
    <UnstyledButton className={classes.head ?? ''} aria-pressed={isChosen} onClick={onChoose}>
      <span className={classes.headTitle}>{title}</span>
      <Bars
        values={profile.slice(0, MOST_LAGS)}
        width={150}
        height={34}
        domain={[0, Math.max(1e-9, ...profile)]}
        label={label}
      />
      <span className="muted num">{says}</span>
    </UnstyledButton>
  );
}

// One step of one unit in numbers: what each block adds up, and what its activations make of the state.
import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import type { StepCard as StepNumbers } from '../../../engine/contract/inside/dynamics.ts';
import type { Place } from '../../../engine/contract/inside/target.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import runClasses from '../run/run-page.module.css';
import classes from './inside.module.css';
import { stepQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';

interface StepCardProps extends InsideViewProps {
  readonly place: Place;
  readonly unit: number;
  readonly step: number;
}

export function StepCard({ target, version, place, unit, step, change }: StepCardProps) {
  const engine = useEngine();
  const { data: card, error } = useQuery(stepQuery(engine, target, { place, unit, step }, version));
  return (
    <StepPanel
      title={`Unit ${unit}, step ${step}`}
      card={card}
      error={error}
      when={card && `origin ${formatDataTime(card.about.originUs)}`}
      onClose={() => change({ unit: null, step: null })}
    />
  );
}

interface StepPanelProps {
  readonly title: string;
  readonly card: StepNumbers | undefined;
  readonly error: unknown;
  /** Of the step. */
  readonly when: ReactNode;
  readonly onClose: () => void;
}

/** One step in numbers, of a window or of a sample. */
export function StepPanel({ title, card, error, when, onClose }: StepPanelProps) {
  const ref = useRef<HTMLDivElement>(null);
  const isThere = card !== undefined;
  // It lies below what was pressed.
  useEffect(() => {
    if (isThere) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isThere]);
  return (
    <div ref={ref} className={runClasses.wide}>
      <Panel title={title} actions={<CloseButton aria-label="Close the step" size="sm" onClick={onClose} />}>
        {error ? <ErrorMessage error={error} /> : null}
        {!card && !error && <p className="muted">Computing the step …</p>}
        {card && <Card card={card} when={when} />}
      </Panel>
    </div>
  );
}

const number = (value: number): string => formatNumber(value, 5);

function Card({ card, when }: Pick<StepPanelProps, 'when'> & { readonly card: StepNumbers }) {
  const { before, results, blocks, gap } = card;
  return (
    <>
      <ul className={classes.results}>
        <li className="muted num" style={{ textAlign: 'left' }}>
          before the step h = {number(before.hidden)}
          {before.cell !== null && `, c = ${number(before.cell)}`}
          {when && '; '}
          {when}
        </li>
        {results.map(({ name, equation, value }) => (
          <li key={name}>
            <span className={classes.equation}>{equation}</span> = <b className="num">{number(value)}</b>
          </li>
        ))}
      </ul>
      <div className={classes.card}>
        {blocks.map((block) => (
          <Block key={block.name} block={block} />
        ))}
      </div>
      <p className="muted">The largest difference from what the model computed is {formatNumber(gap, 2)}.</p>
    </>
  );
}

function Block({ block }: { readonly block: StepNumbers['blocks'][number] }) {
  const { title, name, activation, input, recurrent, bias, sum, value } = block;
  return (
    <section className={classes.block} aria-label={title}>
      <div className={classes.blockHead}>
        <span>
          {title} {name}
        </span>
        <span className={classes.equation}>
          = {activation}({number(sum)}) = {number(value)}
        </span>
      </div>
      <TableScroll label={`Terms of the ${title}`}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Term</th>
              <th scope="col" className="num">
                Value
              </th>
              <th scope="col" className="num">
                Weight
              </th>
              <th scope="col" className="num">
                Product
              </th>
            </tr>
          </thead>
          <tbody>
            <Terms of={input} what="other inputs" />
            <Terms of={recurrent} what="other units" />
            <tr>
              <td>bias</td>
              <td />
              <td />
              <td className="num">{number(bias)}</td>
            </tr>
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
}

interface TermsProps {
  readonly of: StepNumbers['blocks'][number]['input'];
  readonly what: string;
}

function Terms({ of, what }: TermsProps) {
  return (
    <>
      {of.terms.map(({ name, value, weight, product }) => (
        <tr key={name}>
          <td>{name}</td>
          <td className="num">{number(value)}</td>
          <td className="num">{number(weight)}</td>
          <td className="num">{number(product)}</td>
        </tr>
      ))}
      {of.restCount > 0 && (
        <tr className="muted">
          <td>
            {of.restCount} {what}
          </td>
          <td />
          <td />
          <td className="num">{number(of.rest)}</td>
        </tr>
      )}
    </>
  );
}

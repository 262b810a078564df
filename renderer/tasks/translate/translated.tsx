// What a translator writes for one text: the best text, what was pursued beside it, and where it looked.
import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LONGEST_TRANSLATED } from '../../../engine/contract/results/translation.ts';
import type { RunDetail, RunSummary } from '../../../engine/contract/runs/run.ts';
import { requireShort } from '../../../engine/words/short-texts.ts';
import { neverSeen } from '../../../engine/words/unknown-items.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { TableScroll } from '../../ui/page.tsx';
import { AlignmentTable } from './alignment.tsx';
import css from './translate.module.css';

interface TranslatedProps {
  readonly run: RunSummary | RunDetail;
  /** They write together with it. */
  readonly others?: readonly RunSummary[];
  readonly text: string;
  /** Where several stand side by side: ` of 3 names, gru`. */
  readonly about?: string;
  readonly beam?: number | undefined;
  readonly lengthPenalty?: number | undefined;
}

export function Translated({ run, others = [], text, about = '', beam, lengthPenalty }: TranslatedProps) {
  const engine = useEngine();
  const request = {
    run: run.id,
    with: others.map(({ id }) => id),
    texts: [text],
    ...(beam === undefined ? {} : { beam }),
    ...(lengthPenalty === undefined ? {} : { lengthPenalty }),
  };
  const { data, error } = useQuery({
    queryKey: ['translation', request, [run, ...others].map(weightsOf)],
    queryFn: async ({ signal }) => {
      requireShort(request.texts, LONGEST_TRANSLATED);
      return engine.translation.translate(request, { signal });
    },
    enabled: text.trim() !== '',
    placeholderData: keptOfRun(run.id),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (text.trim() === '') return null;
  if (error)
    return (
      <Box mt="sm">
        <ErrorMessage error={error} />
      </Box>
    );
  const [found] = data ?? [];
  if (!found) return <p className="muted">The text is written …</p>;
  return (
    <>
      <p className={css.written} role="status" aria-label="Written text">
        {found.text}
      </p>
      {found.unknown.length > 0 && <p className="muted">{neverSeen(found.unknown)}</p>}
      {found.alternatives.length > 1 && (
        <TableScroll label={`Texts that were pursued${about}`}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Pursued</th>
                <th scope="col" className="num">
                  Probability
                </th>
              </tr>
            </thead>
            <tbody>
              {found.alternatives.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two token sequences can be the same text
                <tr key={index}>
                  <td className={css.cellText}>{one.text}</td>
                  <td className="num">{formatNumber(100 * one.probability, 3)} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {found.alignment ? (
        <AlignmentTable alignment={found.alignment} label={`Alignment${about}`} />
      ) : (
        <p className="muted">
          Without attention the model looks nowhere: it knows of the text only the state that its encoder
          ended in.
        </p>
      )}
    </>
  );
}

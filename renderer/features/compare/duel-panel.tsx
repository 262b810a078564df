// The verdict of a duel in Compare.
import { useQuery } from '@tanstack/react-query';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';

export function DuelVerdictPanel({ study }: { readonly study: StudySummary }) {
  const engine = useEngine();
  const { data, error } = useQuery({
    queryKey: [...keys.runs, 'verdict', study.id, study.open, study.runs.length],
    queryFn: () => engine.studies.verdict({ study: study.id }),
    enabled: !study.open,
    retry: false,
  });
  return (
    <Panel title={`Verdict of s${study.id} ${study.name}`}>
      {study.open && <p className="muted">Its runs are not all done yet.</p>}
      {!study.open && !data && !error && <p className="muted">Comparing the errors of every origin …</p>}
      {error && <ErrorMessage error={error} />}
      {data && (
        <>
          {data.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <table className="plain-table" style={{ width: 'auto' }}>
            <thead>
              <tr>
                <th scope="col">Configuration</th>
                <th scope="col" className="num">
                  Mean {data.loss}
                </th>
                <th scope="col" className="num">
                  Deviation over seeds
                </th>
              </tr>
            </thead>
            <tbody>
              {data.contenders.map(({ label, mean, deviation, best }) => (
                <tr key={label}>
                  <td>{label}</td>
                  <td className="num">
                    {formatNumber(mean)}
                    {best && <span title="Better than each other one beyond chance"> ★</span>}
                  </td>
                  <td className="num">{deviation === null ? '–' : formatNumber(deviation)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">
            Over {data.seeds.length} seeds and {data.origins} origins of the test part: Diebold-Mariano of
            errors averaged over the seeds (Harvey, Holm), paired bootstrap over seeds and origins, 5 %.
          </p>
        </>
      )}
    </Panel>
  );
}

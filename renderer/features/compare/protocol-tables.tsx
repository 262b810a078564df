// Scores, one table for each protocol: scores of different protocols are never ranked together.
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { Comparison } from '../../../engine/contract/runs/run.ts';
import { keyOfStudy } from '../../../engine/words/compared.ts';
import { runLabel } from '../../../engine/words/run-label.ts';
import { BEST_RULE } from '../../../engine/words/scores/best-scores.ts';
import { comparedSkills } from '../../../engine/words/scores/skill.ts';
import { hrefOf } from '../../app/router.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ScoreHead } from '../../ui/score-head.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import classes from './compare.module.css';
import type { Compared } from './compared.ts';
import { rankedSubjects } from './ranked-rows.ts';

type Protocol = Comparison['protocols'][number];
type Row = Protocol['rows'][number];

interface Shown {
  readonly compared: readonly Compared[];
  /** Shows the runs of a study, or hides them. */
  readonly onUnfold: (key: string) => void;
}

interface ProtocolTablesProps extends Shown {
  readonly protocols: readonly Protocol[];
}

export function ProtocolTables({ protocols, ...shown }: ProtocolTablesProps) {
  return (
    <>
      {protocols.length > 1 && (
        <Note>
          These runs were scored by {protocols.length} protocols (other targets, horizon, data or metrics):
          their scores are not ranked against each other.
        </Note>
      )}
      {protocols.map((protocol) => {
        const title = titleOf(protocol, shown.compared);
        return (
          <Panel key={protocol.runs.join()} title={title}>
            <ProtocolTable protocol={protocol} title={title} {...shown} />
          </Panel>
        );
      })}
    </>
  );
}

/** `Test scores of CO2, data co2 v1, protocol 1a2b3c4d` */
function titleOf({ fingerprint, runs }: Protocol, compared: readonly Compared[]): string {
  if (fingerprint === null) return 'Not scored yet';
  const run = compared.flatMap((one) => one.runs).find(({ id }) => runs.includes(id));
  const of = run
    ? ` of ${run.targetNames ?? run.datasetName}, data ${run.datasetName} v${run.datasetVersion}`
    : '';
  return `Test scores${of}, protocol ${fingerprint.slice(0, 8)}`;
}

const named = (row: Row) => ({
  ...row,
  name: row.runId === null ? row.label : `${row.runId} ${row.label}`,
});

interface ProtocolTableProps extends Shown {
  readonly protocol: Protocol;
  readonly title: string;
}

function ProtocolTable({ protocol, title, ...shown }: ProtocolTableProps) {
  const catalogue = useCatalogue();
  const metrics = [...new Set(protocol.rows.map(({ metric }) => metric))];
  const rows = protocol.rows.filter((row) => isShown(row, shown.compared));
  const subjects = rankedSubjects([...Map.groupBy(rows, keyOf).values()], {
    metric: metrics[0] ?? '',
    compared: shown.compared,
    catalogue,
  });
  if (subjects.length === 0) {
    const runs = shown.compared.flatMap((one) => one.runs).filter(({ id }) => protocol.runs.includes(id));
    return <span className="muted">{runs.map(runLabel).join(', ')}: scores are made when a run ends.</span>;
  }
  return (
    <TableScroll label={title}>
      <table className="plain-table">
        <ScoreHead metrics={metrics} />
        <tbody>
          {subjects.map((ofSubject) => (
            <tr key={keyOf(ofSubject[0] as Row)}>
              <td>
                <Subject row={ofSubject[0] as Row} {...shown} />
              </td>
              {metrics.map((metric) => (
                <ScoreCell
                  key={metric}
                  metric={metric}
                  row={ofSubject.find((candidate) => candidate.metric === metric)}
                />
              ))}
            </tr>
          ))}
        </tbody>
        <caption className={classes.caption}>
          A bold score is {BEST_RULE}. {comparedSkills(rows.map(named), catalogue)} {protocol.remark}
        </caption>
      </table>
    </TableScroll>
  );
}

const keyOf = ({ runId, studyId, label }: Row): string => `${runId} ${studyId} ${label}`;

/** Runs of a folded study are summed up in its row. */
function isShown({ runId }: Row, compared: readonly Compared[]): boolean {
  return !compared.some(({ isUnfolded, runs }) => !isUnfolded && runs.some(({ id }) => id === runId));
}

function ScoreCell({ metric, row }: { readonly metric: string; readonly row: Row | undefined }) {
  return (
    <td className={`num ${row?.best ? classes.best : ''}`}>
      <ScoreValue metric={metric} value={row?.value} digits={5} />
      {row != null && row.deviation !== null && (
        <span className={classes.deviation}>
          {' ± '}
          <ScoreValue metric={metric} value={row.deviation} digits={2} />
        </span>
      )}
      {row?.best && <span className="visually-hidden"> (best)</span>}
    </td>
  );
}

function Subject({ row, compared, onUnfold }: Shown & { readonly row: Row }) {
  const { runId, studyId, label } = row;
  if (studyId !== null) {
    const key = keyOfStudy({ studyId, label });
    const study = compared.find((one) => one.key === key);
    return study ? <StudySubject study={study} onUnfold={onUnfold} /> : label;
  }
  const owner = compared.find(({ runs }) => runs.some(({ id }) => id === runId));
  const run = owner?.runs.find(({ id }) => id === runId);
  if (!owner || !run) return <span className="muted">{label}</span>;
  return (
    <a href={hrefOf(['runs', run.id])} className={`${classes.run} ${owner.study ? classes.member : ''}`}>
      <span className={classes.swatch} style={{ background: `var(${owner.color})` }} />
      {runLabel(run)}
    </a>
  );
}

interface StudySubjectProps extends Pick<Shown, 'onUnfold'> {
  readonly study: Compared;
}

function StudySubject({ study: { key, label, color, isUnfolded }, onUnfold }: StudySubjectProps) {
  const Icon = isUnfolded ? IconChevronDown : IconChevronRight;
  return (
    <button type="button" className={classes.study} aria-expanded={isUnfolded} onClick={() => onUnfold(key)}>
      <Icon size={14} aria-hidden />
      <span className={classes.swatch} style={{ background: `var(${color})` }} />
      {label}
    </button>
  );
}

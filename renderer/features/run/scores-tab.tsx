// Scores beside the baselines, and the charts of the task.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { looksSentence } from '../../../engine/words/scores/test-looks.ts';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { Note } from '../../ui/messages.tsx';
import { EmptyState, Panel, Scroll } from '../../ui/page.tsx';
import classes from './run-page.module.css';
import { ScoreTable } from './score-table.tsx';

type Part = 'test' | 'validation';

const PARTS = [
  { value: 'test', label: 'Test' },
  { value: 'validation', label: 'Validation' },
];

export function ScoresTab({ run }: RunTabProps) {
  const [chosen, setPart] = useState<Part>('test');
  const part = run.testHidden ? 'validation' : chosen;
  const looks = looksSentence(run.testLooks);
  const { ScoreCharts, scored } = screensOf(run.configuration.task.kind);
  if (run.scores.length === 0) {
    return (
      <EmptyState title="No scores yet">
        They are made when the run ends, with the weights of its best epoch, beside baselines that need no
        training.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Part of the data"
          data={PARTS.filter(({ value }) => value !== 'test' || !run.testHidden)}
          value={part}
          onChange={(next) => setPart(next as Part)}
        />
      </div>
      {run.testHidden && <Note calm>Test scores are shown when its study has ended or is stopped.</Note>}
      <Scroll label="Scores">
        <div className={classes.charts}>
          <Panel className={classes.wide ?? ''} title={part === 'test' ? 'Test scores' : 'Validation scores'}>
            <ScoreTable scores={run.scores.filter((score) => score.part === part)} scored={scored} />
            {part === 'test' && looks !== null && <p className="muted">{looks}</p>}
          </Panel>
          {ScoreCharts && <ScoreCharts run={run} part={part} />}
        </div>
      </Scroll>
    </>
  );
}

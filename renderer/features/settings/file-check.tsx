// Reads the whole workspace against its checksums, with its progress and a way to cancel; what can be repaired is listed and repaired here.
import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CheckResult, CheckUpdate } from '../../../engine/contract/workspace/check.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { confirm } from '../../ui/dialogs.tsx';
import { formatDuration } from '../../ui/format.ts';
import { attempt, ErrorMessage, notifyDone } from '../../ui/messages.tsx';
import { Working } from '../../ui/working.tsx';
import classes from './settings.module.css';

type Progress = Extract<CheckUpdate, { type: 'progress' }>;

export function FileCheck({ readOnly }: { readonly readOnly: boolean }) {
  const { progress, result, check, cancel, repair } = useFileCheck();
  const showsMore = progress !== null || (result?.findings.length ?? 0) > 0;
  return (
    <div className={`${classes.rows} ${showsMore ? classes.whole : ''}`}>
      {progress ? (
        <Working what={whatOf(progress)} fraction={progress.fraction} onCancel={cancel} />
      ) : (
        <Group gap="xs">
          <Button variant="default" onClick={check}>
            Check the file
          </Button>
        </Group>
      )}
      {result?.findings.map((finding) => (
        <ErrorMessage key={finding} error={new Error(finding)} />
      ))}
      {result && result.repairs.length > 0 && !readOnly && (
        <>
          <ul className={classes.recent} aria-label="Possible repairs">
            {result.repairs.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <Group gap="xs">
            <Button variant="default" onClick={repair}>
              Repair
            </Button>
          </Group>
        </>
      )}
    </div>
  );
}

function whatOf({ phase, secondsLeft }: Progress): string {
  return `Checking the ${phase}${secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`}`;
}

const BEGINNING: Progress = {
  type: 'progress',
  phase: 'structure',
  fraction: 0,
  secondsLeft: null,
  findings: 0,
};

function useFileCheck() {
  const engine = useEngine();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<CheckResult | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function check(): Promise<void> {
    const ending = new AbortController();
    running.current = ending;
    setResult(null);
    setProgress(BEGINNING);
    await attempt(async () => {
      try {
        const updates = await engine.workspace.checkUpdates(undefined, { signal: ending.signal });
        for await (const update of updates) {
          if (update.type === 'progress') setProgress(update);
          else setResult(update);
          if (update.type === 'done' && update.healthy)
            notifyDone(`The workspace is sound; read in ${formatDuration(update.seconds)}.`);
        }
      } catch (cause) {
        if (!ending.signal.aborted) throw cause;
      }
    });
    setProgress(null);
  }

  async function repair(): Promise<void> {
    const isSure = await confirm({
      title: 'Repair the workspace?',
      body: 'A copy of the workspace as it is now is kept beside it, then what is listed is done.',
      action: 'Repair',
    });
    if (!isSure) return;
    await attempt(async () => {
      const { kept, failed } = await engine.workspace.repair();
      await queries.invalidateQueries();
      const left = failed.length === 0 ? '' : ` Not possible: ${failed.join(' ')}`;
      notifyDone(kept === null ? 'Nothing was to be repaired.' : `Repaired; kept as it was: ${kept}.${left}`);
      await check();
    });
  }

  return { progress, result, check, cancel: () => running.current?.abort(), repair };
}

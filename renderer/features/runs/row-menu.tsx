// What can be done to one row of the run list: all that its keys do, for the pointer.
import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { hrefOf, navigate } from '../../app/router.ts';
import { openExport } from '../export/export-state.ts';
import { type Entry, runsOf, studyReference } from './list-entries.ts';
import { canDelete, canResume, canStop, type RunActions } from './run-actions.ts';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

interface RowMenuProps {
  readonly entry: Entry;
  readonly actions: RunActions;
  /** Runs that wait in the queue. */
  readonly queued: number;
  readonly onClose: () => void;
  readonly onUnfold: () => void;
}

export function RowMenu({ entry, actions, queued, onClose, onUnfold }: RowMenuProps) {
  return (
    // The key that opens it is still on its way when it listens, and would close it again: keys cannot be pressed outside it.
    <Menu
      opened
      onClose={onClose}
      position="bottom-end"
      returnFocus
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <button type="button" className={classes.more} aria-label="Close the actions" tabIndex={-1}>
          <IconDots size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {entry.study ? (
          <StudyItems entry={entry} actions={actions} onUnfold={onUnfold} />
        ) : (
          <RunItems run={entry.run} actions={actions} queued={queued} />
        )}
        <Menu.Divider />
        <Menu.Item
          disabled={!runsOf(entry).every(canDelete)}
          onClick={() => void actions.remove(runsOf(entry))}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface RunItemsProps extends Pick<RowMenuProps, 'actions' | 'queued'> {
  readonly run: ListedRun;
}

function RunItems({ run, actions, queued }: RunItemsProps) {
  const { queuePosition } = run;
  return (
    <>
      <Menu.Item onClick={() => navigate(hrefOf(['runs', run.id]))}>Open</Menu.Item>
      {queuePosition !== null && (
        <>
          <Menu.Item disabled={queuePosition <= 1} onClick={() => void actions.move(run, 1 - queuePosition)}>
            Train next
          </Menu.Item>
          <Menu.Item disabled={queuePosition <= 1} onClick={() => void actions.move(run, -1)}>
            Move up in the queue
          </Menu.Item>
          <Menu.Item disabled={queuePosition >= queued} onClick={() => void actions.move(run, 1)}>
            Move down in the queue
          </Menu.Item>
        </>
      )}
      {canStop(run) && <Menu.Item onClick={() => void actions.stop([run])}>Stop</Menu.Item>}
      {canResume(run) && <Menu.Item onClick={() => void actions.resume([run])}>Resume</Menu.Item>}
      <Menu.Item onClick={() => void actions.rename(run)}>Rename</Menu.Item>
      <Menu.Item onClick={() => void actions.duplicate(run)}>Run again with the next seed</Menu.Item>
      <Menu.Item onClick={() => navigate(hrefOf(['design'], { run: String(run.id) }))}>
        Design from this
      </Menu.Item>
      <Menu.Item onClick={() => openExport(run)}>Export</Menu.Item>
    </>
  );
}

function StudyItems({ entry, actions, onUnfold }: Pick<RowMenuProps, 'entry' | 'actions' | 'onUnfold'>) {
  if (!entry.study) return null;
  const { study, members } = entry.study;
  return (
    <>
      {study.searches && (
        <Menu.Item onClick={() => navigate(hrefOf(['runs', studyReference(study)]))}>
          Open the sweep
        </Menu.Item>
      )}
      <Menu.Item onClick={onUnfold}>Show or hide its runs</Menu.Item>
      <Menu.Item
        disabled={members.length < 2}
        onClick={() => navigate(hrefOf(['compare'], { runs: studyReference(study) }))}
      >
        Compare its runs
      </Menu.Item>
      {members.some(canStop) && <Menu.Item onClick={() => void actions.stopStudy(study)}>Stop all</Menu.Item>}
      {members.some(canResume) && (
        <Menu.Item onClick={() => void actions.resumeStudy(study)}>Resume all</Menu.Item>
      )}
      <Menu.Item onClick={() => void actions.renameStudy(study)}>Rename</Menu.Item>
    </>
  );
}

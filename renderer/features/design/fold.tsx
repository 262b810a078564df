// A part of the form that is folded until it is wanted: its head says what is changed in it, and how many problems it holds.
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { usePreference } from '../../app/preferences.ts';
import classes from './design.module.css';
import { useDraft } from './draft-context.tsx';
import { fieldLabel } from './field-texts.ts';
import { FOLD_TITLES, type FoldId, foldOf, openFolds, setOpenFolds } from './folds.ts';

interface FoldProps {
  readonly id: FoldId;
  /** What it says while nothing in it is changed. */
  readonly summary: string;
  readonly children: ReactNode;
}

export function Fold({ id, summary, children }: FoldProps) {
  const [text] = usePreference('designFolds');
  const { check, changed } = useDraft();
  const open = openFolds(text);
  const isOpen = open.includes(id);
  const problems = check?.issues.filter(({ field }) => foldOf(field) === id).length ?? 0;
  // Before the first check, the values that the draft leaves out are unknown.
  const isKnown = check !== undefined;
  const changes = changed.filter((path) => foldOf(path) === id);
  const toggle = () => setOpenFolds(isOpen ? open.filter((other) => other !== id) : [...open, id]);
  return (
    <section className={classes.fold}>
      <h3 className={classes.foldHead}>
        <button
          type="button"
          id={`fold-${id}`}
          className={classes.foldButton}
          aria-expanded={isOpen}
          aria-controls={`fold-${id}-fields`}
          onClick={toggle}
        >
          <IconChevronRight size={15} aria-hidden className={classes.chevron} />
          <span className={classes.foldTitle}>{FOLD_TITLES[id]}</span>
          <span className={`${classes.foldSummary} ellipsis`}>
            {changes.length > 0 ? <Changes paths={changes} /> : isKnown && summary}
          </span>
          {problems > 0 && (
            <span className={classes.problems}>
              {problems === 1 ? '1 problem to fix' : `${problems} problems to fix`}
            </span>
          )}
        </button>
      </h3>
      <div id={`fold-${id}-fields`} hidden={!isOpen} className={classes.foldBody}>
        {isOpen && children}
      </div>
    </section>
  );
}

const MOST_NAMED = 3;

function Changes({ paths }: { readonly paths: readonly string[] }) {
  const labels = [...new Set(paths.map((path) => fieldLabel(path) ?? path))];
  const more = labels.length - MOST_NAMED;
  return (
    <>
      <b className={classes.changedWord}>Changed:</b> {labels.slice(0, MOST_NAMED).join(', ')}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

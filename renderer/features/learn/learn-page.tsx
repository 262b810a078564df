// The screen Learn: the labs, and one of them where the address names it.
import { useQuery } from '@tanstack/react-query';
import { LAB_NAMES, LabNameSchema } from '../../../engine/contract/labs.ts';
import { LAB_WORDS } from '../../../engine/words/labs/registry.ts';
import { hrefOf } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { EmptyState, Page, Scroll } from '../../ui/page.tsx';
import { LabPage } from './lab-page.tsx';
import { labResultsQuery } from './lab-queries.ts';
import { useLabRun } from './lab-run.ts';
import classes from './learn.module.css';

export function LearnPage({ name }: { readonly name: string }) {
  if (name === '') return <LabList />;
  const lab = LabNameSchema.safeParse(name);
  return lab.success ? (
    <LabPage key={name} lab={lab.data} />
  ) : (
    <EmptyState title="There is no such lab">
      The address names a lab that Hindcast does not have. Choose Learn at the left.
    </EmptyState>
  );
}

function LabList() {
  const { data: results = [] } = useQuery(labResultsQuery(useEngine()));
  const running = useLabRun();
  return (
    <Page title="Learn" subtitle="Guess first, then measure; each lab takes less than a minute">
      <Scroll label="Labs" takesFocus>
        <ul className={classes.labs}>
          {LAB_NAMES.map((name, index) => {
            const { title, summary } = LAB_WORDS[name];
            const latest = results.find(({ lab }) => lab === name);
            const isRunning = running?.lab === name && running.isRunning;
            return (
              <li key={name}>
                <a className={classes.lab} href={hrefOf(['learn', name])}>
                  <span className={classes.labTitle}>
                    {index + 1}. {title}
                  </span>
                  <span className={classes.labText}>{summary}</span>
                  <span className={classes.measured}>
                    {isRunning ? 'Running now' : (latest?.sentence ?? 'Not measured yet')}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      </Scroll>
    </Page>
  );
}

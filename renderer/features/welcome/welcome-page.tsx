// The welcome screen of an empty workspace: what to do first, and sample data to begin with.
import { Button } from '@mantine/core';
import { BrandMark } from '../../app/brand-mark.tsx';
import { usePreference } from '../../app/preferences.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { openImport } from '../data/import-state.ts';
import { SampleList } from '../data/samples.tsx';
import classes from './welcome.module.css';

export function WelcomePage() {
  const [, setWelcomed] = usePreference('welcomed');
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <BrandMark size={40} />
        <h1 className={classes.title}>Forecast what you already know</h1>
        <p className={classes.lead}>
          Hindcast trains models on your series, texts, images and recordings, shows why they learn or fail,
          and tests them on what they have not seen.
        </p>
        <ol className={classes.steps}>
          <li>
            <strong>Data.</strong> Import a table, a text or a folder, or take sample data.
          </li>
          <li>
            <strong>Design.</strong> Say what to predict, from what, and with which model.
          </li>
          <li>
            <strong>Runs.</strong> Watch it train, then see where it is right and where it is wrong.
          </li>
        </ol>
        <h2 className={classes.heading}>Begin with sample data</h2>
        <SampleList onChoose={(name) => openImport({ kind: 'sample', name })} />
        <h2 className={classes.heading}>Or with your own</h2>
        <div className={classes.own}>
          <Button onClick={() => openImport()}>Import a file</Button>
          <Button variant="default" onClick={() => openImport()}>
            More sample data
          </Button>
          <span className="muted">or drop a file or a folder on this window</span>
          <Button
            variant="subtle"
            ml="auto"
            onClick={() => {
              setWelcomed(true);
              navigate(hrefOf(['runs']));
            }}
          >
            Not now
          </Button>
        </div>
      </div>
    </div>
  );
}

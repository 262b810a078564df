// Licences: Hindcast's own and those of what ships with it, as the build has put them together (licences/build.ts).
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll } from '../../ui/page.tsx';
import classes from './settings.module.css';

export function LicencesPanel() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel title="Licences">
      <div className={classes.row}>
        <span>Hindcast is free software under the MIT License.</span>
        <Button variant="default" onClick={() => setIsOpen(true)}>
          Show licences
        </Button>
      </div>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Licences" size="xl">
        <LicenceTexts />
      </Modal>
    </Panel>
  );
}

function LicenceTexts() {
  const { data, error } = useQuery({ queryKey: ['licences'], queryFn: readLicences, staleTime: Infinity });
  if (error) return <ErrorMessage error={error} />;
  return (
    <Scroll label="Texts of the licences" className={classes.licences ?? ''}>
      <pre>{data}</pre>
    </Scroll>
  );
}

/** A file of the page itself, in window and browser. */
async function readLicences(): Promise<string> {
  const response = await fetch('/licences.json');
  // What the build wrote.
  if (response.ok) return ((await response.json()) as { readonly text: string }).text;
  throw new HindcastError(
    'file-missing',
    'The licence texts are missing; build Hindcast with `npm run build`, or see `hindcast licences`.',
  );
}

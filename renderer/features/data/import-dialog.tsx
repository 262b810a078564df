// The import dialog: choose a file, look at the findings, change how it is read, import with progress.
import { Button, Group, Modal } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { VIDEO_ENDINGS } from '../../../engine/contract/datasets/video-file.ts';
import { useShell } from '../../app/shell-context.tsx';
import { formatBytes, plural } from '../../ui/format.ts';
import { attempt } from '../../ui/messages.tsx';
import { ProgressBar } from '../../ui/run-state.tsx';
import { AddPackage } from './add-package.tsx';
import classes from './data.module.css';
import { ImportPreviewForm } from './import-preview.tsx';
import {
  closeImport,
  type ImportDraft,
  openImport,
  openImportOf,
  openRecorder,
  openVideos,
  type Subject,
  TABLES,
  useImportDraft,
} from './import-state.ts';
import { type ChosenPackage, PackageList } from './package-list.tsx';
import { beginRecordings } from './recorder/recorded.ts';
import { RecorderDialog } from './recorder/recorder-dialog.tsx';
import { SampleList } from './samples.tsx';
import { videosAmong } from './videos/dropped-videos.ts';
import { VideoReading } from './videos/video-reading.tsx';
import type { VideoFile } from './videos/video-subject.ts';

export function ImportDialog() {
  const draft = useImportDraft();
  return (
    <Modal
      opened={draft !== null}
      onClose={closeImport}
      title={draft ? titleOfDraft(draft) : ''}
      size={draft?.subject ? 860 : draft?.videos || draft?.isRecorder ? 680 : 600}
      closeOnClickOutside={!draft?.importing}
    >
      {draft?.uploading != null && <Uploading fraction={draft.uploading} />}
      {draft && isChoosing(draft) && <Choose />}
      {draft?.isRecorder && <RecorderDialog />}
      {draft?.videos && <VideoReading key={draft.number} videos={draft.videos} />}
      {draft?.subject && <ImportPreviewForm key={draft.number} subject={draft.subject} />}
    </Modal>
  );
}

const isChoosing = ({ uploading, subject, videos, isRecorder }: ImportDraft): boolean =>
  uploading === null && !subject && !videos && !isRecorder;

function titleOfDraft({ subject, videos, isRecorder }: ImportDraft): string {
  if (subject) return titleOf(subject);
  if (videos) return titleOfVideos(videos);
  return isRecorder ? 'Record samples' : 'Import a file';
}

function titleOf(subject: Subject): string {
  if (subject.kind === 'again') return `Recipe of ${subject.name}`;
  if (subject.kind === 'sample') return `Import ${subject.name}`;
  const more = subject.more?.length ?? 0;
  const others = more === 0 ? '' : ` and ${plural(more, 'more file')}`;
  return `Import ${subject.file.name} (${formatBytes(subject.file.bytes)})${others}`;
}

const titleOfVideos = (videos: readonly VideoFile[]): string =>
  videos.length === 1 ? `Frames of ${videos[0]!.path}` : `Frames of ${plural(videos.length, 'video')}`;

function Uploading({ fraction }: { readonly fraction: number }) {
  return (
    <div className={classes.stack}>
      <span>Sending the file to the engine, {Math.round(fraction * 100)} %</span>
      <ProgressBar fraction={fraction} label="Upload" />
    </div>
  );
}

function Choose() {
  const shell = useShell();
  const [added, setAdded] = useState<ChosenPackage | null>(null);
  if (added) return <AddPackage {...added} onBack={() => setAdded(null)} />;
  const pick = () =>
    attempt(() =>
      openImportOf((options) => shell.pickFile({ title: 'Import a table', filters: TABLES, ...options })),
    );
  const pickFolder = () =>
    attempt(async () => {
      const folder = await shell.pickWholeFolder();
      const videos = folder && videosAmong(folder.files);
      if (videos) openVideos(videos);
      else if (folder) await openImportOf((options) => folder.handOver(options));
    });
  const pickVideos = () =>
    attempt(async () =>
      openVideos((await shell.pickFiles(VIDEO_ENDINGS)).map((file) => ({ path: file.name, file }))),
    );
  return (
    <div className={classes.stack}>
      <div className={classes.drop}>
        <IconFileImport size={30} stroke={1.3} aria-hidden />
        <span>
          Drop a file, several files of one table, videos, or a folder with a sub-folder for each class,
          anywhere on this window
        </span>
        <Group gap="xs" justify="center">
          <Button onClick={pick} data-autofocus>
            Choose a file
          </Button>
          <Button
            variant="default"
            onClick={pickFolder}
            title="Samples or videos in a sub-folder for each class, or images with a table of their captions"
          >
            Choose a folder
          </Button>
          <Button variant="default" onClick={pickVideos}>
            Choose videos
          </Button>
          <Button
            variant="default"
            onClick={() => {
              beginRecordings(null);
              openRecorder();
            }}
          >
            Record samples
          </Button>
        </Group>
      </div>
      <h3 className={classes.heading}>Or take sample data</h3>
      <SampleList onChoose={(name) => openImport({ kind: 'sample', name })} />
      <PackageList onChoose={setAdded} />
    </div>
  );
}

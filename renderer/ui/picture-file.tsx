// A button that takes a picture of the user's disk, small enough for a call.
import { Button, FileButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { MOST_WAVE_CHARACTERS } from '../../engine/contract/results/classify-result.ts';
import { base64OfBytes } from '../../engine/contract/values/base64.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';

const MOST_BYTES = Math.floor((3 * MOST_WAVE_CHARACTERS) / 4);

export function PictureFile({ onChoose }: { readonly onChoose: (file: File) => void }) {
  return (
    <FileButton accept="image/png,image/jpeg,image/gif" onChange={(file) => file && onChoose(file)}>
      {(props) => (
        <Button {...props} variant="default" leftSection={<IconPhoto size={15} aria-hidden />}>
          Choose a picture
        </Button>
      )}
    </FileButton>
  );
}

/** Its bytes in base64. @throws HindcastError `invalid-input` where it is too large for a call */
export async function contentOfPicture(file: File): Promise<string> {
  if (file.size > MOST_BYTES) {
    const message = 'The picture is larger than 11 MB; choose a smaller one, or reduce it.';
    throw new HindcastError('invalid-input', message);
  }
  return base64OfBytes(new Uint8Array(await file.arrayBuffer()));
}

// Every sample data that can be added from npm's registry, in the order of lists. To add one: its file and a line here.
import { emoji } from './emoji.ts';
import { firstNames } from './first-names.ts';
import { languages } from './languages.ts';
import { mails } from './mails.ts';
import type { SamplePackage } from './sample-package.ts';

export const SAMPLE_PACKAGES: readonly SamplePackage[] = [mails, firstNames, languages, emoji];

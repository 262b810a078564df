// The verb that checks the installation.
import { type Define, examples } from './common.ts';

export const defineDoctorVerb: Define = (program, choose) => {
  program.commandsGroup('Installation:');
  const doctor = program
    .command('doctor')
    .summary('check the installation, the workspace and the backends')
    .description(
      'Shows versions, the workspace and its disk use, and which backends can be used, why not the others, and the command that installs them.',
    )
    .action(() => choose(async (context) => (await import('../verbs/doctor.ts')).doctor(context)));
  examples(doctor, 'hindcast doctor');
};

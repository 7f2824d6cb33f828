import { CommanderError } from 'commander';
import { Fault } from '../fault.js';
import { createProgram } from './program.js';
import { describeFault } from './fault-text.js';

// A reader that closes the pipe early (`dateline extract page.html | head`) ends the program without a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // commander has printed its own words; help and version are no failures.
    process.exitCode = error.exitCode;
  } else if (error instanceof Fault) {
    process.stderr.write(describeFault(error));
    process.exitCode = error.consequence === 'misconfigured' ? 2 : 1;
  } else {
    throw error;
  }
}

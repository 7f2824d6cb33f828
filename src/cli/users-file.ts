import { resolve } from 'node:path';
import type { Settings } from '../config/index.js';

/** Where the settings say that the users lie. */
export const usersFile = ({ dataDir, console }: Settings): string => resolve(dataDir, console.users);

import { bundledAgencies } from '../dateline/index.js';
import { bareLetters } from './headline.js';

let names: ReadonlySet<string> | undefined;
const agencies = (): ReadonlySet<string> => (names ??= new Set(bundledAgencies().flatMap((agency) => agency.names).map(bareLetters)));

/** What stands before or after an agency's name where it signs: "The Associated Press", "Reuters Staff". */
const AROUND = /^the\s+|\s+(?:staff|team|desk|newsroom|reporters?|correspondents?|news agency)$/giu;

/** Whether a name is a news agency's and no person's. */
export const isAgency = (name: string): boolean => agencies().has(bareLetters(name)) || agencies().has(bareLetters(name.replace(AROUND, '')));

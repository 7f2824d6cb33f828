/** The forms of times that machines write. */
import { fullYear, type Reading } from './time-reading.js';
import { zoneOffset } from './time-zones.js';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\s?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,12})?)?\s?(Z|[+-]\d{1,2}:?\d{2})?)?$/i;
const MAIL = /^(?:[A-Z]{3,9},?\s?)?(\d{1,2})[\s-](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[\s-](\d{4}|\d{2})\s(\d{1,2}):(\d{2})(?::(\d{2}))?\s([A-Z]{1,4}|[+-]\d{4}|[+-]\d{2}:\d{2})$/i;
const MAIL_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The two forms nearly all feeds use: W3CDTF and RFC 5322. */
export function usualForm(text: string): Reading | null {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const offset = iso[7] === undefined ? null : zoneOffset(iso[7]);
    if (iso[7] !== undefined && offset === null) return null;
    return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), hour: Number(iso[4] ?? 0), minute: Number(iso[5] ?? 0), second: Number(iso[6] ?? 0), offset, dayOnly: iso[4] === undefined };
  }
  const mail = MAIL.exec(text);
  const offset = mail === null ? null : zoneOffset(mail[7] ?? '');
  if (mail === null || offset === null) return null;
  const year = mail[3] ?? '';
  return {
    year: fullYear(Number(year), year.length), month: MAIL_MONTHS.indexOf((mail[2] ?? '').toLowerCase()) + 1, day: Number(mail[1]),
    hour: Number(mail[4]), minute: Number(mail[5]), second: Number(mail[6] ?? 0), offset,
  };
}

/** Figures alone: the basic and truncated forms of ISO 8601:1988, and seconds or milliseconds since 1970. */
export function figuresOnly(text: string): Reading | number | null {
  const none = { hour: 0, minute: 0, second: 0, offset: null, dayOnly: true };
  const basic = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (basic !== null && !/^\d{10}$|^\d{13}$/.test(text)) {
    const offset = basic[7] === undefined ? null : zoneOffset(basic[7]);
    return { year: Number(basic[1]), month: Number(basic[2]), day: Number(basic[3]), hour: Number(basic[4] ?? 0), minute: Number(basic[5] ?? 0), second: Number(basic[6] ?? 0), offset, dayOnly: basic[4] === undefined };
  }
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  let match = /^(\d{4})(?:-(\d{1,2}))?$/.exec(text);
  if (match !== null) return { year: Number(match[1]), month: Number(match[2] ?? 1), day: 1, ...none };
  match = /^(\d{4})-?(\d{3})$/.exec(text) ?? /^(\d{2})-?(\d{3})$/.exec(text);
  if (match !== null) return ordinalDay(fullYear(Number(match[1]), (match[1] ?? '').length), Number(match[2]));
  match = /^(\d{2})-?(\d{2})-?(\d{2})$/.exec(text);
  // six figures that could also be year and month say too little
  if (match !== null && !/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$/.test(text)) return { year: fullYear(Number(match[1]), 2), month: Number(match[2]), day: Number(match[3]), ...none };
  match = /^-(\d{2})-?(\d{2})$/.exec(text);
  return match === null ? null : { year: fullYear(Number(match[1]), 2), month: Number(match[2]), day: 1, ...none };
}

function ordinalDay(year: number, ordinal: number): Reading | null {
  const date = new Date(Date.UTC(year, 0, ordinal));
  if (ordinal < 1 || date.getUTCFullYear() !== year) return null;
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: 0, minute: 0, second: 0, offset: null, dayOnly: true };
}

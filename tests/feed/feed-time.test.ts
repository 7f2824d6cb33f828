import { describe, expect, it } from 'vitest';
import { CALENDAR_LANGUAGES, fold, isFiller, isWeekday, monthOf } from '../../src/feed/calendar-words.js';
import { readTime } from '../../src/feed/feed-time.js';
import { zoneOffset } from '../../src/feed/time-zones.js';
import { MILITARY_ZONES, ZONE_OFFSETS } from '../../src/feed/zone-names.js';

const NINE = '2024-06-04T09:05:07Z';

describe('forms', () => {
  it.each([
    // W3CDTF and ISO 8601
    ['2024-06-04T09:05:07Z', NINE], ['2024-06-04T11:05:07+02:00', NINE], ['2024-06-04T11:05:07+0200', NINE], ['2024-06-04 09:05:07', NINE], ['2024-06-04T09:05:07.123456789Z', NINE],
    ['2024-06-04t09:05z', '2024-06-04T09:05:00Z'], ['20240604T090507Z', NINE], ['20240604T110507+0200', NINE], ['20240604', '2024-06-04T00:00:00Z'], ['2024-06', '2024-06-01T00:00:00Z'], ['2024', '2024-01-01T00:00:00Z'],
    ['2024-156', '2024-06-04T00:00:00Z'], ['24156', '2024-06-04T00:00:00Z'], ['-24-06', '2024-06-01T00:00:00Z'], ['2024-06-04T09:05:07 Europe/Berlin', '2024-06-04T07:05:07Z'],
    // RFC 822 and 5322, and what became of them
    ['Tue, 04 Jun 2024 09:05:07 GMT', NINE], ['Tue, 4 Jun 24 09:05:07 +0000', NINE], ['4 Jun 2024 09:05 UT', '2024-06-04T09:05:00Z'], ['Tue,04 Jun 2024 9:5:7 GMT', NINE], ['Tue, 04 June 2024 05:05:07 EDT', NINE],
    ['Tue, 04 Jun 2024 18:05:07 GMT+9', NINE], ['Tue, 04 Jun 2024 11:05:07 +0200 (CEST)', NINE], ['Tue (day), 04 Jun (month) 2024 09:05:07 GMT', NINE], ['Mon, 04 Jun 2024 09:05:07 GMT', NINE], ['04-Jun-2024 09:05:07 GMT', NINE],
    ['Tue Jun  4 09:05:07 2024', NINE], ['Tue Jun 4 05:05:07 EDT 2024', NINE], ['Tue, 04 Jun 2024 24:00:00 GMT', '2024-06-05T00:00:00Z'],
    // figures
    ['1717491907', NINE], ['1717491907000', NINE], ['4.6.2024 9.05', '2024-06-04T09:05:00Z'], ['04. 06. 24, 09:05:07', NINE], ['2024/6/4 09:05:07', NINE], ['2024.06.04 09:05:07', NINE], ['16/06/2024', '2024-06-16T00:00:00Z'], ['6/16/2024 2:02 PM', '2024-06-16T14:02:00Z'],
    // prose
    ['June 4, 2024 at 9:05 a.m.', '2024-06-04T09:05:00Z'], ['4th June 2024', '2024-06-04T00:00:00Z'], ['June 4, 2024 at noon', '2024-06-04T12:00:00Z'], ['5 pm, 4 June 2024', '2024-06-04T17:00:00Z'], ['12:05am Jun 4, 2024', '2024-06-04T00:05:00Z'],
    ['Dienstag, am 4. Juni 2024 um 9:05 Uhr', '2024-06-04T09:05:00Z'], ['mardi 4 juin 2024 à 9h05', '2024-06-04T09:05:00Z'], ['4 de junio de 2024 9:05', '2024-06-04T09:05:00Z'], ['4 червня 2024 року о 09:05', '2024-06-04T09:05:00Z'], ['٤ يونيو ٢٠٢٤ ٠٩:٠٥', '2024-06-04T09:05:00Z'],
    ['१७ अक्टूबर २०१८', '2018-10-17T00:00:00Z'], ['Ngày 4 tháng 6 năm 2024', '2024-06-04T00:00:00Z'], ['4 มิถุนายน 2024', '2024-06-04T00:00:00Z'], ['\u200E4 Jun 2024\u200F', '2024-06-04T00:00:00Z'],
  ])('reads %s', (raw, iso) => expect(readTime(raw)).toBe(iso));

  it.each([
    ['2024年6月4日 18:05:07', 'zh', '2024-06-04T10:05:07Z'], ['2024年6月4日 18時05分', 'ja', '2024-06-04T09:05:00Z'], ['2024년 6월 4일 오후 6:05', 'ko', '2024-06-04T09:05:00Z'], ['2024年6月4日', 'ja', '2024-06-04T00:00:00Z'],
  ])('reads %s in the zone its script is written in', (raw, language, iso) => expect(readTime(raw, { language })).toBe(iso));

  it.each([
    '', '   ', 'yesterday', 'June', '4 June', '09:05', '2024-13-01', '2024-02-30', '31 Feb 2024', 'Wed, 31 Feb 2024 09:05:07 GMT', '0000-00-00 00:00:00', 'Tue, 04 Jun 2024 1:2:3:4 GMT', 'Tue, 04 Jun 2024 25:00 GMT',
    'Tue, Jun x 2024 09:05 GMT', 'Tue, 04 Jun zz 09:05 GMT', 'Tue, 04 Jun 2024 09:05:07 +zz:00', '2024-06-04T09:xx:00Z', '9999-12-31T23:59:59-99:99', '2024-06-04-07', '4 June 2024 or later', 'page 4 of 2024', '202406', '4/6/24/7', '1 jan '.repeat(5000),
  ])('gives null for %.40j', (raw) => expect(readTime(raw)).toBeNull());

  it.each([
    ['04/06/2024', undefined, null], ['04/06/2024', 'en', null], ['04/06/2024', 'en-US', '2024-04-06'], ['04/06/2024', 'en-GB', '2024-06-04'], ['04/06/2024', 'fr', '2024-06-04'], ['04/06/2024', 'no such tag', null],
    ['5 lis 2024', undefined, null], ['5 lis 2024', 'pl', '2024-11-05'], ['5 lis 2024', 'hr', '2024-10-05'], ['mar, 19 mar 2024', 'es', '2024-03-19'],
  ])('reads %s by the language %s', (raw, language, day) => expect(readTime(raw, { language })?.slice(0, 10) ?? null).toBe(day));

  it.each([
    ['2024-06-04 11:05:07', 'Europe/Berlin', NINE], ['2024-01-04 10:05:07', 'Europe/Berlin', '2024-01-04T09:05:07Z'], ['2024-06-04 14:35:07', 'Asia/Kolkata', NINE], ['2024-06-04T09:05:07Z', 'Asia/Tokyo', NINE],
    ['2024-06-04', 'Asia/Tokyo', '2024-06-04T00:00:00Z'], ['2024-03-31 01:30:00', 'Europe/Berlin', '2024-03-31T00:30:00Z'], ['2024-03-31 03:30:00', 'Europe/Berlin', '2024-03-31T01:30:00Z'], ['2024-06-04 09:05:07', 'No/Where', null],
  ])('reads %s in %s', (raw, timeZone, iso) => expect(readTime(raw, { timeZone })).toBe(iso));
});

describe('zones', () => {
  it.each(Object.entries(ZONE_OFFSETS))('%s is one that exists', (name, minutes) => {
    expect(Math.abs(minutes) % 15).toBe(0);
    expect(Math.abs(minutes)).toBeLessThanOrEqual(14 * 60);
    expect(zoneOffset(name.toUpperCase())).toBe(minutes);
    expect(name).toMatch(/^[a-z/]+$/);
  });

  // names that a zone of the IANA database bears at some time of the year, checked against Intl
  it.each([
    ['EST', 'America/New_York', 1], ['EDT', 'America/New_York', 7], ['CST', 'America/Chicago', 1], ['CDT', 'America/Chicago', 7], ['MST', 'America/Denver', 1], ['PDT', 'America/Los_Angeles', 7], ['AKST', 'America/Anchorage', 1], ['HST', 'Pacific/Honolulu', 1],
    ['NST', 'America/St_Johns', 1], ['AST', 'America/Halifax', 1], ['BST', 'Europe/London', 7], ['CET', 'Europe/Paris', 1], ['CEST', 'Europe/Paris', 7], ['MESZ', 'Europe/Berlin', 7], ['EET', 'Europe/Athens', 1], ['EEST', 'Europe/Athens', 7], ['WEST', 'Europe/Lisbon', 7], ['MSK', 'Europe/Moscow', 1],
    ['IST', 'Asia/Kolkata', 1], ['NPT', 'Asia/Kathmandu', 1], ['MMT', 'Asia/Yangon', 1], ['PKT', 'Asia/Karachi', 1], ['AFT', 'Asia/Kabul', 1], ['IRST', 'Asia/Tehran', 1], ['ICT', 'Asia/Bangkok', 1], ['WIB', 'Asia/Jakarta', 1], ['WITA', 'Asia/Makassar', 1], ['WIT', 'Asia/Jayapura', 1],
    ['HKT', 'Asia/Hong_Kong', 1], ['SGT', 'Asia/Singapore', 1], ['PHT', 'Asia/Manila', 1], ['JST', 'Asia/Tokyo', 1], ['KST', 'Asia/Seoul', 1], ['AWST', 'Australia/Perth', 1], ['ACST', 'Australia/Darwin', 1], ['AEDT', 'Australia/Sydney', 1], ['AEST', 'Australia/Sydney', 7], ['NZDT', 'Pacific/Auckland', 1],
    ['SAST', 'Africa/Johannesburg', 1], ['EAT', 'Africa/Nairobi', 1], ['CAT', 'Africa/Harare', 1], ['WAT', 'Africa/Lagos', 1], ['BRT', 'America/Sao_Paulo', 1], ['ART', 'America/Argentina/Buenos_Aires', 1], ['COT', 'America/Bogota', 1], ['PET', 'America/Lima', 1], ['BOT', 'America/La_Paz', 1], ['CLST', 'America/Santiago', 1],
  ])('%s is what %s keeps in month %i', (name, timeZone, month) => {
    const day = `2024-0${month}-15`;
    expect(readTime(`${day} 12:00:00 ${name}`)).toBe(readTime(`${day} 12:00:00`, { timeZone }));
  });

  it('takes the single letters for UTC, as RFC 5322 does', () => {
    for (const letter of MILITARY_ZONES) expect(zoneOffset(letter)).toBe(0);
    expect(zoneOffset('J')).toBeNull();
  });

  it.each([['+0530', 330], ['-03:30', -210], ['GMT+8', 480], ['UTC-3', -180], ['-0000', 0], ['+1600', null], ['+0099', null], ['XYZ', null], ['toString', null]])('reads %s', (zone, minutes) => expect(zoneOffset(zone)).toBe(minutes));
});

describe('calendar words', () => {
  // every language's own long names, inflected as in a date, must lead back to their month when the language is known
  it.each(CALENDAR_LANGUAGES)('%s: twelve months', (language) => {
    const numbered = /^[\d月월\s]+$/;
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { day: 'numeric', month: 'long', timeZone: 'UTC' });
    for (let month = 1; month <= 12; month++) {
      const name = fold(format.formatToParts(Date.UTC(2024, month - 1, 15)).find(({ type }) => type === 'month')?.value.replace(/^(?:de |d[’'])/, '') ?? '');
      expect([month, name, numbered.test(name) ? month : monthOf(name, language)]).toEqual([month, name, month]);
    }
  });

  it('knows days of the week, and words that mean nothing', () => {
    for (const day of ['tue', 'tuesday', 'вт', 'срд', 'maandag', 'κυρ', 'sáb'].map(fold)) expect([day, isWeekday(day)]).toEqual([day, true]);
    for (const word of ['de', 'г', 'року', 'klo', 'वर्ष'].map(fold)) expect([word, isFiller(word)]).toEqual([word, true]);
    expect(isWeekday('june')).toBe(false);
  });
});

describe('hostile times', () => {
  it.each(['1'.repeat(200), '-'.repeat(200), '1/'.repeat(100), 'a '.repeat(100), '('.repeat(200), '1:'.repeat(100), 'jan '.repeat(50), '\u{E001}1.23'.repeat(20), '٣'.repeat(150)])('%.20j', (raw) => {
    expect(readTime(raw)).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { allows, isAllowed, MAX_ROBOTS_BYTES, parseRobots, rulesFor } from '../../src/fetch/robots.js';

const SITE = 'https://wire.example';
const may = (lines: readonly string[], path: string, agent = 'Dateline') => isAllowed(lines.join('\n'), agent, SITE + path);

describe('groups', () => {
  const robots = ['User-agent: Dateline', 'User-agent: OtherBot', 'Disallow: /a', '', 'User-agent: *', 'Disallow: /b', '', 'user-agent: DATELINE/2.0', 'Disallow: /c'];
  test.each([['/a', false], ['/b', true], ['/c', false], ['/d', true]])('every group that names the agent counts, and no other: %s', (path, allowed) => {
    expect(may(robots, path)).toBe(allowed);
  });
  test('the group for everyone is for those nobody names', () => {
    expect(may(robots, '/b', 'Third')).toBe(false);
    expect(may(robots, '/a', 'Third')).toBe(true);
    expect(may(['User-agent: * # all', 'Disallow: /'], '/x')).toBe(false);
    expect(may(['User-agent: *.bot', 'Disallow: /'], '/x')).toBe(true);
  });
  test('a named group without rules allows everything', () => {
    expect(may(['User-agent: *', 'Disallow: /', 'User-agent: Dateline', 'Disallow:'], '/x')).toBe(true);
  });
  test('rules before any group, and other lines between agents, change nothing', () => {
    expect(may(['Disallow: /', 'User-agent: Dateline', 'Sitemap: /s.xml', 'Unknown: 1', 'User-agent: Other', 'Disallow: /a'], '/b')).toBe(true);
    expect(may(['Disallow: /', 'User-agent: Dateline', 'Sitemap: /s.xml', 'Unknown: 1', 'User-agent: Other', 'Disallow: /a'], '/a')).toBe(false);
  });
  test('a product token ends at the first character that belongs to none', () => {
    for (const name of ['Dateline', 'dateline', 'Dateline/1.0', 'Dateline (news)', 'Dateline *']) expect(may([`User-agent: ${name}`, 'Disallow: /'], '/x')).toBe(false);
    expect(may(['User-agent: Datelines', 'Disallow: /'], '/x')).toBe(true);
    expect(may(['User-agent: Date', 'Disallow: /'], '/x')).toBe(true);
  });
});

describe('patterns', () => {
  test.each([
    ['/fish', '/fish.html', true], ['/fish', '/Fish', false], ['/fish*', '/fish', true], ['/fish/', '/fish', false], ['/*.php', '/a/b.php?x', true],
    ['/*.php', '/b.ph', false], ['/*.php$', '/b.php', true], ['/*.php$', '/b.php?x', false], ['/a*b*c', '/a--b--c--', true], ['/a*b*c', '/acb', false],
    ['/a*b$', '/ab-b', true], ['/ab*b$', '/ab', false], ['/a$b', '/a$b', true], ['/a$', '/a', true], ['/a$', '/a/', false], ['*', '/anything', true], ['$', '/', false], ['/$', '/', true],
    ['/**/x', '/a/x', true], ['/?id=1', '/?id=12', true], ['/ツ', '/%E3%83%84', true], ['/%e3%83%84', '/%E3%83%84', true], ['/à', '/%C3%A0', true],
    ['/%62ar', '/bar', false], ['/a b', '/a%20b', false],
  ])('%s fits %s: %s', (pattern, path, fits) => {
    expect(may(['User-agent: *', `Disallow: ${pattern}`], path)).toBe(!fits);
  });
  test('the longest one decides, and allows among equals', () => {
    const robots = ['User-agent: *', 'Disallow: /wire', 'Allow: /wire/open', 'Disallow: /wire/open/*.pdf', 'Allow: /same', 'Disallow: /same'];
    expect([may(robots, '/wire/x'), may(robots, '/wire/open/x'), may(robots, '/wire/open/x.pdf'), may(robots, '/same')]).toEqual([false, true, false, true]);
  });
  test('an allowed index page opens its folder', () => {
    const robots = ['User-agent: *', 'Disallow: /', 'Allow: /news/index.html'];
    expect([may(robots, '/news/'), may(robots, '/news/index.html'), may(robots, '/news/x')]).toEqual([true, true, false]);
  });
});

describe('lines', () => {
  test.each([
    ['any case', 'USER-AGENT: *\nDISALLOW: /'], ['blanks', ' user-agent :\t* \n\tdisallow  : / '], ['no colons', 'user-agent *\ndisallow /'],
    ['misspelt', 'useragent: *\ndissallow: /'], ['carriage returns', 'user-agent: *\rdisallow: /'], ['both', 'user-agent: *\r\ndisallow: /\r\n'],
    ['comments', '# robots\nuser-agent: * # all\ndisallow: / # everything'], ['a byte order mark', '\uFEFFuser-agent: *\ndisallow: /'],
  ])('are read with %s', (_, robots) => {
    expect(isAllowed(robots, 'Dateline', `${SITE}/x`)).toBe(false);
  });
  test('a line of three words without a colon says nothing', () => {
    expect(isAllowed('user-agent: *\ndisallow / now', 'Dateline', `${SITE}/x`)).toBe(true);
  });
  test('a page instead of a robots.txt forbids nothing', () => {
    expect(isAllowed('<!doctype html><html><body>User-agent: *</body></html>', 'Dateline', `${SITE}/x`)).toBe(true);
    expect(isAllowed(new Uint8Array([0, 255, 254, 10, 13, 58]), 'Dateline', `${SITE}/x`)).toBe(true);
  });
});

test('the path is what follows scheme and host', () => {
  const robots = 'user-agent: *\ndisallow: /\nallow: /a';
  for (const url of ['https://wire.example/a', '//wire.example/a', '/a', 'https://wire.example/a#b', 'https://wire.example:8080/a?b=http://c/']) {
    expect(isAllowed(robots, 'Dateline', url)).toBe(true);
  }
  for (const url of ['', 'https://wire.example', 'https://wire.example?a=/a', 'https://wire.example/#/a']) expect(isAllowed(robots, 'Dateline', url)).toBe(false);
});

test('crawl delays belong to the agents named above them, sitemaps to the site', () => {
  const robots = parseRobots(Buffer.from('User-agent: Other\nCrawl-delay: 30\nUser-agent: *\nCrawl-delay: 2.5\nDisallow:\nUser-agent: Dateline\nCrawl-delay: soon\nSitemap: https://wire.example/s.xml'));
  expect(rulesFor(robots, 'Third').crawlDelayMs).toBe(2_500);
  expect(rulesFor(robots, 'Dateline').crawlDelayMs).toBeNull();
  expect(robots.sitemaps).toEqual(['https://wire.example/s.xml']);
  expect(rulesFor(parseRobots(Buffer.from('User-agent: dateline\nCrawl-delay: 10')), 'Dateline').crawlDelayMs).toBe(10_000);
});

describe('hostile files', () => {
  test('only the first 500 KiB count, and lines are cut', () => {
    const filler = `${'#'.repeat(1_023)}\n`.repeat(MAX_ROBOTS_BYTES / 1_024);
    expect(isAllowed(`${filler}user-agent: *\ndisallow: /`, 'Dateline', `${SITE}/x`)).toBe(true);
    expect(isAllowed(`user-agent: *\nallow: /${'a'.repeat(20_000)}\ndisallow: /`, 'Dateline', `${SITE}/x`)).toBe(false);
  });
  test.each([
    ['stars', 'user-agent: *\n' + `disallow: /${'*a'.repeat(8_000)}b\n`.repeat(30)],
    ['many rules that fit late', 'user-agent: *\n' + 'disallow:*zz\n'.repeat(38_000)],
    ['blanks', 'user-agent: *\n' + `disallow: /a${' '.repeat(16_000)}b\n`.repeat(30)],
    ['agents', 'user-agent: a\n'.repeat(36_000) + 'disallow: /'],
    ['index pages', 'user-agent: *\n' + `allow: ${'/index.htm'.repeat(1_600)}/\n`.repeat(30)],
  ])('%s end', (_, robots) => {
    const rules = rulesFor(parseRobots(Buffer.from(robots)), 'Dateline');
    expect(allows(rules, `${SITE}/${'a'.repeat(8_000)}z`)).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { ownSources, readDistribution } from '../../src/machine/apt-sources.js';

const BOOKWORM = { id: 'debian', codename: 'bookworm' };
const own = (text: string, name = 'sources.list'): string => ownSources([{ name, text }], BOOKWORM);

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n', BOOKWORM],
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME="noble"\n', { id: 'ubuntu', codename: 'noble' }],
  ['ID=alpine\nVERSION_ID=3.20\n', null],
  ['', null],
])('os-release %j', (text, expected) => {
  expect(readDistribution(text)).toEqual(expected);
});

describe('one-line entries', () => {
  test.each([
    ['deb http://deb.debian.org/debian bookworm main', 'Suites: bookworm'],
    ['deb [arch=amd64,arm64 signed-by=/usr/share/keyrings/a.gpg] https://mirror.example/debian bookworm main contrib # near', 'Signed-By: /usr/share/keyrings/a.gpg'],
    ['  deb   http://security.debian.org/debian-security\tbookworm-security\tmain', 'Suites: bookworm-security'],
    ['deb http://deb.debian.org/debian stable main', 'Suites: stable'],
  ])('%s is the distribution\'s own', (line, expected) => {
    expect(own(line)).toContain(expected);
  });

  test.each([
    ['deb https://packages.cloud.example/apt cloud-sdk-bookworm main'],
    ['deb https://apt.example/pub bookworm-pgdg main'],
    ['deb https://download.example/linux/debian bookworm stable'],
    ['deb https://deb.example/node_20.x nodistro main'],
    ['# deb http://deb.debian.org/debian bookworm main'],
    ['deb-src http://deb.debian.org/debian bookworm main'],
    ['deb http://deb.debian.org/debian trixie main'],
  ])('%s is not', (line) => {
    expect(own(line)).toBe('');
  });

  test('options are carried over as fields', () => {
    expect(own('deb [arch=amd64,arm64 trusted=yes lang=en] http://m/debian bookworm main')).toBe(
      'Types: deb\nURIs: http://m/debian\nSuites: bookworm\nComponents: main\nArchitectures: amd64 arm64\nTrusted: yes');
  });
});

describe('deb822 entries', () => {
  const file = (text: string): string => own(text, 'debian.sources');

  test('Debian\'s own file is kept whole', () => {
    const text = `Types: deb
# http://snapshot.example/archive
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
    expect(file(text).split('\n\n')).toEqual([
      'Types: deb\nURIs: http://deb.debian.org/debian\nSuites: bookworm bookworm-updates\nComponents: main\nsigned-by: /usr/share/keyrings/debian-archive-keyring.gpg',
      'Types: deb\nURIs: http://deb.debian.org/debian-security\nSuites: bookworm-security\nComponents: main\nsigned-by: /usr/share/keyrings/debian-archive-keyring.gpg',
    ]);
  });

  test('a key inside the file is kept with its lines', () => {
    expect(file('Types: deb\nURIs: http://m/debian\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN\n .\n abc\n')).toContain('signed-by:\n -----BEGIN\n .\n abc');
  });

  test.each([
    ['one that is switched off', 'Types: deb\nEnabled: no\nURIs: http://m/debian\nSuites: bookworm\nComponents: main\n'],
    ['sources', 'Types: deb-src\nURIs: http://m/debian\nSuites: bookworm\nComponents: main\n'],
    ['another\'s', 'Types: deb\nURIs: https://deb.example/node_20.x\nSuites: nodistro\nComponents: main\n'],
    ['nothing', ''],
  ])('%s: left out', (_, text) => {
    expect(file(text)).toBe('');
  });
});

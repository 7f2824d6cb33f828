import { expect, test } from 'vitest';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.js';
import { dateline } from './dateline.js';

function leaves(command: Command, path: readonly string[]): { path: string; command: Command }[] {
  const children = command.commands.filter((child) => child.name() !== 'help');
  return children.length === 0 ? [{ path: path.join(' '), command }] : children.flatMap((child) => leaves(child, [...path, child.name()]));
}

const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({ writeOut: (part) => { text += part; } }).outputHelp();
  return text;
};

test.each(leaves(createProgram(), []))('dateline $path has a help that teaches, with an example', ({ path, command }) => {
  const text = helpOf(command);
  expect(command.description().length).toBeGreaterThan(20);
  expect(text).toMatch(/Examples?:\n {2}\S/);
  expect(text).toContain(`dateline ${path.split(' ')[0]}`);
});

test('the help lists every command', async () => {
  const { code, stdout } = await dateline(['--help']);
  expect(code).toBe(0);
  for (const name of ['start', 'status', 'sources', 'extract', 'quarantine', 'ledger', 'agencies']) expect(stdout).toContain(`  ${name} `);
});

test('a word that is no command is named, with the nearest one, and fails', async () => {
  const { code, stderr } = await dateline(['statsu']);
  expect(code).not.toBe(0);
  expect(stderr).toContain('statsu');
  expect(stderr).toContain('status');
});

test('a mistake in --set names the option and the nearest one', async () => {
  const { code, stderr } = await dateline(['--set', 'poll.intervall=1m', 'status']);
  expect(code).toBe(2);
  expect(stderr).toContain('poll.interval');
  expect(stderr).not.toMatch(/\n\s+at /);
});

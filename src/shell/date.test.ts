import { describe, expect, test } from 'vitest';
import { relativeDate } from './date';
import { createSandbox } from './sandbox';

const NOW = new Date('2026-11-22T09:00:01Z');

describe('a date that is told from another', () => {
  // as coreutils 9.1 prints them: date -u -d "2026-11-22 09:00:01Z TEXT" +%FT%T, the dates alone below
  test.each([
    ['+30 days', '2026-12-22T09:00:01'],
    ['2 hours ago', '2026-11-22T07:00:01'],
    ['tomorrow', '2026-11-23T09:00:01'],
    ['next month', '2026-12-22T09:00:01'],
    ['1 year 2 months', '2028-01-22T09:00:01'],
    ['3 fortnights ago', '2026-10-11T09:00:01'],
    ['tomorrow + 2 hours', '2026-11-23T11:00:01'],
    ['day ago', '2026-11-21T09:00:01'],
    ['10min', '2026-11-22T09:10:01'],
    ['next second', '2026-11-22T09:00:02'],
    ['99 days', '2027-03-01T09:00:01'],
    ['2026-12-01 + 3 days', '2026-12-04T00:00:00'],
    ['2026-01-31 +1 month', '2026-03-03T00:00:00'],
    ['2024-02-29 +1 year', '2025-03-01T00:00:00'],
    ['2026-12-01 12:30:00 2 days ago', '2026-11-29T12:30:00'],
  ])('%s', (text, iso) => {
    expect(relativeDate(text, NOW)?.slice(0, 19)).toBe(iso);
  });

  // the last two mean something else to coreutils, and nothing
  test.each(['hello', '+1 moon', 'next', '2026-12-01', '2026-12-01 10:00 +2 hours', '@86400 + 1 day'])(
    'and not of %s',
    (text) => expect(relativeDate(text, NOW)).toBeUndefined(),
  );
});

test('the command tells all of them by the clock of the sandbox', async () => {
  const sandbox = await createSandbox({ cloud: 'empty' });
  for (const line of ["date -u -d '+30 days' +%F", "date -ud '+30 days' +%F", "date --date='+30 days' +%F"])
    expect((await sandbox.run(line)).terminal).toBe('2026-12-22\n');
  expect((await sandbox.run('date -d 2026-12-01 +%F')).terminal).toBe('2026-12-01\n');
  const refused = await sandbox.run("date -d '+1 moon'");
  expect(refused).toMatchObject({ stderr: "date: invalid date '+1 moon'\n", exitCode: 1 });
});

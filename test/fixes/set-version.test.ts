// Holds the repair that sets a contract's version: one line changes, in the quotes of the version before.

import { describe, expect, it } from 'vitest';
import { refusal, repaired } from './repaired.ts';

const setVersion = (file: string, text: string, version: string): string =>
  repaired(file, text, 'set-version', { version });

describe('set-version', () => {
  it.each([
    ['bare', 'version: 1.4.0 # ours', '2.0.0', 'version: 2.0.0 # ours'],
    ['single quotes', "version: '1.4'", '1.5', "version: '1.5'"],
    ['double quotes', 'version: "1.4"', '1.5', 'version: "1.5"'],
    ['a bare number', 'version: 72', '73', 'version: 73'],
    ['a bare date', 'version: 2023-08-16', '2024-01-02', 'version: 2024-01-02'],
    ['a text that becomes a number', 'version: next', '2', "version: '2'"],
    ['a block scalar', 'version: >-\n    1.4.0', '1.5.0', 'version: 1.5.0'],
  ])('keeps %s', (_, before, version, after) => {
    const around = (line: string): string => `openapi: 3.0.3\n# first\ninfo:\n  title: A\n  ${line}\n\npaths: {}\n`;
    expect(setVersion('/w/a.yaml', around(before), version)).toBe(around(after));
  });

  it('writes JSON, and CRLF', () => {
    const json = '{\r\n  "openapi": "3.1.0",\r\n  "info": { "title": "A", "version": "1" },\r\n  "paths": {}\r\n}\r\n';
    expect(setVersion('/w/a.json', json, '2')).toBe(json.replace('"version": "1"', '"version": "2"'));
  });

  it('adds a version behind the title where there is none', () => {
    const text = 'openapi: 3.0.3\ninfo:\n  title: A\n  license:\n    name: MIT\npaths: {}\n';
    expect(setVersion('/w/a.yaml', text, '1.0.0')).toBe(text.replace('title: A\n', 'title: A\n  version: 1.0.0\n'));
  });

  it('refuses what it cannot do', () => {
    expect(refusal('/w/a.yaml', 'openapi: 3.0.3\npaths: {}\n', 'set-version', { version: '2' })).toMatch(/info/);
    const same = 'info:\n  title: A\n  version: 1.0.0\n';
    expect(refusal('/w/a.yaml', same, 'set-version', { version: '1.0.0' })).toMatch(/already/);
  });
});

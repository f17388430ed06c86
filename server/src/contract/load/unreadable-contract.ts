// Owns what stands for a contract that was asked for and cannot be read. It must not read anything.

import type { Contract, ContractProblem } from '../model.ts';

/** A contract of which nothing is known but why: it is incomplete, so nothing follows from what it lacks. */
export function unreadableContract(file: string, problem: ContractProblem): Contract {
  return {
    file,
    specification: '3.0',
    specVersion: '',
    format: 'openapi',
    title: '',
    version: '',
    versionPlace: problem.place,
    servers: [],
    operations: [],
    securitySchemes: new Map(),
    files: [file],
    problems: [problem],
    incomplete: true,
    extensions: new Map(),
  };
}

// Owns the text of a fresh `fidelity.yaml`, as `fidelity init` writes it from what was found.
// It must not know contracts or code: it takes names and gives text.

/** A contract as it was found, with what decided its role. */
export interface FoundContract {
  /** Relative to the folder of the configuration, forward slashes. */
  readonly file: string;
  readonly role: 'owned' | 'consumed';
  readonly style: 'contract-first' | 'generated' | 'partial';
  /** Folder of the code that it governs, relative; absent when it governs none or everything. */
  readonly code?: string;
  /** One line for the reader: how many operations are served, or why it is somebody else's. */
  readonly note?: string;
}

/** The text of a configuration that says what was found, so that a reader can correct it. Ends with a line break. */
export function writeConfiguration(found: { readonly contracts: readonly FoundContract[] }): string {
  const lines = ['# What Contract Fidelity should know about this project. Paths are relative to this file.', ''];
  if (found.contracts.length === 0) {
    lines.push('# No contract was found. Name one here:', '# contracts:', '#   - file: openapi.yaml');
  } else {
    lines.push('# These contracts, and no others, are read.', 'contracts:');
    for (const contract of found.contracts) lines.push(...contractLines(contract));
  }
  lines.push(
    '',
    '# Routes that no contract needs to describe.',
    'internal: []',
    '',
    '# Severity per rule: error, warning, information, hint or off. `fidelity rules` lists them.',
    'rules: {}',
    '',
    '# The least severity that makes `fidelity check` exit with 1: error, warning, information or never.',
    'failOn: error',
  );
  return `${lines.join('\n')}\n`;
}

function contractLines(contract: FoundContract): string[] {
  const lines = [];
  if (contract.note) lines.push(`  # ${contract.note.replace(/\s+/g, ' ')}`);
  lines.push(`  - file: ${scalar(contract.file)}`, `    role: ${contract.role}`);
  if (contract.role === 'owned') lines.push(`    style: ${contract.style}`);
  if (contract.role === 'owned' && contract.code) lines.push(`    code: ${scalar(`${contract.code}/**`)}`);
  return lines;
}

/** Quotes what YAML would read as something other than plain text. */
function scalar(text: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|[\d.]+)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

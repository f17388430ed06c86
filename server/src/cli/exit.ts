// Owns the exit codes and the one error that commands raise for people. It must not know commands.

/** 0: nothing at or above the bound. 1: findings. 2: usage, configuration, an unreadable root or a crash. */
export const exitCodes = { clean: 0, findings: 1, failure: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Something that the caller can put right: its message is all that is printed, and the run ends with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

import { Injectable } from '@nestjs/common';
import { WrongState } from '../refusal.js';
import { type Loan, type LoanChange, LoanState, type NewLoan } from './loan.js';

/** Who has what. */
@Injectable()
export class Ledger {
  private readonly loans = new Map<number, Loan>();

  list(state: LoanState | undefined, limit: number): Loan[] {
    return [...this.loans.values()].filter((loan) => !state || loan.state === state).slice(0, limit);
  }

  find(id: number): Loan | undefined {
    return this.loans.get(id);
  }

  open(wanted: NewLoan): Loan {
    const loan: Loan = {
      id: this.loans.size + 1,
      isbn: wanted.isbn,
      state: LoanState.Out,
      days: wanted.days,
      since: new Date(),
      note: wanted.note ?? null,
    };
    this.loans.set(loan.id, loan);
    return loan;
  }

  change(loan: Loan, change: LoanChange): Loan {
    const changed: Loan = { ...loan, days: change.days ?? loan.days, note: change.note ?? loan.note };
    this.loans.set(loan.id, changed);
    return changed;
  }

  close(loan: Loan): Loan {
    if (loan.state === LoanState.Returned) throw new WrongState('It has been returned.');
    const closed: Loan = { ...loan, state: LoanState.Returned };
    this.loans.set(loan.id, closed);
    return closed;
  }

  forget(loan: Loan): void {
    if (loan.state !== LoanState.Returned) throw new WrongState('It is still out.');
    this.loans.delete(loan.id);
  }
}

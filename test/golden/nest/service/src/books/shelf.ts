import { Injectable } from '@nestjs/common';
import type { Book } from './book.js';

/** The books of the house. */
@Injectable()
export class Shelf {
  private readonly books = new Map<string, Book>();

  list(available: boolean | undefined): Book[] {
    return [...this.books.values()].filter((book) => !available || book.copies > 0);
  }

  find(isbn: string): Book | undefined {
    return this.books.get(isbn);
  }
}

import { Module } from '@nestjs/common';
import { BooksController } from './books/books.controller.js';
import { Shelf } from './books/shelf.js';
import { Ledger } from './loans/ledger.js';
import { LoansController } from './loans/loans.controller.js';

@Module({ controllers: [BooksController, LoansController], providers: [Shelf, Ledger] })
export class AppModule {}

'use strict';

const createError = require('http-errors');

const invoices = new Map([
  ['in_1', { id: 'in_1', subscriptionId: 's_1', total: 900, currency: 'EUR', status: 'draft', dueDate: null }],
]);

const pageSize = 25;

async function listInvoices({ subscriptionId, status, page }) {
  const matching = [...invoices.values()].filter(
    (invoice) => invoice.subscriptionId === subscriptionId && (!status || invoice.status === status),
  );
  return { rows: matching.slice((page - 1) * pageSize, page * pageSize), count: matching.length };
}

async function getInvoice(id) {
  const invoice = invoices.get(id);
  if (!invoice) {
    throw createError(404, `Invoice ${id} does not exist`);
  }
  return invoice;
}

async function renderInvoice(id) {
  const invoice = await getInvoice(id);
  return Buffer.from(`%PDF-1.4 ${invoice.id}`);
}

async function deleteDraft(id) {
  const invoice = await getInvoice(id);
  if (invoice.status !== 'draft') {
    throw createError(409, 'Only drafts can be deleted');
  }
  invoices.delete(id);
}

module.exports = { listInvoices, getInvoice, renderInvoice, deleteDraft };

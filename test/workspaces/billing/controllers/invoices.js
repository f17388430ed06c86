'use strict';

const invoices = require('../services/invoices');

class InvoicesController {
  async list(req, res) {
    const { rows, count } = await invoices.listInvoices(req.query);
    res.json({
      data: rows.map((row) => ({ id: row.id, total: row.total, currency: row.currency, status: row.status })),
      count,
    });
  }

  async show(req, res) {
    const invoice = await invoices.getInvoice(req.params.id);
    res.json({
      id: invoice.id,
      subscriptionId: invoice.subscriptionId,
      total: invoice.total,
      currency: invoice.currency,
      status: invoice.status,
      dueDate: invoice.dueDate,
    });
  }

  async pdf(req, res) {
    const file = await invoices.renderInvoice(req.params.id);
    res.set('Content-Type', 'application/pdf').send(file);
  }

  async remove(req, res) {
    await invoices.deleteDraft(req.params.id);
    res.sendStatus(204);
  }
}

module.exports = new InvoicesController();

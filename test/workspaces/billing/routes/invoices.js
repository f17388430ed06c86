'use strict';

const express = require('express');
const asyncHandler = require('../lib/async-handler');
const invoices = require('../controllers/invoices');
const { requireScope } = require('../middleware/auth');
const validate = require('../middleware/validate');
const schemas = require('../validation/schemas');

const router = express.Router();

router.get('/', validate(schemas.listInvoices, 'query'), asyncHandler(invoices.list));
router.get('/:id', asyncHandler(invoices.show));
router.get('/:id/pdf', asyncHandler((req, res) => invoices.pdf(req, res)));
router.delete('/:id', requireScope('billing:write'), asyncHandler(invoices.remove.bind(invoices)));

module.exports = router;

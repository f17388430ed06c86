'use strict';

const { Router } = require('express');
const { requireAuth } = require('../middleware/auth');

const router = Router();

router.use('/plans', require('./plans'));
router.use('/subscriptions', requireAuth, require('./subscriptions'));
router.use('/invoices', requireAuth, require('./invoices'));

module.exports = router;

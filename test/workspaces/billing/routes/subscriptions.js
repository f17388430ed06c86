'use strict';

const router = require('express').Router();
const controller = require('../controllers/subscriptions');
const { requireScope } = require('../middleware/auth');
const validate = require('../middleware/validate');
const schemas = require('../validation/schemas');

router.route('/').post(requireScope('billing:write'), validate(schemas.createSubscription), controller.create);

router.get('/:subscriptionId', controller.show);
router.post('/:subscriptionId/cancel', requireScope('billing:write'), validate(schemas.cancelSubscription), controller.cancel);

module.exports = router;

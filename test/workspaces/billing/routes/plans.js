'use strict';

const router = require('express').Router();
const controller = require('../controllers/plans');
const validate = require('../middleware/validate');
const schemas = require('../validation/schemas');

router.get('/', validate(schemas.listPlans, 'query'), controller.list);
router.get('/:planId', controller.show);

module.exports = router;

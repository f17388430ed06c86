'use strict';

const asyncHandler = require('../lib/async-handler');
const plans = require('../services/plans');

exports.list = asyncHandler(async (req, res) => {
  const data = await plans.listPlans(req.query.currency);
  res.json({ data });
});

exports.show = asyncHandler(async (req, res) => {
  const plan = await plans.getPlan(req.params.planId);
  res.json(plan);
});

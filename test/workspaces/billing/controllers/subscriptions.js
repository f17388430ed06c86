'use strict';

const subscriptions = require('../services/subscriptions');

const present = (subscription) => ({
  id: subscription.id,
  planId: subscription.planId,
  customerId: subscription.customerId,
  quantity: subscription.quantity,
  status: subscription.status,
  couponCode: subscription.couponCode,
  startedAt: subscription.startedAt,
  cancelledAt: subscription.cancelledAt,
});

module.exports = {
  async create(req, res, next) {
    try {
      const subscription = await subscriptions.createSubscription(req.body);
      return res.status(201).json(present(subscription));
    } catch (error) {
      return next(error);
    }
  },

  async show(req, res, next) {
    try {
      const subscription = await subscriptions.getSubscription(req.params.subscriptionId);
      return res.status(200).json(present(subscription));
    } catch (error) {
      return next(error);
    }
  },

  async cancel(req, res, next) {
    try {
      const subscription = await subscriptions.cancelSubscription(req.params.subscriptionId, req.body.atPeriodEnd);
      return res.status(200).json(present(subscription));
    } catch (error) {
      return next(error);
    }
  },
};

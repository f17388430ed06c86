import express, { type Request, type Response } from 'express';
import basicAuth from 'express-basic-auth';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { z } from 'zod';
import { answerErrors, InvalidRequest, SoldOut, UnknownBasket, UnknownProduct } from './errors.js';
import {
  addLine,
  type Basket,
  countProducts,
  findBasket,
  findProduct,
  findProducts,
  openBasket,
  type Product,
  saveReview,
  subscribe,
} from './store.js';

export const app = express();
app.use(express.json());

const shop = express.Router();
app.use('/shop', shop);

function versioned(res: Response): void {
  res.set('X-API-Version', '3.1');
}

function productBody(product: Product) {
  return {
    id: product.id,
    title: product.title,
    price: product.price,
    currency: product.currency,
    state: product.state,
  };
}

function basketBody(basket: Basket) {
  return { id: basket.id, state: basket.state, note: basket.note, lines: basket.lines.map(({ productId, quantity }) => ({ productId, quantity })) };
}

const listing = z.object({
  category: z.string().default('all'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  page_size: z.coerce.number().int().min(1).max(50).default(10),
});

shop.get('/products', (req, res) => {
  const query = listing.safeParse(req.query);
  if (!query.success) throw new InvalidRequest();
  const { category, limit, page_size } = query.data;
  versioned(res);
  res.set('X-Total-Count', String(countProducts(category)));
  res.json({ items: findProducts(category, limit, page_size).map(productBody) });
});

shop.get('/products/:productId', (req, res) => {
  const product = findProduct(req.params.productId);
  if (!product) throw new UnknownProduct();
  versioned(res);
  res.json(productBody(product));
});

/** @deprecated The list of products has what this one has. */
shop.get('/featured', (req, res) => {
  const market = req.get('x-market-code') ?? 'eu';
  res.set('Sunset', 'Sat, 31 Dec 2033 23:59:59 GMT');
  res.json({ items: findProducts(market, 10, 10).map(productBody) });
});

const basketInput = z.object({
  note: z.string().max(200),
  currency: z.enum(['EUR', 'USD']),
});

shop.post('/baskets', auth(), requiredScopes('write:baskets'), (req: Request, res: Response) => {
  const input = basketInput.safeParse(req.body);
  if (!input.success) throw new InvalidRequest();
  const basket = openBasket(input.data.note, input.data.currency);
  res.set('X-Basket-Token', basket.id);
  res.status(201).json(basketBody(basket));
});

shop.get('/baskets/:basketId', auth(), requiredScopes('read:baskets'), (req: Request, res: Response) => {
  const basket = findBasket(String(req.params.basketId));
  if (!basket) throw new UnknownBasket();
  res.json(basketBody(basket));
});

const lineInput = z.object({
  productId: z.string(),
  quantity: z.number().int().min(1).max(99),
});

shop.post('/baskets/:basketId/lines', auth(), requiredScopes('write:baskets'), (req: Request, res: Response) => {
  const basket = findBasket(String(req.params.basketId));
  if (!basket) throw new UnknownBasket();
  const input = lineInput.safeParse(req.body);
  if (!input.success) throw new InvalidRequest();
  const product = findProduct(input.data.productId);
  if (!product) throw new UnknownProduct();
  if (product.state === 'sold_out') throw new SoldOut();
  addLine(basket, product.id, input.data.quantity);
  res.status(204).end();
});

const reviewInput = z.object({
  rating: z.coerce.number().int().min(1).max(5),
  text: z.string(),
});

shop.post('/products/:productId/reviews', express.urlencoded({ extended: false }), (req, res) => {
  const input = reviewInput.safeParse(req.body);
  if (!input.success) throw new InvalidRequest();
  saveReview(req.params.productId, input.data.rating, input.data.text);
  res.status(202).end();
});

const subscription = z.object({ email: z.string() });

shop.post('/newsletter', (req, res) => {
  const input = subscription.safeParse(req.body);
  if (!input.success) throw new InvalidRequest();
  subscribe(input.data.email);
  res.status(202).end();
});

const staff = basicAuth({ users: { warehouse: process.env.WAREHOUSE_PASSWORD ?? '' } });

shop.post('/stock/refresh', staff, (_req, res) => {
  res.status(204).end();
});

shop.get('/stock/report', staff, (req, res) => {
  const { sort_order = 'newest' } = req.query;
  res.json({ generated: false, order: String(sort_order) });
});

app.use(answerErrors);

export interface Product {
  id: string;
  title: string;
  price: number;
  currency: 'EUR' | 'USD';
  state: 'available' | 'sold_out';
}

export interface Line {
  productId: string;
  quantity: number;
}

export interface Basket {
  id: string;
  state: 'open' | 'ordered' | 'abandoned';
  note: string;
  lines: Line[];
}

export declare function findProduct(id: string): Product | undefined;
export declare function findProducts(category: string, limit: number, pageSize: number): Product[];
export declare function countProducts(category: string): number;
export declare function findBasket(id: string): Basket | undefined;
export declare function openBasket(note: string, currency: string): Basket;
export declare function addLine(basket: Basket, productId: string, quantity: number): void;
export declare function saveReview(product: string, rating: number, text: string): void;
export declare function subscribe(email: string): void;

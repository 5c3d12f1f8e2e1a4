/** What the reward reads of a purchase: the product that was bought, and the goal. */
import type { Goal, Product } from '../types.ts'

export type PurchasedProduct = Pick<
  Product,
  'title' | 'description' | 'bulletPoints' | 'attributes' | 'query' | 'productCategory' | 'titleNouns'
>

export type WantedProduct = Pick<
  Goal,
  'query' | 'productCategory' | 'attributes' | 'options' | 'priceUpper' | 'titleNouns'
>

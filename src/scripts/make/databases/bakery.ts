/** A bakery: what it bakes, from what, for whom. */
import { ask, at, between, type Domain, dayAfter, pairs, pick, rows, sometimes, table } from './model.ts'

export const bakery: Domain = {
  name: 'corner_bakery',
  tables: (random) => [
    table(
      'product',
      {
        product_id: 'int',
        name: 'varchar(40)',
        category: 'varchar(20)',
        price: 'decimal(5,2)',
        weight_g: 'int',
        vegan: 'varchar(3)',
      },
      ['product_id'],
      {},
      [
        [1, 'Rye Brick', 'bread', 4.2, 900, 'yes'],
        [2, 'Sunday Plait', 'bread', 3.85, 500, 'no'],
        [3, 'Seeded Wheel', 'bread', 4.6, 750, 'yes'],
        [4, 'Poppy Knot', 'roll', 0.9, 70, 'yes'],
        [5, 'Milk Bun', 'roll', 0.8, 60, 'no'],
        [6, 'Plum Slice', 'cake', 2.75, 140, 'no'],
        [7, 'Walnut Moon', 'Cake', 2.95, 120, 'no'],
        [8, 'Lemon Brick', 'cake', 3.1, 150, 'no'],
        [9, 'Cheese Straw', 'savoury', 1.6, 50, 'no'],
        [10, 'Leek Pasty', 'savoury', 3.4, 210, 'no'],
        [11, 'Mushroom Pasty', 'savoury ', 3.3, 205, 'yes'],
        [12, 'Date Bar', 'biscuit', 1.45, 65, 'yes'],
        [13, 'Ginger Coin', 'biscuit', 0.35, 18, 'yes'],
        [14, 'Wedding Tower', 'cake', 185.0, 6200, 'no'],
      ],
    ),
    table(
      'ingredient',
      {
        ingredient_id: 'int',
        name: 'varchar(30)',
        supplier: 'varchar(30)',
        cost_per_kg: 'decimal(6,2)',
        allergen: 'varchar(20)',
      },
      ['ingredient_id'],
      {},
      [
        [1, 'rye flour', 'Hobb Mill', 1.1, 'gluten'],
        [2, 'wheat flour', 'Hobb Mill', 0.95, 'gluten'],
        [3, 'butter', 'Five Cows', 8.4, 'milk'],
        [4, 'milk', 'Five Cows', 1.2, 'milk'],
        [5, 'eggs', 'Hen House', 4.75, 'egg'],
        [6, 'sugar', 'Brightwater', 1.35, null],
        [7, 'poppy seed', 'Brightwater', 11.9, null],
        [8, 'walnuts', 'Grove & Sons', 14.5, 'nuts'],
        [9, 'plums', 'Grove & Sons', 3.6, null],
        [10, 'hard cheese', 'Five Cows', 12.25, 'milk'],
        [11, 'mushrooms', 'Cellar Farm', 7.15, null],
        [12, 'ginger', 'Brightwater', 16.8, null],
      ],
    ),
    table(
      'recipe',
      { product_id: 'int', ingredient_id: 'int', grams: 'int' },
      ['product_id', 'ingredient_id'],
      { product_id: 'product', ingredient_id: 'ingredient' },
      pairs(random, 46, 13, 11).map(([product, ingredient]) => [product, ingredient, between(random, 1, 60) * 5]),
    ),
    table(
      'customer',
      { customer_id: 'int', name: 'varchar(40)', street: 'varchar(30)', kind: 'varchar(12)', since: 'date' },
      ['customer_id'],
      {},
      [
        [1, 'Café Lantern', 'Weir Street', 'business', '2017-05-02'],
        [2, 'Hope Hospital', 'Long Lane', 'business', '2015-09-14'],
        [3, 'Ms. Aldous', 'Weir Street', 'private', '2019-01-20'],
        [4, 'The Old Stag', 'Market Row', 'business', '2018-11-11'],
        [5, 'Jonas Petty', 'market row', 'private', '2021-03-08'],
        [6, 'Priya Sen', 'Long Lane', 'private', '2022-07-29'],
        [7, 'Mill Primary School', 'Market Row ', 'business', '2016-08-30'],
        [8, 'Orla Quist', 'Tanner Steps', 'private', '2023-02-17'],
      ],
    ),
    table(
      'purchase',
      { purchase_id: 'int', customer_id: 'int', placed_at: 'datetime', delivered: 'varchar(3)' },
      ['purchase_id'],
      { customer_id: 'customer' },
      rows(50, (n) => [
        n,
        sometimes(random, 0.12, between(random, 1, 7)),
        at(dayAfter('2023-10-02', n * 3), between(random, 14, 40) * 30 + between(random, 0, 29)),
        sometimes(random, 0.1, pick(random, ['yes', 'yes', 'no'])),
      ]),
    ),
    table(
      'purchase_line',
      { purchase_id: 'int', product_id: 'int', quantity: 'int' },
      [],
      { purchase_id: 'purchase', product_id: 'product' },
      [
        ...rows(118, () => [between(random, 1, 50), between(random, 1, 13), between(random, 1, 40)]),
        [7, 4, 12],
        [7, 4, 12],
      ],
    ),
  ],
  questions: [
    ask(
      "SELECT name FROM product WHERE category = '{c}'",
      ['Which products are in the category {c}?', 'Name every {c} product.'],
      { c: ['cake', 'savoury'] },
    ),
    ask("SELECT count(*) FROM product WHERE vegan = 'yes'", [
      'How many products are vegan?',
      'Count the vegan products.',
    ]),
    ask('SELECT avg(price) FROM product', [
      'What is the average price of a product?',
      'Give the mean price over all products.',
    ]),
    ask(
      "SELECT name FROM ingredient WHERE supplier = '{s}'",
      ['Which ingredients does {s} supply?', 'List names of ingredients from the supplier {s}.'],
      { s: ['Five Cows', 'Brightwater'] },
    ),
    ask('SELECT count(DISTINCT supplier) FROM ingredient', [
      'How many different suppliers are there?',
      'From how many distinct suppliers do the ingredients come?',
    ]),
    ask('SELECT name FROM ingredient WHERE allergen IS NULL', [
      'Which ingredients carry no allergen?',
      'Show the names of the ingredients whose allergen is empty.',
    ]),
    ask("SELECT max(weight_g) FROM product WHERE category = 'bread'", [
      'How heavy, in grams, is the heaviest bread?',
      'What is the maximum weight among products of category bread?',
    ]),
    ask(
      'SELECT name, price FROM product WHERE price < {p} ORDER BY price',
      [
        'Show name and price of products under {p}, cheapest first.',
        'Which products cost less than {p}? Give the price as well and sort by it.',
      ],
      { p: [1.5, 3] },
    ),
    ask(
      'SELECT name, cost_per_kg FROM ingredient ORDER BY cost_per_kg DESC LIMIT {n}',
      [
        'What are the {n} most expensive ingredients per kg? Name and cost, dearest first.',
        'Give the top {n} ingredients by cost per kg together with that cost.',
      ],
      { n: [3, 5] },
    ),
    ask('SELECT supplier, count(*) FROM ingredient GROUP BY supplier ORDER BY supplier', [
      'How many ingredients come from each supplier? Sort by supplier.',
      'Per supplier, in alphabetical order, count the ingredients.',
    ]),
    ask('SELECT kind, count(*) FROM customer GROUP BY kind ORDER BY kind', [
      'For each kind of customer, alphabetically, how many are there?',
      'Count the customers of each kind, sorted by kind.',
    ]),
    ask(
      "SELECT name FROM customer WHERE street = '{s}' AND kind = 'business'",
      ['Which business customers are on {s}?', 'Find the names of customers of kind business in the street {s}.'],
      { s: ['Market Row', 'Weir Street'] },
    ),
    ask(
      "SELECT name FROM product WHERE name LIKE '%{w}'",
      ['Which products have a name that ends in {w}?', 'Find the products with names ending with "{w}".'],
      { w: ['Pasty', 'Brick'] },
    ),
    ask(
      "SELECT T3.name FROM product AS T1 JOIN recipe AS T2 ON T1.product_id = T2.product_id JOIN ingredient AS T3 ON T2.ingredient_id = T3.ingredient_id WHERE T1.name = '{p}' ORDER BY T3.name",
      [
        'Which ingredients go into the {p}? Alphabetically, please.',
        'List in alphabetical order the names of the ingredients in the recipe of {p}.',
      ],
      { p: ['Rye Brick', 'Plum Slice'] },
    ),
    ask(
      "SELECT count(*) FROM recipe AS T1 JOIN ingredient AS T2 ON T1.ingredient_id = T2.ingredient_id WHERE T2.name = '{i}'",
      ['In how many recipes is {i} used?', 'How many products contain {i}?'],
      { i: ['butter', 'sugar'] },
    ),
    ask(
      'SELECT T1.name, sum(T2.quantity) FROM product AS T1 JOIN purchase_line AS T2 ON T1.product_id = T2.product_id GROUP BY T1.name ORDER BY sum(T2.quantity) DESC, T1.name',
      [
        'What quantity of each product was sold? Best seller first, equal ones by name.',
        'For every product sold, show name and total quantity in descending order of quantity, then by name.',
      ],
    ),
    ask('SELECT name FROM product WHERE product_id NOT IN (SELECT product_id FROM purchase_line)', [
      'Which product was never bought?',
      'Give the name of products that appear in no purchase line.',
    ]),
    ask('SELECT name FROM product WHERE price > (SELECT avg(price) FROM product)', [
      'Which products cost more than the average price?',
      'Name the products priced above average.',
    ]),
    ask(
      'SELECT T1.name FROM customer AS T1 JOIN purchase AS T2 ON T1.customer_id = T2.customer_id GROUP BY T1.name ORDER BY count(*) DESC LIMIT 1',
      [
        'Which customer placed the most purchases?',
        'Who bought most often? Give the name of the customer with the greatest number of purchases.',
      ],
    ),
    ask(
      "SELECT T1.name, count(*) FROM customer AS T1 JOIN purchase AS T2 ON T1.customer_id = T2.customer_id WHERE T2.delivered = 'yes' GROUP BY T1.name ORDER BY T1.name",
      [
        'How many delivered purchases has each customer? Sort by customer name.',
        'List customers by name with their number of purchases where delivered is yes.',
      ],
    ),
    ask(
      "SELECT T1.name, sum(T2.quantity * T1.price) FROM product AS T1 JOIN purchase_line AS T2 ON T1.product_id = T2.product_id WHERE T1.vegan = 'yes' GROUP BY T1.name ORDER BY T1.name",
      [
        'What turnover (quantity times price) did each vegan product make? Sort by product name.',
        'Per vegan product, by name, sum up quantity multiplied by price.',
      ],
    ),
    ask(
      'SELECT name FROM customer WHERE customer_id NOT IN (SELECT customer_id FROM purchase WHERE customer_id IS NOT NULL)',
      ['Which customers have not placed any purchase?', 'Name the customers without a purchase.'],
    ),
    ask(
      'SELECT name FROM ingredient WHERE cost_per_kg > {c} AND ingredient_id IN (SELECT ingredient_id FROM recipe WHERE grams > {g})',
      [
        'Which ingredients cost more than {c} per kg and are used with over {g} grams in some recipe?',
        'Find ingredients dearer than {c} per kg of which at least one recipe takes more than {g} grams.',
      ],
      { c: [5, 8], g: [200, 150] },
    ),
    ask('SELECT count(*) FROM purchase WHERE customer_id IS NULL', ['How many purchases have no customer on record?']),
  ],
}

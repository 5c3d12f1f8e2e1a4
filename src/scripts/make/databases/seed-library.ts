/** A seed library: plants, members who give and borrow packets, sowing results. */
import { ask, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const seedLibrary: Domain = {
  name: 'seed_library',
  tables: (random) => [
    table('family', { family_id: 'int', latin_name: 'varchar(40)', common_name: 'varchar(40)' }, ['family_id'], {}, [
      [1, 'Fabaceae', 'pea family'],
      [2, 'Solanaceae', 'nightshade family'],
      [3, 'Cucurbitaceae', 'gourd family'],
      [4, 'Apiaceae', 'carrot family'],
      [5, 'Asteraceae', 'daisy family'],
      [6, 'Poaceae', 'grass family'],
    ]),
    table(
      'plant',
      {
        plant_id: 'int',
        variety: 'varchar(40)',
        crop: 'varchar(30)',
        family_id: 'int',
        days_to_harvest: 'int',
        height_cm: 'int',
        perennial: 'varchar(3)',
      },
      ['plant_id'],
      { family_id: 'family' },
      [
        [1, 'Purple Podded', 'pea', 1, 75, 180, 'no'],
        [2, 'Feltham First', 'pea', 1, 68, 45, 'no'],
        [3, 'Lazy Housewife', 'bean', 1, 80, 220, 'no'],
        [4, 'Crimson Flowered', 'Bean', 1, 95, 110, 'no'],
        [5, 'Moneymaker', 'tomato', 2, 110, 190, 'no'],
        [6, 'Black Krim', 'tomato', 2, 118, 170, 'no'],
        [7, 'Hungarian Wax', 'pepper', 2, 99, 60, 'no'],
        [8, 'Crown Prince', 'squash', 3, 125, 40, 'no'],
        [9, 'Marina di Chioggia', 'squash ', 3, 122, 50, 'no'],
        [10, 'Crystal Lemon', 'cucumber', 3, 85, 150, 'no'],
        [11, 'Rouge Sang', 'carrot', 4, 90, 35, 'no'],
        [12, 'Green Pearl', 'lovage', 4, 140, 200, 'yes'],
        [13, 'Really Red', 'lettuce', 5, 55, 25, 'no'],
        [14, 'Violet de Provence', 'artichoke', 5, 160, 130, 'yes'],
        [15, 'Golden Bantam', 'sweetcorn', 6, 92, 165, 'no'],
      ],
    ),
    table(
      'member',
      { member_id: 'int', name: 'varchar(40)', village: 'varchar(30)', joined: 'date', plot_m2: 'decimal(6,1)' },
      ['member_id'],
      {},
      [
        [1, 'Ottoline Marsh', 'Nether Ashby', '2016-03-12', 84.5],
        [2, 'Bertil Roe', 'Cold Hatch', '2018-01-30', 40.0],
        [3, "Maeve O'Dowd", 'cold hatch', '2015-11-02', 120.0],
        [4, 'Iwan Pell', 'Quarrington', '2020-04-19', null],
        [5, 'Suda Reyes', 'Nether Ashby', '2019-09-08', 62.0],
        [6, 'Tam Lindqvist', 'Quarrington', '2021-02-14', 15.5],
        [7, 'Clementine Fox', 'Cold Hatch', '2017-06-27', 55.0],
        [8, 'Rufus Amadi', 'Upper Wold', '2022-03-03', 200.0],
        [9, 'Greta Holm', 'Nether Ashby', '2016-10-21', 33.0],
        [10, 'Piers Nakata', 'Upper Wold', '2023-05-16', null],
      ],
    ),
    table(
      'packet',
      {
        packet_id: 'int',
        plant_id: 'int',
        donor_id: 'int',
        harvest_year: 'int',
        seeds: 'int',
        weight_g: 'decimal(5,2)',
      },
      ['packet_id'],
      { plant_id: 'plant', donor_id: 'member' },
      rows(60, (n) => [
        n,
        between(random, 1, 13),
        sometimes(random, 0.1, between(random, 1, 9)),
        between(random, 2019, 2023),
        between(random, 10, 160),
        between(random, 20, 950) / 100,
      ]),
    ),
    table(
      'loan',
      { packet_id: 'int', member_id: 'int', borrowed_on: 'date', returned: 'varchar(3)' },
      [],
      { packet_id: 'packet', member_id: 'member' },
      [
        ...rows(75, () => [
          between(random, 1, 56),
          between(random, 1, 9),
          dayAfter('2023-02-01', between(random, 0, 400)),
          sometimes(random, 0.1, pick(random, ['yes', 'yes', 'no'])),
        ]),
        // lent twice on one day, written down twice
        [12, 3, '2024-03-20', 'yes'],
        [12, 3, '2024-03-20', 'yes'],
      ],
    ),
  ],
  questions: [
    ask(
      "SELECT variety FROM plant WHERE crop = '{crop}'",
      ['Which varieties of {crop} do we have?', 'List the varieties whose crop is {crop}.'],
      { crop: ['bean', 'squash'] },
    ),
    ask("SELECT count(*) FROM plant WHERE perennial = 'yes'", [
      'How many plants are perennial?',
      'Count the perennial plants.',
    ]),
    ask('SELECT count(*) FROM member', [
      'How many members does the seed library have?',
      'What is the total number of members?',
    ]),
    ask(
      "SELECT name FROM member WHERE village = '{village}'",
      ['Who are the members from {village}?', 'Give the names of members living in the village {village}.'],
      { village: ['Cold Hatch', 'Upper Wold'] },
    ),
    ask('SELECT avg(plot_m2) FROM member', [
      'What is the average plot size (in m2) of the members?',
      'Find the mean plot in m2 over all members.',
    ]),
    ask('SELECT latin_name FROM family ORDER BY latin_name', [
      'Give the Latin names of all families in alphabetical order.',
      'Sort the latin names of the plant families from A to Z.',
    ]),
    ask('SELECT count(DISTINCT plant_id) FROM packet', [
      'How many different plants are there packets of?',
      'Of how many distinct plants do we hold at least one packet?',
    ]),
    ask(
      'SELECT variety, days_to_harvest FROM plant WHERE days_to_harvest < {days} ORDER BY days_to_harvest',
      [
        'Which varieties take fewer than {days} days to harvest? Show the days too, quickest first.',
        'Variety and days to harvest for plants under {days} days, in increasing order of days.',
      ],
      { days: [80, 92] },
    ),
    ask(
      'SELECT variety FROM plant ORDER BY height_cm DESC LIMIT {n}',
      ['What are the {n} tallest plant varieties, tallest first?', 'Show the top {n} varieties by height.'],
      { n: [3, 5] },
    ),
    ask('SELECT harvest_year, sum(seeds) FROM packet GROUP BY harvest_year ORDER BY harvest_year', [
      'How many seeds were harvested in each year? Oldest year first.',
      'For each harvest year, in order, give the total number of seeds.',
    ]),
    ask(
      "SELECT name FROM member WHERE plot_m2 IS NULL AND joined > '{date}'",
      [
        'Which members who joined after {date} have no plot size recorded?',
        'Name the members without a plot size who joined later than {date}.',
      ],
      { date: ['2020-01-01', '2022-01-01'] },
    ),
    ask('SELECT crop, count(*) FROM plant GROUP BY crop HAVING count(*) > 1 ORDER BY crop', [
      'Which crops come in more than one variety, and in how many? Sort by crop.',
      'List crops having over 1 variety, with the number of varieties, alphabetically by crop.',
    ]),
    ask(
      "SELECT name FROM member WHERE joined BETWEEN '{a}' AND '{b}'",
      [
        'Which members joined between {a} and {b}?',
        'Find the names of the members with a joining date from {a} to {b}.',
      ],
      { a: ['2016-01-01', '2019-01-01'], b: ['2017-12-31', '2021-12-31'] },
    ),
    ask(
      "SELECT T1.variety FROM plant AS T1 JOIN family AS T2 ON T1.family_id = T2.family_id WHERE T2.common_name = '{family}'",
      ['Which varieties belong to the {family}?', 'Show the plant varieties of the {family}.'],
      { family: ['gourd family', 'nightshade family'] },
    ),
    ask(
      'SELECT T2.latin_name, count(*) FROM plant AS T1 JOIN family AS T2 ON T1.family_id = T2.family_id GROUP BY T2.latin_name ORDER BY T2.latin_name',
      [
        'How many plants are in each family? Show the latin name, sorted alphabetically.',
        'For each family (latin name, A to Z) count its plants.',
      ],
    ),
    ask('SELECT name FROM member WHERE member_id NOT IN (SELECT member_id FROM loan)', [
      'Which members never borrowed a packet?',
      'Name the members that have no loan at all.',
    ]),
    ask('SELECT variety FROM plant WHERE plant_id NOT IN (SELECT plant_id FROM packet)', [
      'Of which plant varieties is there no packet?',
      'Find the varieties we have no packets for.',
    ]),
    ask(
      'SELECT T2.variety, sum(T1.seeds) FROM packet AS T1 JOIN plant AS T2 ON T1.plant_id = T2.plant_id GROUP BY T2.variety ORDER BY sum(T1.seeds) DESC',
      [
        'For every variety, how many seeds do we hold in total? Most seeds first.',
        'Give each variety and its total seeds in descending order of the total.',
      ],
    ),
    ask(
      'SELECT T2.name FROM packet AS T1 JOIN member AS T2 ON T1.donor_id = T2.member_id GROUP BY T2.name ORDER BY count(*) DESC LIMIT 1',
      [
        'Which donor gave the most packets?',
        'What is the name of the member who donated the largest number of packets?',
      ],
    ),
    ask(
      "SELECT DISTINCT T3.name FROM loan AS T1 JOIN packet AS T2 ON T1.packet_id = T2.packet_id JOIN member AS T3 ON T1.member_id = T3.member_id JOIN plant AS T4 ON T2.plant_id = T4.plant_id WHERE T4.variety = '{variety}' ORDER BY T3.name",
      [
        'Who borrowed packets of {variety}? Names in alphabetical order, each once.',
        'List, alphabetically and without repetition, the members who took a loan of the variety {variety}.',
      ],
      { variety: ['Black Krim', 'Feltham First'] },
    ),
    ask(
      'SELECT variety, height_cm FROM plant WHERE height_cm > (SELECT avg(height_cm) FROM plant) ORDER BY height_cm',
      [
        'Which varieties are taller than the average plant? Show variety and height, shortest first.',
        'Variety and height in cm of the plants above the average height, in ascending order of height.',
      ],
    ),
    ask(
      'SELECT T1.name, count(*) FROM member AS T1 JOIN loan AS T2 ON T1.member_id = T2.member_id GROUP BY T1.name HAVING count(*) > {n} ORDER BY T1.name',
      [
        'Which members have more than {n} loans? Give name and number of loans, by name.',
        'Names (alphabetical) and loan counts of the members who borrowed over {n} times.',
      ],
      { n: [7, 8] },
    ),
    ask(
      "SELECT name FROM member WHERE village = 'Nether Ashby' UNION SELECT name FROM member WHERE plot_m2 > 100 ORDER BY name",
      [
        'Which members live in Nether Ashby or have a plot of more than 100 m2? Sort the names.',
        'Give the names of the members from Nether Ashby together with those whose plot exceeds 100 m2, in alphabetical order.',
      ],
    ),
  ],
}

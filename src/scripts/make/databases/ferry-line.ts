/** A ferry line between some islands: ports, vessels, routes, sailings, fares. */
import { ask, at, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const ferryLine: Domain = {
  name: 'ferry_line',
  tables: (random) => [
    table(
      'port',
      { port_id: 'int', name: 'varchar(40)', island: 'varchar(40)', berths: 'int', opened_year: 'int' },
      ['port_id'],
      {},
      [
        [1, 'Hallan Quay', 'Great Sorn', 6, 1911],
        [2, 'Tarsk', 'Great Sorn', 3, 1936],
        [3, 'Little Voe', 'Venn', 1, 1958],
        [4, 'St. Brannoc', 'Venn', 2, 1924],
        [5, 'Oxna Landing', 'Oxna', 1, 1972],
        [6, 'Kettlewick', 'Mainland', 8, 1889],
        [7, 'Dunmouth', 'mainland', 5, 1902],
        [8, 'Skerry Point', 'Mainland ', 2, 1965],
        [9, 'Far Gannet', 'Gannet', 1, 1987],
        [10, "Widow's Rest", 'Oxna', 1, 1990],
      ],
    ),
    table(
      'vessel',
      {
        vessel_id: 'int',
        name: 'varchar(40)',
        built: 'int',
        capacity: 'int',
        top_speed: 'decimal(4,1)',
        home_port_id: 'int',
      },
      ['vessel_id'],
      { home_port_id: 'port' },
      [
        [1, 'Grey Heron', 1998, 320, 17.5, 6],
        [2, 'Margit', 2006, 180, 15.0, 1],
        [3, 'Sea Pink', 2014, 96, 21.2, 1],
        [4, 'Old Constance', 1974, 240, 12.4, 7],
        [5, 'Fulmar', 2019, 410, 19.8, 6],
        [6, 'Tern', 2011, 60, 23.5, 4],
        [7, 'Lady Oxna', 1989, 150, 13.9, 5],
        [8, 'Bonxie', 2021, 75, 24.1, 1],
        [9, 'Selkie', 2002, 205, 16.3, null],
      ],
    ),
    table(
      'route',
      { route_id: 'int', from_port_id: 'int', to_port_id: 'int', miles: 'decimal(5,1)', duration_min: 'int' },
      ['route_id'],
      { from_port_id: 'port', to_port_id: 'port' },
      [
        [1, 6, 1, 31.5, 130],
        [2, 1, 2, 9.4, 45],
        [3, 6, 4, 22.8, 95],
        [4, 4, 3, 5.2, 25],
        [5, 7, 1, 27.1, 115],
        [6, 1, 5, 14.6, 60],
        [7, 5, 10, 3.9, 20],
        [8, 7, 8, 8.3, 40],
        [9, 4, 9, 40.7, 170],
        [10, 8, 4, 18.9, 80],
      ],
    ),
    table(
      'sailing',
      {
        sailing_id: 'int',
        route_id: 'int',
        vessel_id: 'int',
        departure: 'datetime',
        passengers: 'int',
        status: 'varchar(20)',
      },
      ['sailing_id'],
      { route_id: 'route', vessel_id: 'vessel' },
      rows(70, (n) => {
        const vessel = between(random, 1, 8)
        const capacity = [320, 180, 96, 240, 410, 60, 150, 75][vessel - 1] ?? 60
        const status = pick(random, ['on time', 'on time', 'on time', 'late', 'cancelled'])
        const departure = at(dayAfter('2024-05-01', Math.floor(n / 2)), between(random, 12, 42) * 30)
        const route = between(random, 1, 9)
        const passengers = between(random, 5, capacity)
        return [n, route, vessel, departure, status === 'cancelled' ? null : passengers, status]
      }),
    ),
    table(
      'fare',
      { route_id: 'int', passenger_type: 'varchar(20)', price: 'decimal(6,2)' },
      ['route_id', 'passenger_type'],
      { route_id: 'route' },
      [31.5, 9.4, 22.8, 5.2, 27.1, 14.6, 3.9, 8.3, 40.7, 18.9].flatMap((miles, i) => [
        [i + 1, 'adult', 3 + miles * 0.55],
        [i + 1, 'child', 1.5 + miles * 0.25],
        [i + 1, 'islander', sometimes(random, 0.2, 1 + miles * 0.2)],
      ]),
    ),
  ],
  questions: [
    ask(
      "SELECT count(*) FROM port WHERE island = '{island}'",
      ['How many ports are on the island of {island}?', 'Count the ports on {island}.'],
      { island: ['Mainland', 'Oxna'] },
    ),
    ask(
      'SELECT name FROM vessel WHERE built > {year}',
      ['Which vessels were built after {year}?', 'Give me the names of all vessels built later than {year}.'],
      { year: [2005, 2010] },
    ),
    ask('SELECT max(capacity) FROM vessel', [
      'What is the largest capacity of any vessel?',
      'How many people does the biggest vessel hold? Give the maximum capacity.',
    ]),
    ask('SELECT name FROM vessel WHERE home_port_id IS NULL', [
      'Which vessel has no home port on record?',
      'Name the vessel whose home port is missing.',
    ]),
    ask('SELECT DISTINCT status FROM sailing ORDER BY status', [
      'What different statuses can a sailing have? Put them in alphabetical order.',
      'List the distinct sailing statuses alphabetically.',
    ]),
    ask('SELECT avg(duration_min) FROM route', [
      'What is the average duration of a route in minutes?',
      'On average, how many minutes does a route last?',
    ]),
    ask('SELECT name, capacity FROM vessel ORDER BY capacity DESC', [
      'Show every vessel with its capacity, the largest first.',
      'List names and capacities of the vessels in descending order of capacity.',
    ]),
    ask('SELECT name FROM port ORDER BY opened_year LIMIT 1', [
      'Which port was opened first?',
      'What is the name of the port with the earliest opening year?',
    ]),
    ask('SELECT status, count(*) FROM sailing GROUP BY status ORDER BY status', [
      'For each status, in alphabetical order, how many sailings were there?',
      'Count the sailings per status; show status and number, sorted by status.',
    ]),
    ask(
      "SELECT min(price), max(price) FROM fare WHERE passenger_type = '{type}'",
      [
        'What are the lowest and the highest price for the passenger type {type}?',
        'Give the minimum and maximum {type} fare.',
      ],
      { type: ['adult', 'child'] },
    ),
    ask(
      "SELECT name FROM vessel WHERE name LIKE '%{part}%'",
      ['Find vessels that have "{part}" in their name.', 'Which vessel names contain the word {part}?'],
      { part: ['Oxna', 'Sea'] },
    ),
    ask(
      'SELECT T1.name, T2.name FROM vessel AS T1 JOIN port AS T2 ON T1.home_port_id = T2.port_id ORDER BY T1.vessel_id',
      [
        'Show each vessel and the name of its home port, in order of vessel id.',
        'For every vessel with a home port give the vessel name and the port name, sorted by vessel id.',
      ],
    ),
    ask(
      "SELECT T1.name FROM vessel AS T1 JOIN port AS T2 ON T1.home_port_id = T2.port_id WHERE T2.name = '{port}'",
      ['Which vessels have {port} as their home port?', 'Name the vessels based at {port}.'],
      { port: ['Hallan Quay', 'Kettlewick'] },
    ),
    ask(
      "SELECT sum(T1.passengers) FROM sailing AS T1 JOIN vessel AS T2 ON T1.vessel_id = T2.vessel_id WHERE T2.name = '{vessel}'",
      [
        'How many passengers in total did the vessel {vessel} carry?',
        'Sum up the passengers of all sailings by {vessel}.',
      ],
      { vessel: ['Grey Heron', 'Tern'] },
    ),
    ask('SELECT name FROM port WHERE port_id NOT IN (SELECT from_port_id FROM route)', [
      'Which ports does no route start from?',
      'Find the names of ports that are never the departure port of a route.',
    ]),
    ask('SELECT name FROM vessel WHERE capacity > (SELECT avg(capacity) FROM vessel)', [
      'Which vessels hold more than the average capacity?',
      'Names of the vessels with a capacity above average, please.',
    ]),
    ask('SELECT name FROM vessel WHERE vessel_id NOT IN (SELECT vessel_id FROM sailing)', [
      'Which vessel never sailed?',
      'Name the vessels without any sailing.',
    ]),
    ask(
      'SELECT T2.name, count(*) FROM sailing AS T1 JOIN vessel AS T2 ON T1.vessel_id = T2.vessel_id GROUP BY T2.name ORDER BY T2.name',
      [
        'How many sailings did each vessel make? List by vessel name in alphabetical order.',
        'Give every vessel name with its number of sailings, ordered by name.',
      ],
    ),
    ask(
      'SELECT T2.name FROM sailing AS T1 JOIN vessel AS T2 ON T1.vessel_id = T2.vessel_id GROUP BY T2.name ORDER BY sum(T1.passengers) DESC LIMIT 1',
      [
        'Which vessel carried the most passengers in all?',
        'Find the name of the vessel with the highest total of passengers.',
      ],
    ),
    ask(
      "SELECT T3.name, T1.miles FROM route AS T1 JOIN port AS T2 ON T1.from_port_id = T2.port_id JOIN port AS T3 ON T1.to_port_id = T3.port_id WHERE T2.name = '{port}' ORDER BY T1.miles",
      [
        'Where can one sail to from {port}, and how many miles is it? Nearest first.',
        'Show the destination port and the miles of each route from {port}, by increasing miles.',
      ],
      { port: ['Kettlewick', 'St. Brannoc'] },
    ),
    ask(
      'SELECT T2.name FROM sailing AS T1 JOIN vessel AS T2 ON T1.vessel_id = T2.vessel_id GROUP BY T2.name HAVING count(*) >= {n} ORDER BY T2.name',
      [
        'Which vessels made at least {n} sailings? Names from A to Z.',
        'Find the names, in alphabetical order, of vessels having {n} or more sailings.',
      ],
      { n: [9, 10] },
    ),
    ask(
      "SELECT DISTINCT T2.name FROM sailing AS T1 JOIN vessel AS T2 ON T1.vessel_id = T2.vessel_id WHERE T1.status = 'late' INTERSECT SELECT T2.name FROM sailing AS T1 JOIN vessel AS T2 ON T1.vessel_id = T2.vessel_id WHERE T1.status = 'cancelled' ORDER BY name",
      [
        'Which vessels had both a late and a cancelled sailing? Alphabetically.',
        'Name the vessels that were late at least once and also had a sailing cancelled, in alphabetical order.',
      ],
    ),
    ask('SELECT count(*) FROM sailing WHERE passengers IS NULL', [
      'How many sailings have no number of passengers recorded?',
    ]),
    ask(
      "SELECT count(*) FROM sailing WHERE departure < '{date}' AND status = 'on time'",
      [
        'How many sailings that left before {date} were on time?',
        'Count the on time sailings with a departure earlier than {date}.',
      ],
      { date: ['2024-05-15', '2024-05-25'] },
    ),
  ],
}

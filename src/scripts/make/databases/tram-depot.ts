/** A tram depot: lines, stops, trams, drivers, shifts, repairs. */
import { ask, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const tramDepot: Domain = {
  name: 'tram_depot',
  tables: (random) => [
    table(
      'tram_line',
      { line_id: 'int', label: 'varchar(4)', colour: 'varchar(12)', length_km: 'decimal(4,1)', opened_year: 'int' },
      ['line_id'],
      {},
      [
        [1, 'A', 'red', 11.4, 1904],
        [2, 'B', 'green', 8.2, 1911],
        [3, 'C', 'blue', 14.9, 1956],
        [4, 'D', 'yellow', 6.3, 1999],
        [5, 'E', 'grey', 3.1, 2022],
      ],
    ),
    table(
      'stop',
      { stop_id: 'int', name: 'varchar(30)', district: 'varchar(20)', shelter: 'varchar(3)', daily_riders: 'int' },
      ['stop_id'],
      {},
      [
        [1, 'Old Market', 'Centre', 'yes', 8400],
        [2, 'Opera', 'Centre', 'yes', 6150],
        [3, 'Fish Gate', 'centre', 'no', 2900],
        [4, 'Ropewalk', 'Harbour', 'no', 1320],
        [5, 'Pilot House', 'Harbour', 'yes', 1875],
        [6, 'Brewery Hill', 'Northfield', 'yes', 3040],
        [7, 'Almshouses', 'Northfield', 'no', 760],
        [8, 'Water Tower', 'Northfield ', 'no', 980],
        [9, 'University', 'Lindens', 'yes', 7225],
        [10, 'Lindens Park', 'Lindens', 'no', 2210],
        [11, 'Terminus East', 'Lindens', 'yes', null],
        [12, 'Ghost Stop', 'Harbour', 'no', 0],
      ],
    ),
    table(
      'line_stop',
      { line_id: 'int', stop_id: 'int', position_no: 'int' },
      ['line_id', 'stop_id'],
      { line_id: 'tram_line', stop_id: 'stop' },
      [
        [6, 2, 1, 3, 4, 5],
        [7, 6, 1, 9],
        [9, 10, 2, 1, 3, 8, 11],
        [5, 1, 10],
        [2, 9, 11],
      ].flatMap((stops, line) => stops.map((stop, i) => [line + 1, stop, i + 1])),
    ),
    table(
      'tram',
      { tram_no: 'int', model: 'varchar(20)', built: 'int', seats: 'int', low_floor: 'varchar(3)', mileage_km: 'int' },
      ['tram_no'],
      {},
      [
        [101, 'Bellwether', 1962, 36, 'no', 2140500],
        [102, 'Bellwether', 1963, 36, 'no', 1987200],
        [117, 'Bellwether', 1965, 38, 'no', 1675000],
        [204, 'Comet Two', 1984, 52, 'no', 1320750],
        [205, 'Comet Two', 1984, 52, 'no', 1298400],
        [211, 'comet two', 1987, 54, 'yes', 1105300],
        [301, 'Glider', 2005, 70, 'yes', 640800],
        [302, 'Glider', 2005, 70, 'yes', 655100],
        [303, 'Glider', 2008, 72, 'yes', 512350],
        [401, 'Swift City', 2019, 84, 'yes', 201900],
        [402, 'Swift City', 2021, 84, 'yes', 96400],
        [403, 'Swift City ', 2023, 86, 'yes', null],
      ],
    ),
    table(
      'driver',
      { driver_id: 'int', name: 'varchar(30)', licensed_on: 'date', wage: 'decimal(6,2)', supervisor_id: 'int' },
      ['driver_id'],
      { supervisor_id: 'driver' },
      [
        [1, 'Ottmar Reiss', '1994-05-16', 27.8, null],
        [2, 'Joan Wetherby', '2003-02-03', 25.1, 1],
        [3, 'Selim Arkan', '2011-10-28', 22.65, 1],
        [4, 'Vera Coppin', '2016-07-19', 20.4, 2],
        [5, 'Duarte Maia', '2018-03-30', 19.95, 2],
        [6, 'Agnieszka Wolny', '2020-12-07', 19.2, 3],
        [7, 'Perry Lockhart', '2022-09-01', 18.5, 3],
        [8, 'Hana Sugita', '2024-01-29', 17.75, 3],
      ],
    ),
    table(
      'duty',
      { duty_id: 'int', driver_id: 'int', tram_no: 'int', line_id: 'int', worked_on: 'date', delay_min: 'int' },
      ['duty_id'],
      { driver_id: 'driver', tram_no: 'tram', line_id: 'tram_line' },
      rows(110, (n) => [
        n,
        between(random, 1, 7),
        pick(random, [101, 117, 204, 205, 211, 301, 302, 303, 401, 402]),
        pick(random, [1, 1, 2, 2, 3, 3, 3, 4]),
        dayAfter('2024-02-01', Math.floor(n / 2)),
        sometimes(random, 0.08, between(random, 0, 35)),
      ]),
    ),
    table(
      'repair',
      { tram_no: 'int', fault: 'varchar(20)', reported_on: 'date', cost: 'decimal(8,2)' },
      [],
      { tram_no: 'tram' },
      [
        ...rows(42, () => [
          pick(random, [101, 102, 117, 204, 205, 301, 303, 401]),
          pick(random, ['brakes', 'doors', 'Doors ', 'heating', 'pantograph', 'wheels']),
          dayAfter('2023-01-01', between(random, 0, 480)),
          sometimes(random, 0.12, between(random, 400, 98000) / 10),
        ]),
        [204, 'doors', '2023-06-06', 150],
        [204, 'doors', '2023-06-06', 150],
      ],
    ),
  ],
  questions: [
    ask(
      "SELECT name FROM stop WHERE district = '{d}'",
      ['Which stops are in the district {d}?', 'Name all stops of {d}.'],
      { d: ['Centre', 'Northfield'] },
    ),
    ask(
      "SELECT count(*) FROM tram WHERE model = '{m}'",
      ['How many trams are of the model {m}?', 'Count the {m} trams.'],
      { m: ['Comet Two', 'Swift City'] },
    ),
    ask(
      "SELECT count(*) FROM repair WHERE fault = '{f}'",
      ['How many repairs were for {f}?', 'Count the repairs with the fault {f}.'],
      { f: ['doors', 'brakes'] },
    ),
    ask('SELECT avg(wage) FROM driver', [
      'What wage do drivers get on average?',
      'Give the average wage of the drivers.',
    ]),
    ask('SELECT name FROM driver WHERE supervisor_id IS NULL', [
      'Which driver has no supervisor?',
      'Name the drivers without a supervisor.',
    ]),
    ask('SELECT sum(length_km) FROM tram_line', [
      'How many km long are all tram lines together?',
      'Sum the length in km of the tram lines.',
    ]),
    ask(
      'SELECT tram_no FROM tram WHERE built < {y}',
      [
        'Which trams were built before {y}? Give their numbers.',
        'List the tram numbers of trams built earlier than {y}.',
      ],
      { y: [1970, 1990] },
    ),
    ask(
      'SELECT label, length_km FROM tram_line ORDER BY length_km DESC LIMIT {n}',
      [
        'What are the {n} longest lines? Label and length, longest first.',
        'Show label and length in km of the top {n} tram lines by length.',
      ],
      { n: [2, 3] },
    ),
    ask(
      'SELECT name, daily_riders FROM stop WHERE daily_riders > {r} ORDER BY daily_riders DESC',
      [
        'Which stops have more than {r} daily riders? Name and riders, busiest first.',
        'Name and daily riders of stops over {r} riders, in descending order.',
      ],
      { r: [5000, 2500] },
    ),
    ask('SELECT low_floor, count(*), avg(seats) FROM tram GROUP BY low_floor ORDER BY low_floor', [
      'Trams with and without low floor: how many are there and how many seats on average? Sort by low floor.',
      'Group trams by low floor (in order) and show the number and the average seats.',
    ]),
    ask('SELECT built, count(*) FROM tram GROUP BY built HAVING count(*) > 1 ORDER BY built', [
      'In which years was more than one tram built, and how many? Earliest first.',
      'Give build years with over 1 tram and the number of trams, in order of year.',
    ]),
    ask(
      "SELECT count(*) FROM stop WHERE shelter = 'no' AND daily_riders < {r}",
      [
        'How many stops without shelter have fewer than {r} daily riders?',
        'Count the stops with no shelter and under {r} riders a day.',
      ],
      { r: [1000, 2500] },
    ),
    ask(
      "SELECT tram_no, seats FROM tram WHERE low_floor = 'yes' AND seats > {s} ORDER BY tram_no",
      [
        'Which low floor trams have more than {s} seats? Number and seats, by tram number.',
        'Tram number and seats of low floor trams above {s} seats, sorted by tram number.',
      ],
      { s: [70, 80] },
    ),
    ask(
      "SELECT T3.name FROM tram_line AS T1 JOIN line_stop AS T2 ON T1.line_id = T2.line_id JOIN stop AS T3 ON T2.stop_id = T3.stop_id WHERE T1.label = '{l}' ORDER BY T2.position_no",
      [
        'Which stops does line {l} serve, in order of position?',
        'List the stop names of the line labelled {l} by position.',
      ],
      { l: ['A', 'C'] },
    ),
    ask(
      "SELECT T1.label FROM tram_line AS T1 JOIN line_stop AS T2 ON T1.line_id = T2.line_id JOIN stop AS T3 ON T2.stop_id = T3.stop_id WHERE T3.name = '{s}' ORDER BY T1.label",
      [
        'Which lines stop at {s}? Labels in alphabetical order.',
        'Give the labels, A to Z, of the tram lines that serve the stop {s}.',
      ],
      { s: ['Old Market', 'University'] },
    ),
    ask(
      'SELECT T1.label, count(*) FROM tram_line AS T1 JOIN line_stop AS T2 ON T1.line_id = T2.line_id GROUP BY T1.label ORDER BY T1.label',
      ['How many stops has each line? Sort by label.', 'Per line label, in order, count the stops on it.'],
    ),
    ask(
      "SELECT avg(T1.delay_min) FROM duty AS T1 JOIN driver AS T2 ON T1.driver_id = T2.driver_id WHERE T2.name = '{d}'",
      [
        'What is the average delay, in minutes, of duties by {d}?',
        'Find the mean delay on the duties of the driver {d}.',
      ],
      { d: ['Selim Arkan', 'Vera Coppin'] },
    ),
    ask(
      'SELECT T1.name, T2.name FROM driver AS T1 JOIN driver AS T2 ON T1.supervisor_id = T2.driver_id ORDER BY T1.name',
      [
        'Show each supervised driver with the name of the supervisor, by driver name.',
        'List driver name and supervisor name, alphabetically by driver.',
      ],
    ),
    ask('SELECT name FROM stop WHERE stop_id NOT IN (SELECT stop_id FROM line_stop)', [
      'Which stops does no line serve?',
      'Find the names of stops that are on no line.',
    ]),
    ask('SELECT name FROM driver WHERE driver_id NOT IN (SELECT driver_id FROM duty)', [
      'Which driver has not worked any duty?',
      'Name the drivers without a duty.',
    ]),
    ask('SELECT tram_no FROM tram WHERE mileage_km > (SELECT avg(mileage_km) FROM tram)', [
      'Which trams have a mileage above the average? Tram numbers, please.',
      'Numbers of the trams that ran more km than the average mileage.',
    ]),
    ask(
      'SELECT T2.name FROM duty AS T1 JOIN driver AS T2 ON T1.driver_id = T2.driver_id GROUP BY T2.name ORDER BY sum(T1.delay_min) DESC LIMIT 1',
      ['Which driver has the greatest total delay?', 'Name the driver whose delays add up to the most minutes.'],
    ),
    ask(
      "SELECT T1.tram_no, sum(T2.cost) FROM tram AS T1 JOIN repair AS T2 ON T1.tram_no = T2.tram_no WHERE T1.low_floor = 'no' GROUP BY T1.tram_no ORDER BY sum(T2.cost) DESC",
      [
        'What did the repairs of each tram without low floor cost in total? Dearest first, with tram number.',
        'Tram number and total repair cost for trams whose low floor is no, in descending order of cost.',
      ],
    ),
    ask(
      'SELECT T3.label, count(DISTINCT T1.driver_id) FROM duty AS T1 JOIN driver AS T2 ON T1.driver_id = T2.driver_id JOIN tram_line AS T3 ON T1.line_id = T3.line_id WHERE T2.wage < {w} GROUP BY T3.label ORDER BY T3.label',
      [
        'How many different drivers with a wage under {w} worked on each line? Sort by label.',
        'Per line label, in order, count the distinct drivers earning less than {w} who had duty there.',
      ],
      { w: [20, 23] },
    ),
    ask("SELECT name FROM stop WHERE daily_riders > (SELECT avg(daily_riders) FROM stop) AND shelter = 'yes'", [
      'Which stops with a shelter have more daily riders than the average stop?',
      'Name sheltered stops (shelter yes) above the average of daily riders.',
    ]),
    ask(
      'SELECT tram_no FROM repair WHERE cost > {c} INTERSECT SELECT tram_no FROM duty WHERE delay_min > {m} ORDER BY tram_no',
      [
        'Which trams had a repair of over {c} and also a duty with more than {m} minutes delay? Tram numbers in order.',
        'Tram numbers, in increasing order, that occur both among repairs costing more than {c} and among duties delayed over {m} minutes.',
      ],
      { c: [5000, 8000], m: [25, 20] },
    ),
  ],
}

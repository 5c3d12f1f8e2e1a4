/** Mountain huts: wardens, trails between huts, hikers, bookings. */
import { ask, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const mountainHuts: Domain = {
  name: 'mountain_huts',
  tables: (random) => [
    table(
      'warden',
      { warden_id: 'int', name: 'varchar(30)', birth_year: 'int', language: 'varchar(20)' },
      ['warden_id'],
      {},
      [
        [1, 'Aloisia Kern', 1965, 'German'],
        [2, 'Tomaz Rebek', 1980, 'Slovene'],
        [3, 'Ginevra Sasso', 1974, 'Italian'],
        [4, 'Urs Tobler', 1992, 'german'],
        [5, 'Livia Dosta', 1988, 'Ladin'],
        [6, 'Beppe Fonda', 1959, 'Italian'],
      ],
    ),
    table(
      'hut',
      {
        hut_id: 'int',
        name: 'varchar(30)',
        valley: 'varchar(20)',
        altitude_m: 'int',
        beds: 'int',
        price_per_night: 'decimal(6,2)',
        warden_id: 'int',
        opened_on: 'date',
      },
      ['hut_id'],
      { warden_id: 'warden' },
      [
        [1, 'Larch Hut', 'Val Serna', 1820, 42, 38.5, 1, '1927-06-12'],
        [2, 'Marmot Rest', 'Val Serna', 2240, 60, 44, 2, '1951-07-01'],
        [3, 'Eagle Bivouac', 'Val Serna', 3012, 9, 0, null, '1978-08-20'],
        [4, 'Blue Lake House', 'Torrent', 1985, 88, 52.25, 3, '1936-05-30'],
        [5, 'Scree Lodge', 'Torrent', 2467, 36, 41, 4, '1964-07-15'],
        [6, 'Gentian Hut', 'torrent ', 2130, 28, 39.75, null, '2003-06-08'],
        [7, 'Snowfinch', 'Monteforno', 2785, 20, 47.5, 5, '1989-09-02'],
        [8, 'Chapel Refuge', 'Monteforno', 1650, 54, 36, 6, '1912-05-18'],
        [9, 'Cloud Inn', 'Dark Basin', 1440, 72, 61, 3, '2011-12-01'],
      ],
    ),
    table(
      'trail',
      {
        trail_id: 'int',
        start_hut_id: 'int',
        end_hut_id: 'int',
        hours: 'decimal(3,1)',
        ascent_m: 'int',
        difficulty: 'varchar(12)',
      },
      ['trail_id'],
      { start_hut_id: 'hut', end_hut_id: 'hut' },
      [
        [1, 1, 2, 2.5, 450, 'easy'],
        [2, 2, 3, 4, 810, 'hard'],
        [3, 1, 4, 5.5, 690, 'moderate'],
        [4, 4, 5, 3, 520, 'moderate'],
        [5, 5, 6, 1.8, 90, 'easy'],
        [6, 6, 7, 6.2, 1050, 'hard'],
        [7, 8, 7, 5, 1180, 'hard'],
        [8, 8, 1, 4.4, 380, 'moderate'],
        [9, 4, 6, 2.1, 210, 'Easy'],
        [10, 2, 5, 7.3, 940, 'hard'],
        [11, 9, 8, 3.6, 330, 'easy'],
      ],
    ),
    table(
      'hiker',
      {
        hiker_id: 'int',
        name: 'varchar(30)',
        nationality: 'varchar(20)',
        birth_date: 'date',
        club_member: 'varchar(3)',
      },
      ['hiker_id'],
      {},
      [
        [1, 'Renske Dahl', 'Dutch', '1987-04-03', 'yes'],
        [2, 'Paolo Neri', 'Italian', '1969-10-22', 'yes'],
        [3, 'Heidi Aumann', 'Austrian', '1994-01-17', 'no'],
        [4, 'Gareth Snow', 'British', '1978-06-06', 'no'],
        [5, 'Mireille Roux', 'French', '2000-12-12', 'yes'],
        [6, 'Kalle Sund', 'Swedish', '1959-08-29', null],
        [7, 'Bianca Neri', 'Italian', '1998-03-25', 'no'],
        [8, 'Stig Aalto', 'finnish', '1983-07-07', 'yes'],
        [9, 'Wanda Pohl', 'Austrian', '1972-11-19', 'yes'],
        [10, 'Ewan Strath', 'British ', '1991-02-28', 'no'],
      ],
    ),
    table(
      'booking',
      {
        booking_id: 'int',
        hut_id: 'int',
        hiker_id: 'int',
        arrival: 'date',
        nights: 'int',
        guests: 'int',
        deposit: 'decimal(6,2)',
      },
      ['booking_id'],
      { hut_id: 'hut', hiker_id: 'hiker' },
      rows(85, (n) => [
        n,
        pick(random, [1, 1, 2, 2, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8, 8]),
        between(random, 1, 9),
        dayAfter('2023-06-10', n + between(random, 0, 6)),
        between(random, 1, 5),
        between(random, 1, 8),
        sometimes(random, 0.3, between(random, 2, 24) * 5),
      ]),
    ),
  ],
  questions: [
    ask("SELECT name FROM hut WHERE valley = '{v}'", ['Which huts are in the valley {v}?', 'Name the huts of {v}.'], {
      v: ['Torrent', 'Val Serna'],
    }),
    ask(
      'SELECT count(*) FROM hut WHERE altitude_m > {m}',
      ['How many huts lie above {m} m?', 'Count the huts with an altitude of more than {m} m.'],
      { m: [2000, 2400] },
    ),
    ask('SELECT sum(beds) FROM hut', ['How many beds do the huts have in total?', 'Add up the beds of all huts.']),
    ask('SELECT name FROM hut WHERE warden_id IS NULL', [
      'Which huts have no warden?',
      'List the names of huts without a warden.',
    ]),
    ask(
      "SELECT name FROM warden WHERE language = '{l}'",
      ['Which wardens speak {l}?', 'Give names of the wardens whose language is {l}.'],
      { l: ['German', 'Italian'] },
    ),
    ask('SELECT max(hours), min(hours) FROM trail', [
      'How many hours do the longest and the shortest trail take?',
      'Give the maximum and then the minimum hours of a trail.',
    ]),
    ask(
      "SELECT count(*) FROM trail WHERE difficulty = '{d}'",
      ['How many {d} trails are there?', 'Count the trails of difficulty {d}.'],
      { d: ['easy', 'hard'] },
    ),
    ask(
      'SELECT name, altitude_m FROM hut ORDER BY altitude_m DESC LIMIT {n}',
      [
        'What are the {n} highest huts? Name and altitude, highest first.',
        'Show the top {n} huts by altitude, with name and altitude.',
      ],
      { n: [3, 4] },
    ),
    ask('SELECT name FROM hiker ORDER BY birth_date DESC LIMIT 1', [
      'Who is the youngest hiker?',
      'What is the name of the hiker with the latest birth date?',
    ]),
    ask(
      'SELECT name, price_per_night FROM hut WHERE price_per_night < {p} ORDER BY price_per_night',
      [
        'Which huts cost less than {p} a night? Name and price, cheapest first.',
        'Name and price per night of huts under {p}, in increasing order of price.',
      ],
      { p: [40, 45] },
    ),
    ask(
      "SELECT difficulty, count(*), avg(ascent_m) FROM trail WHERE difficulty <> 'easy' GROUP BY difficulty ORDER BY difficulty",
      [
        'Leaving out easy trails, how many trails are there per difficulty, and what is their average ascent? Sort by difficulty.',
        'For each difficulty other than easy, alphabetically, give the number of trails and the mean ascent.',
      ],
    ),
    ask('SELECT nights, count(*) FROM booking GROUP BY nights ORDER BY nights', [
      'How many bookings are there for each number of nights? Fewest nights first.',
      'Count the bookings by nights, in increasing order of nights.',
    ]),
    ask(
      "SELECT name FROM hiker WHERE club_member = 'yes' AND birth_date < '{d}'",
      [
        'Which club members were born before {d}?',
        'Names of hikers who are club members and have a birth date earlier than {d}.',
      ],
      { d: ['1980-01-01', '1990-01-01'] },
    ),
    ask('SELECT T1.name, T2.name FROM hut AS T1 JOIN warden AS T2 ON T1.warden_id = T2.warden_id ORDER BY T1.name', [
      'Show every hut that has a warden with the name of the warden, sorted by hut name.',
      'Hut name and warden name, alphabetically by hut.',
    ]),
    ask(
      "SELECT T2.name FROM hut AS T1 JOIN warden AS T2 ON T1.warden_id = T2.warden_id WHERE T1.name = '{h}'",
      ['Who is the warden of {h}?', 'Give the name of the warden who runs the hut {h}.'],
      { h: ['Marmot Rest', 'Snowfinch'] },
    ),
    ask(
      "SELECT sum(T1.guests) FROM booking AS T1 JOIN hut AS T2 ON T1.hut_id = T2.hut_id WHERE T2.name = '{h}'",
      [
        'How many guests were booked into {h} altogether?',
        'What is the total number of guests over the bookings of {h}?',
      ],
      { h: ['Blue Lake House', 'Larch Hut'] },
    ),
    ask(
      "SELECT T3.name, T1.hours FROM trail AS T1 JOIN hut AS T2 ON T1.start_hut_id = T2.hut_id JOIN hut AS T3 ON T1.end_hut_id = T3.hut_id WHERE T2.name = '{h}' ORDER BY T1.hours",
      [
        'Which huts can be reached by a trail that starts at {h}, and in how many hours? Shortest first.',
        'Name of the end hut and the hours for each trail starting at {h}, by hours.',
      ],
      { h: ['Blue Lake House', 'Marmot Rest'] },
    ),
    ask('SELECT name FROM hut WHERE hut_id NOT IN (SELECT hut_id FROM booking)', [
      'Which hut was never booked?',
      'Find the huts without any booking.',
    ]),
    ask('SELECT name FROM hut WHERE hut_id NOT IN (SELECT start_hut_id FROM trail)', [
      'From which huts does no trail start?',
      'Give the names of huts that are not the start of a trail.',
    ]),
    ask('SELECT name FROM hut WHERE beds > (SELECT avg(beds) FROM hut)', [
      'Which huts have more beds than average?',
      'Name the huts whose number of beds is above the average.',
    ]),
    ask(
      'SELECT T2.name, sum(T1.nights) FROM booking AS T1 JOIN hiker AS T2 ON T1.hiker_id = T2.hiker_id GROUP BY T2.name ORDER BY T2.name',
      [
        'How many nights did each hiker book? Sort by name.',
        'Per hiker with bookings, alphabetically, show the name and the total nights.',
      ],
    ),
    ask(
      'SELECT T2.name FROM booking AS T1 JOIN hut AS T2 ON T1.hut_id = T2.hut_id GROUP BY T2.name ORDER BY count(*) DESC LIMIT 1',
      ['Which hut has the most bookings?', 'Name the hut that was booked most often.'],
    ),
    ask(
      "SELECT DISTINCT T3.name FROM booking AS T1 JOIN hut AS T2 ON T1.hut_id = T2.hut_id JOIN hiker AS T3 ON T1.hiker_id = T3.hiker_id WHERE T2.valley = '{v}' AND T1.nights > {n} ORDER BY T3.name",
      [
        'Which hikers booked more than {n} nights at once in the valley {v}? Distinct names, alphabetically.',
        'List each hiker once, A to Z, who has a booking of over {n} nights for a hut in {v}.',
      ],
      { v: ['Monteforno', 'Torrent'], n: [3, 4] },
    ),
    ask(
      "SELECT T2.valley, sum(T1.guests) FROM booking AS T1 JOIN hut AS T2 ON T1.hut_id = T2.hut_id WHERE T2.valley <> 'Torrent' GROUP BY T2.valley HAVING sum(T1.guests) > {g} ORDER BY T2.valley",
      [
        'Apart from Torrent, which valleys had more than {g} guests in all? Valley and guests, by valley.',
        'Show valley and total guests for the valleys other than Torrent with over {g} guests, alphabetically.',
      ],
      { g: [40, 60] },
    ),
    ask(
      "SELECT name FROM hut WHERE price_per_night > 40 INTERSECT SELECT T2.name FROM trail AS T1 JOIN hut AS T2 ON T1.end_hut_id = T2.hut_id WHERE T1.difficulty = 'hard' ORDER BY name",
      [
        'Which huts cost over 40 a night and are the end of a hard trail? Alphabetically.',
        'Name huts with a price per night above 40 at which some hard trail ends, sorted by name.',
      ],
    ),
  ],
}

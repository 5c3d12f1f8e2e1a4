/** A beekeepers' association: keepers, apiaries, hives, inspections, harvests. */
import { ask, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const beekeeping: Domain = {
  name: 'beekeepers',
  tables: (random) => [
    table(
      'keeper',
      { keeper_id: 'int', name: 'varchar(30)', county: 'varchar(20)', experience_years: 'int', phone: 'varchar(20)' },
      ['keeper_id'],
      {},
      [
        [1, 'Orsolya Finch', 'Wexmoor', 22, '0555 1043'],
        [2, 'Duncan Reed', 'Wexmoor', 4, null],
        [3, 'Halina Voe', 'Tansley', 11, '0555 2210'],
        [4, 'Gus Merriman', 'tansley', 35, '0555 8871'],
        [5, 'Ffion Blake', 'Harrowdale', 1, ' 0555 3009'],
        [6, 'Ibrahim Stow', 'Harrowdale', 8, '0555 6618'],
        [7, 'Lotte Amsel', 'Wexmoor ', 15, null],
      ],
    ),
    table(
      'apiary',
      { apiary_id: 'int', name: 'varchar(30)', keeper_id: 'int', altitude_m: 'int', forage: 'varchar(20)' },
      ['apiary_id'],
      { keeper_id: 'keeper' },
      [
        [1, 'Old Orchard', 1, 85, 'fruit blossom'],
        [2, 'Heather Top', 1, 410, 'heather'],
        [3, 'Canal Side', 2, 30, 'bramble'],
        [4, 'Quarry Ledge', 3, 240, 'clover'],
        [5, 'Lime Avenue', 4, 62, 'lime'],
        [6, 'Monks Field', 4, 118, 'Clover'],
        [7, 'Roof Garden', 6, 51, 'mixed'],
        [8, 'North Heath', 4, 365, 'heather'],
        [9, 'Windbreak', null, 150, 'mixed'],
      ],
    ),
    table(
      'hive',
      {
        hive_id: 'int',
        apiary_id: 'int',
        hive_type: 'varchar(20)',
        queen_year: 'int',
        temper: 'varchar(12)',
        supers: 'int',
      },
      ['hive_id'],
      { apiary_id: 'apiary' },
      rows(32, (n) => [
        n,
        between(random, 1, 8),
        pick(random, ['National', 'Langstroth', 'Warre', 'Top Bar']),
        sometimes(random, 0.12, between(random, 2020, 2024)),
        pick(random, ['calm', 'calm', 'nervous', 'fierce']),
        between(random, 0, 4),
      ]),
    ),
    table(
      'inspection',
      {
        inspection_id: 'int',
        hive_id: 'int',
        inspected_on: 'date',
        frames_of_brood: 'int',
        mites: 'int',
        queen_seen: 'varchar(3)',
      },
      ['inspection_id'],
      { hive_id: 'hive' },
      rows(90, (n) => [
        n,
        between(random, 1, 30),
        dayAfter('2024-03-20', Math.floor(n * 1.8)),
        between(random, 0, 11),
        sometimes(random, 0.15, between(random, 0, 48)),
        pick(random, ['yes', 'yes', 'no']),
      ]),
    ),
    table(
      'harvest',
      { hive_id: 'int', taken_on: 'date', honey_kg: 'decimal(5,2)', flavour: 'varchar(20)' },
      ['hive_id', 'taken_on'],
      { hive_id: 'hive' },
      rows(44, (n) => [
        (n * 7) % 29 || 29,
        dayAfter('2024-05-25', n * 2 + between(random, 0, 1)),
        between(random, 180, 2400) / 100,
        pick(random, ['spring', 'summer', 'heather', 'lime']),
      ]),
    ),
  ],
  questions: [
    ask(
      "SELECT name FROM keeper WHERE county = '{c}'",
      ['Which keepers live in {c}?', 'Name the keepers from the county of {c}.'],
      { c: ['Tansley', 'Wexmoor'] },
    ),
    ask(
      "SELECT count(*) FROM hive WHERE hive_type = '{t}'",
      ['How many hives are of type {t}?', 'Count the {t} hives.'],
      { t: ['National', 'Warre'] },
    ),
    ask(
      'SELECT name FROM apiary WHERE altitude_m > {m}',
      ['Which apiaries lie higher than {m} m?', 'Give the names of the apiaries at an altitude above {m} m.'],
      { m: [200, 100] },
    ),
    ask('SELECT sum(honey_kg) FROM harvest', [
      'How many kg of honey were harvested in total?',
      'What is the sum of the honey over all harvests, in kg?',
    ]),
    ask('SELECT name FROM keeper WHERE phone IS NULL', [
      'Which keepers have no phone?',
      'List names of the keepers without a phone number.',
    ]),
    ask('SELECT avg(experience_years) FROM keeper', [
      'How many years of experience has a keeper on average?',
      'Give the mean experience in years of the keepers.',
    ]),
    ask('SELECT count(*) FROM hive WHERE queen_year IS NULL', [
      'For how many hives is the year of the queen unknown?',
      'Count hives without a queen year.',
    ]),
    ask(
      'SELECT name, experience_years FROM keeper ORDER BY experience_years DESC LIMIT {n}',
      [
        'Who are the {n} most experienced keepers? Name and years, most first.',
        'Show name and years of experience of the top {n} keepers by experience.',
      ],
      { n: [3, 2] },
    ),
    ask('SELECT temper, count(*) FROM hive GROUP BY temper ORDER BY temper', [
      'How many hives are there of each temper? In alphabetical order of temper.',
      'Count the hives per temper, sorted by temper.',
    ]),
    ask('SELECT flavour, sum(honey_kg), avg(honey_kg) FROM harvest GROUP BY flavour ORDER BY flavour', [
      'For each flavour, by name, what is the total and the average honey in kg?',
      'Give flavour, summed honey and mean honey per harvest, alphabetically by flavour.',
    ]),
    ask('SELECT queen_year, count(*) FROM hive WHERE queen_year IS NOT NULL GROUP BY queen_year ORDER BY queen_year', [
      'How many hives have a queen of each known year? Earliest year first.',
      'For every queen year on record, in order, count the hives.',
    ]),
    ask(
      "SELECT hive_id, honey_kg FROM harvest WHERE flavour = '{f}' ORDER BY honey_kg DESC LIMIT {n}",
      [
        'Which {n} {f} harvests gave most honey? Show hive id and kg, largest first.',
        'Hive id and honey in kg of the {n} biggest harvests of {f} flavour, in descending order.',
      ],
      { f: ['summer', 'lime'], n: [3, 2] },
    ),
    ask(
      "SELECT count(*) FROM inspection WHERE queen_seen = 'no' AND mites > {m}",
      [
        'In how many inspections was the queen not seen and more than {m} mites counted?',
        'Count inspections with queen seen "no" and over {m} mites.',
      ],
      { m: [20, 30] },
    ),
    ask(
      "SELECT T1.name FROM apiary AS T1 JOIN keeper AS T2 ON T1.keeper_id = T2.keeper_id WHERE T2.name = '{k}'",
      ['Which apiaries belong to {k}?', 'Give the names of the apiaries of the keeper {k}.'],
      { k: ['Gus Merriman', 'Orsolya Finch'] },
    ),
    ask('SELECT T1.name, T2.name FROM apiary AS T1 JOIN keeper AS T2 ON T1.keeper_id = T2.keeper_id ORDER BY T1.name', [
      'Show each apiary with the name of its keeper, sorted by apiary name.',
      'For every kept apiary list its name and the name of the keeper, alphabetically by apiary.',
    ]),
    ask(
      'SELECT T2.name, count(*) FROM hive AS T1 JOIN apiary AS T2 ON T1.apiary_id = T2.apiary_id GROUP BY T2.name ORDER BY T2.name',
      [
        'How many hives stand in each apiary? Order by apiary name.',
        'Per apiary, alphabetically, give name and number of hives.',
      ],
    ),
    ask(
      "SELECT count(*) FROM hive AS T1 JOIN apiary AS T2 ON T1.apiary_id = T2.apiary_id WHERE T2.forage = '{f}' AND T1.temper = '{t}'",
      [
        'How many {t} hives are in apiaries with {f} forage?',
        'Count hives of a {t} temper whose apiary has the forage {f}.',
      ],
      { f: ['clover', 'heather'], t: ['calm', 'calm'] },
    ),
    ask('SELECT name FROM apiary WHERE apiary_id NOT IN (SELECT apiary_id FROM hive)', [
      'Which apiary has no hives?',
      'Find the names of apiaries without a hive.',
    ]),
    ask('SELECT name FROM keeper WHERE keeper_id NOT IN (SELECT keeper_id FROM apiary WHERE keeper_id IS NOT NULL)', [
      'Which keepers have no apiary?',
      'Name the keepers who keep no apiary at all.',
    ]),
    ask(
      'SELECT hive_id, honey_kg FROM harvest WHERE honey_kg > (SELECT avg(honey_kg) FROM harvest) ORDER BY honey_kg DESC',
      [
        'Which harvests gave more honey than average? Hive id and kg, most first.',
        'Show hive id and honey of each harvest above the average honey, in descending order of honey.',
      ],
    ),
    ask('SELECT hive_id FROM hive WHERE hive_id NOT IN (SELECT hive_id FROM inspection) ORDER BY hive_id', [
      'Which hives were never inspected? Ids in order.',
      'Give, in order, the hive ids without an inspection.',
    ]),
    ask(
      'SELECT T3.name, sum(T1.honey_kg) FROM harvest AS T1 JOIN hive AS T2 ON T1.hive_id = T2.hive_id JOIN apiary AS T3 ON T2.apiary_id = T3.apiary_id GROUP BY T3.name ORDER BY sum(T1.honey_kg) DESC',
      [
        'How much honey (kg) came from each apiary? Most productive first.',
        'List apiary names with their total honey in kg, descending.',
      ],
    ),
    ask(
      'SELECT T4.name FROM harvest AS T1 JOIN hive AS T2 ON T1.hive_id = T2.hive_id JOIN apiary AS T3 ON T2.apiary_id = T3.apiary_id JOIN keeper AS T4 ON T3.keeper_id = T4.keeper_id GROUP BY T4.name ORDER BY sum(T1.honey_kg) DESC LIMIT 1',
      ['Which keeper harvested the most honey?', 'Give the name of the keeper with the largest total of honey.'],
    ),
    ask(
      "SELECT T1.hive_id, max(T1.mites) FROM inspection AS T1 JOIN hive AS T2 ON T1.hive_id = T2.hive_id WHERE T2.hive_type = '{t}' GROUP BY T1.hive_id HAVING max(T1.mites) > {m} ORDER BY T1.hive_id",
      [
        'Which {t} hives ever had more than {m} mites? Show hive id and the maximum, by id.',
        'Hive id and highest mite count of hives of type {t} whose highest count exceeds {m}, in order of id.',
      ],
      { t: ['Langstroth', 'National'], m: [25, 30] },
    ),
    ask(
      "SELECT forage FROM apiary WHERE altitude_m > 300 UNION SELECT forage FROM apiary WHERE name LIKE '%Field%' ORDER BY forage",
      ['Which forage grows at apiaries above 300 m or at those with Field in their name? Alphabetically.'],
    ),
  ],
}

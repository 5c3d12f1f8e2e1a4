/** A hill-top observatory: telescopes, astronomers, targets, nights of observation. */
import { ask, at, between, type Domain, dayAfter, pairs, pick, rows, sometimes, table } from './model.ts'

export const observatory: Domain = {
  name: 'observatory',
  tables: (random) => [
    table(
      'telescope',
      {
        telescope_id: 'int',
        name: 'varchar(40)',
        aperture_m: 'decimal(4,2)',
        first_light: 'date',
        dome: 'varchar(20)',
      },
      ['telescope_id'],
      {},
      [
        [1, 'Old Bess', 0.61, '1931-09-14', 'East'],
        [2, 'Marrow Reflector', 1.52, '1967-04-02', 'West'],
        [3, 'Pinhole', 0.2, '2009-06-30', 'east'],
        [4, 'Great Lantern', 3.6, '1994-11-18', 'Summit'],
        [5, 'Kestrel Array', 1.05, '2016-02-09', 'Summit'],
        [6, 'Unbuilt Eye', 8.4, null, null],
      ],
    ),
    table(
      'astronomer',
      { astronomer_id: 'int', full_name: 'varchar(40)', country: 'varchar(30)', born: 'int', institute: 'varchar(40)' },
      ['astronomer_id'],
      {},
      [
        [1, 'Ines Calloway', 'Portugal', 1961, 'Lower Tagus College'],
        [2, 'Hiroto Sande', 'Japan', 1978, 'Kiso Hill School'],
        [3, 'Benedikta Voss', 'Germany', 1984, 'Harz Institute'],
        [4, 'Noémie Clare', 'France', 1990, 'Harz Institute'],
        [5, 'Abel Nyberg', 'Sweden', 1957, null],
        [6, 'Runa Iyer', 'India', 1993, 'Kiso Hill School'],
        [7, 'Casimir Dunn', 'Portugal', 1970, 'Lower Tagus College'],
        [8, 'Wilhelmina Oko', 'Germany', 1988, 'harz institute '],
        [9, 'Jory Tamm', 'Sweden', 1999, null],
      ],
    ),
    table(
      'target',
      {
        target_id: 'int',
        designation: 'varchar(20)',
        kind: 'varchar(20)',
        magnitude: 'double',
        distance_ly: 'double',
        constellation: 'varchar(20)',
      },
      ['target_id'],
      {},
      [
        [1, 'RX-101', 'galaxy', 9.4, 14500000, 'Lyra'],
        [2, 'RX-117', 'galaxy', 11.2, 38200000, 'Draco'],
        [3, 'RX-140', 'nebula', 6.8, 1350, 'Cygnus'],
        [4, 'RX-152', 'nebula', 8.1, 2210.5, 'Lyra'],
        [5, 'RX-160', 'cluster', 5.3, 820, 'Cygnus'],
        [6, 'RX-171', 'cluster', 7.7, 4150, 'Draco'],
        [7, 'RX-188', 'star', 2.1, 96.4, 'Lyra'],
        [8, 'RX-190', 'star', 3.9, 41.2, 'Orion'],
        [9, 'RX-203', 'star', 4.6, 612, 'Cygnus'],
        [10, 'RX-215', 'comet', 10.5, null, null],
        [11, 'RX-222', 'Galaxy', 12.8, 91000000, 'Orion'],
        [12, 'RX-230', 'comet', 13.4, null, null],
      ],
    ),
    table(
      'observation',
      {
        observation_id: 'int',
        telescope_id: 'int',
        target_id: 'int',
        started: 'datetime',
        exposure_s: 'int',
        seeing: 'decimal(3,1)',
        sky: 'varchar(20)',
      },
      ['observation_id'],
      { telescope_id: 'telescope', target_id: 'target' },
      rows(80, (n) => [
        n,
        between(random, 1, 5),
        between(random, 1, 11),
        at(
          dayAfter('2022-01-03', n * 9 + between(random, 0, 5)),
          between(random, 38, 46) * 30 + between(random, 0, 29),
        ),
        between(random, 3, 180) * 10,
        sometimes(random, 0.1, between(random, 6, 35) / 10),
        pick(random, ['clear', 'clear', 'hazy', 'cloudy']),
      ]),
    ),
    table(
      'observer',
      { astronomer_id: 'int', observation_id: 'int' },
      ['astronomer_id', 'observation_id'],
      { astronomer_id: 'astronomer', observation_id: 'observation' },
      pairs(random, 117, 8, 80),
    ),
    table(
      'proposal',
      { proposal_id: 'int', lead_id: 'int', title: 'varchar(60)', hours: 'int', accepted: 'varchar(3)' },
      ['proposal_id'],
      { lead_id: 'astronomer' },
      [
        [1, 1, 'The arms of RX-101', 40, 'yes'],
        [2, 2, 'Dust between the stars', 25, 'yes'],
        [3, 3, 'A census of small clusters', 60, 'no'],
        [4, 3, 'Clusters, once more', 35, 'yes'],
        [5, 4, 'Waiting for a comet', 18, 'yes'],
        [6, 6, 'Dust lanes in Lyra', 52, 'no'],
        [7, 7, 'The arms of RX-117', 44, null],
        [8, 8, 'A star that blinks', 12, 'yes'],
        [9, 1, 'Old plates, new eyes', 30, 'no'],
      ],
    ),
  ],
  questions: [
    ask(
      "SELECT count(*) FROM target WHERE kind = '{kind}'",
      ['How many targets are of kind {kind}?', 'Count the {kind} targets.'],
      { kind: ['galaxy', 'star'] },
    ),
    ask(
      'SELECT name FROM telescope WHERE aperture_m > {m}',
      [
        'Which telescopes have an aperture of more than {m} m?',
        'Name all telescopes with an aperture above {m} metres.',
      ],
      { m: [1, 1.5] },
    ),
    ask(
      "SELECT full_name FROM astronomer WHERE country = '{country}'",
      ['Which astronomers come from {country}?', 'Full names of the astronomers whose country is {country}.'],
      { country: ['Portugal', 'Sweden'] },
    ),
    ask('SELECT min(magnitude) FROM target', [
      'What is the smallest magnitude of any target?',
      'Find the minimum magnitude among the targets.',
    ]),
    ask('SELECT designation FROM target WHERE distance_ly IS NULL', [
      'For which targets is the distance unknown? Give designations.',
      'List the designations of targets without a distance.',
    ]),
    ask('SELECT title FROM proposal ORDER BY hours DESC', [
      'Show the proposal titles from most to fewest hours.',
      'List all titles of proposals in descending order of hours.',
    ]),
    ask('SELECT name, first_light FROM telescope WHERE first_light IS NOT NULL ORDER BY first_light', [
      'Give name and first light of the telescopes that have seen first light, earliest first.',
      'When did each telescope have its first light? Names and dates in order of date, leaving out those without one.',
    ]),
    ask(
      "SELECT avg(exposure_s), max(exposure_s) FROM observation WHERE sky = '{sky}'",
      [
        'What are the average and the longest exposure under a {sky} sky?',
        'For observations with {sky} sky, give mean and maximum exposure in seconds.',
      ],
      { sky: ['clear', 'hazy'] },
    ),
    ask('SELECT sky, count(*) FROM observation GROUP BY sky ORDER BY count(*) DESC', [
      'How often was the sky in each state? Most frequent first.',
      'Count the observations per sky condition, in descending order of the count.',
    ]),
    ask(
      'SELECT full_name FROM astronomer ORDER BY born DESC LIMIT {n}',
      [
        'Who are the {n} youngest astronomers, youngest first?',
        'Names of the {n} astronomers born most recently, latest birth year first.',
      ],
      { n: [2, 4] },
    ),
    ask(
      'SELECT constellation, count(*) FROM target WHERE constellation IS NOT NULL GROUP BY constellation ORDER BY constellation',
      [
        'How many targets lie in each known constellation? Order by constellation.',
        'For each constellation (skip the missing ones), alphabetically, count its targets.',
      ],
    ),
    ask(
      "SELECT designation FROM target WHERE constellation = '{c}' AND magnitude < {m}",
      [
        'Which targets in {c} are brighter than magnitude {m} (a smaller magnitude)?',
        'Designations of targets in {c} with a magnitude below {m}.',
      ],
      { c: ['Lyra', 'Cygnus'], m: [9, 6] },
    ),
    ask(
      "SELECT T1.title FROM proposal AS T1 JOIN astronomer AS T2 ON T1.lead_id = T2.astronomer_id WHERE T2.full_name = '{who}'",
      ['Which proposals did {who} lead? Give the titles.', 'What are the titles of the proposals led by {who}?'],
      { who: ['Benedikta Voss', 'Ines Calloway'] },
    ),
    ask(
      "SELECT DISTINCT T1.designation FROM target AS T1 JOIN observation AS T2 ON T1.target_id = T2.target_id JOIN telescope AS T3 ON T2.telescope_id = T3.telescope_id WHERE T3.name = '{t}' ORDER BY T1.designation",
      [
        'Which targets were observed with {t}? Each designation once, in order.',
        'List in alphabetical order the distinct designations of targets seen through {t}.',
      ],
      { t: ['Old Bess', 'Kestrel Array'] },
    ),
    ask(
      'SELECT T1.name, count(*) FROM telescope AS T1 JOIN observation AS T2 ON T1.telescope_id = T2.telescope_id GROUP BY T1.name ORDER BY T1.name',
      [
        'How many observations were made with each telescope? Sort by telescope name.',
        'Telescope names (A to Z) with their number of observations.',
      ],
    ),
    ask('SELECT full_name FROM astronomer WHERE astronomer_id NOT IN (SELECT lead_id FROM proposal)', [
      'Which astronomers lead no proposal?',
      'Give the full names of astronomers who have not led any proposal.',
    ]),
    ask('SELECT name FROM telescope WHERE telescope_id NOT IN (SELECT telescope_id FROM observation)', [
      'Which telescope was never used for an observation?',
      'Name the telescopes without observations.',
    ]),
    ask('SELECT designation FROM target WHERE magnitude = (SELECT max(magnitude) FROM target)', [
      'Which target has the greatest magnitude?',
      'Designation of the faintest target, that is the one with the maximum magnitude.',
    ]),
    ask(
      'SELECT T1.full_name FROM astronomer AS T1 JOIN observer AS T2 ON T1.astronomer_id = T2.astronomer_id GROUP BY T1.full_name ORDER BY count(*) DESC LIMIT 1',
      ['Which astronomer took part in the most observations?', 'Who was an observer most often?'],
    ),
    ask(
      'SELECT T1.full_name, sum(T3.exposure_s) FROM astronomer AS T1 JOIN observer AS T2 ON T1.astronomer_id = T2.astronomer_id JOIN observation AS T3 ON T2.observation_id = T3.observation_id GROUP BY T1.full_name ORDER BY sum(T3.exposure_s) DESC',
      [
        'For each astronomer, what total exposure (in seconds) did they observe? Largest total first.',
        'List full names with the sum of exposure seconds of their observations, descending.',
      ],
    ),
    ask(
      'SELECT T1.designation, avg(T2.exposure_s) FROM target AS T1 JOIN observation AS T2 ON T1.target_id = T2.target_id GROUP BY T1.designation HAVING count(*) >= {n} ORDER BY T1.designation',
      [
        'For targets with at least {n} observations, what is the average exposure? Sort by designation.',
        'Show designation and mean exposure of every target observed {n} times or more, in order of designation.',
      ],
      { n: [7, 8] },
    ),
    ask(
      "SELECT count(*) FROM observation WHERE exposure_s > (SELECT avg(exposure_s) FROM observation) AND sky = '{sky}'",
      [
        'How many observations under {sky} sky had an exposure above the overall average?',
        'Count {sky} sky observations longer than the average exposure of all observations.',
      ],
      { sky: ['clear', 'cloudy'] },
    ),
    ask(
      "SELECT institute FROM astronomer WHERE born < 1975 AND institute IS NOT NULL INTERSECT SELECT institute FROM astronomer WHERE country = 'Portugal'",
      ['Which institutes have both an astronomer born before 1975 and one from Portugal?'],
    ),
  ],
}

/** A climbing gym: walls, problems, setters, members, ascents. */
import { ask, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const climbingGym: Domain = {
  name: 'climbing_gym',
  tables: (random) => [
    table(
      'wall',
      { wall_id: 'int', name: 'varchar(20)', height_m: 'decimal(4,1)', angle_deg: 'int', hall: 'varchar(10)' },
      ['wall_id'],
      {},
      [
        [1, 'Slab', 4.5, -10, 'North'],
        [2, 'Prow', 4.7, 25, 'North'],
        [3, 'Cave', 3.8, 55, 'South'],
        [4, 'Long Wall', 14, 5, 'South'],
        [5, 'Tower', 17.5, 0, 'Yard'],
        [6, 'Kids Corner', 3, 0, 'yard '],
      ],
    ),
    table(
      'setter',
      { setter_id: 'int', name: 'varchar(30)', hourly_pay: 'decimal(5,2)', started: 'date' },
      ['setter_id'],
      {},
      [
        [1, 'Ronja Steep', 24.5, '2018-02-01'],
        [2, 'Idris Mason', 21, '2020-09-10'],
        [3, 'Kit Palmer', 19.75, '2022-05-05'],
        [4, 'Bodil Grant', 26, '2016-11-28'],
        [5, 'Ash Verne', 17.5, '2024-01-15'],
      ],
    ),
    table(
      'problem',
      {
        problem_id: 'int',
        name: 'varchar(40)',
        wall_id: 'int',
        setter_id: 'int',
        difficulty: 'int',
        colour: 'varchar(12)',
        set_on: 'date',
      },
      ['problem_id'],
      { wall_id: 'wall', setter_id: 'setter' },
      [
        'Butter Fingers',
        'Moonlight Mile',
        'Two Left Feet',
        'Gravity Bill',
        'Soft Landing',
        'The Dentist',
        'Paper Cut',
        'Heel Thyself',
        'Lost Chalk',
        'Easy Does It',
        'Rent Day',
        'Blind Mouse',
        'Kneebar None',
        'Wet Paint',
        'Old Rope',
        'Second Breakfast',
        'Quiet Please',
        'No Hands',
        'Jugs Bunny',
        'Cold Porridge',
        "Widow's Peak",
        'Static',
        'Long Division',
        'Night Bus',
      ].map((name, i) => [
        i + 1,
        name,
        between(random, 1, 5),
        sometimes(random, 0.1, between(random, 1, 4)),
        between(random, 1, 12),
        pick(random, ['red', 'blue', 'green', 'yellow', 'black']),
        dayAfter('2024-01-08', i * 7 + between(random, 0, 5)),
      ]),
    ),
    table(
      'member',
      {
        member_id: 'int',
        name: 'varchar(30)',
        city: 'varchar(20)',
        age: 'int',
        membership: 'varchar(12)',
        monthly_fee: 'decimal(5,2)',
      },
      ['member_id'],
      {},
      [
        [1, 'Solveig Tarn', 'Aldport', 29, 'full', 45],
        [2, 'Marcus Yew', 'Aldport', 41, 'off-peak', 32.5],
        [3, 'Delphine Orr', 'Castle Bay', 17, 'junior', 20],
        [4, 'Pim de Wit', 'aldport', 35, 'full', 45],
        [5, 'Zadie Cole', 'Castle Bay', 22, 'student', 28],
        [6, 'Hektor Blom', 'Marsh End', 63, 'off-peak', 30],
        [7, 'Nia Preece', 'Marsh End', 15, 'junior', 20],
        [8, 'Okko Rand', 'Aldport ', 26, 'student', 28],
        [9, 'Felicity Gorse', 'Castle Bay', 38, 'full', 47.5],
        [10, 'Jem Halloran', 'Dunlow', 31, 'full', null],
      ],
    ),
    table(
      'ascent',
      { member_id: 'int', problem_id: 'int', climbed_on: 'date', attempts: 'int', style: 'varchar(10)' },
      [],
      { member_id: 'member', problem_id: 'problem' },
      [
        ...rows(120, () => {
          const attempts = between(random, 1, 9)
          return [
            between(random, 1, 9),
            between(random, 1, 22),
            dayAfter('2024-02-01', between(random, 0, 200)),
            attempts,
            attempts === 1 ? 'flash' : pick(random, ['redpoint', 'redpoint', 'toprope']),
          ]
        }),
        [5, 10, '2024-06-11', 2, 'redpoint'],
        [5, 10, '2024-06-11', 2, 'redpoint'],
      ],
    ),
  ],
  questions: [
    ask(
      'SELECT count(*) FROM problem WHERE difficulty > {d}',
      ['How many problems have a difficulty above {d}?', 'Count the problems harder than difficulty {d}.'],
      { d: [8, 5] },
    ),
    ask(
      "SELECT name FROM wall WHERE hall = '{h}'",
      ['Which walls stand in the {h} hall?', 'Name the walls in hall {h}.'],
      { h: ['Yard', 'North'] },
    ),
    ask(
      "SELECT name FROM member WHERE city = '{c}'",
      ['Which members are from {c}?', 'Give the names of the members living in the city of {c}.'],
      { c: ['Aldport', 'Castle Bay'] },
    ),
    ask('SELECT avg(age) FROM member', ['How old are the members on average?', 'Find the average age of members.']),
    ask('SELECT name FROM member WHERE monthly_fee IS NULL', [
      'Which member has no monthly fee on record?',
      'Find the names of members whose monthly fee is missing.',
    ]),
    ask('SELECT max(attempts) FROM ascent', [
      'What is the largest number of attempts in any ascent?',
      'At most how many attempts did an ascent take?',
    ]),
    ask('SELECT DISTINCT colour FROM problem ORDER BY colour', [
      'Which colours do problems have? Each once, alphabetically.',
      'List the different problem colours from A to Z.',
    ]),
    ask('SELECT name, hourly_pay FROM setter ORDER BY hourly_pay', [
      'Show each setter with the hourly pay, lowest paid first.',
      'Names and hourly pay of the setters in increasing order of pay.',
    ]),
    ask(
      'SELECT name, height_m FROM wall ORDER BY height_m DESC LIMIT {n}',
      [
        'What are the {n} highest walls? Give name and height, highest first.',
        'Name and height in m of the top {n} walls by height.',
      ],
      { n: [2, 3] },
    ),
    ask('SELECT membership, count(*), avg(monthly_fee) FROM member GROUP BY membership ORDER BY membership', [
      'For each membership, alphabetically, how many members and what average monthly fee?',
      'Show membership, number of members and mean monthly fee, by membership.',
    ]),
    ask('SELECT colour, avg(difficulty) FROM problem GROUP BY colour ORDER BY colour', [
      'What is the mean difficulty of the problems of each colour? Sort by colour.',
      'Per colour in alphabetical order, average the difficulty.',
    ]),
    ask(
      "SELECT count(*) FROM ascent WHERE style = '{s}' AND climbed_on > '{d}'",
      ['How many {s} ascents were climbed after {d}?', 'Count the ascents in the style {s} later than {d}.'],
      { s: ['flash', 'toprope'], d: ['2024-05-01', '2024-04-01'] },
    ),
    ask(
      "SELECT name, age FROM member WHERE membership = 'junior' OR age > {a}",
      [
        'Which members are junior or older than {a}? Show name and age.',
        'Name and age of members that have a junior membership or are above {a} years.',
      ],
      { a: [60, 40] },
    ),
    ask(
      "SELECT name FROM problem WHERE set_on >= '{d}' ORDER BY set_on",
      [
        'Which problems were set on {d} or later, in order of date?',
        'List the names of problems set from {d} on, earliest first.',
      ],
      { d: ['2024-05-20', '2024-06-01'] },
    ),
    ask(
      "SELECT T1.name FROM problem AS T1 JOIN wall AS T2 ON T1.wall_id = T2.wall_id WHERE T2.name = '{w}' ORDER BY T1.name",
      [
        'Which problems are on the {w}? In alphabetical order.',
        'Give the names, A to Z, of the problems on the wall {w}.',
      ],
      { w: ['Cave', 'Tower'] },
    ),
    ask(
      'SELECT T2.name, count(*) FROM problem AS T1 JOIN wall AS T2 ON T1.wall_id = T2.wall_id GROUP BY T2.name ORDER BY T2.name',
      [
        'How many problems are there on each wall? Order by wall name.',
        'For every wall with problems, give name and number of problems, alphabetically.',
      ],
    ),
    ask(
      "SELECT count(*) FROM ascent AS T1 JOIN member AS T2 ON T1.member_id = T2.member_id WHERE T2.name = '{m}'",
      ['How many ascents has {m} done?', 'Count the ascents by the member {m}.'],
      { m: ['Zadie Cole', 'Hektor Blom'] },
    ),
    ask('SELECT name FROM problem WHERE problem_id NOT IN (SELECT problem_id FROM ascent)', [
      'Which problems has nobody climbed?',
      'Find the names of problems without an ascent.',
    ]),
    ask('SELECT name FROM setter WHERE hourly_pay > (SELECT avg(hourly_pay) FROM setter)', [
      'Which setters are paid more than average per hour?',
      'Names of setters with an hourly pay above the average.',
    ]),
    ask('SELECT name FROM member WHERE member_id NOT IN (SELECT member_id FROM ascent)', [
      'Which member has not climbed anything yet?',
      'Name members without any ascent.',
    ]),
    ask(
      'SELECT T1.name FROM member AS T1 JOIN ascent AS T2 ON T1.member_id = T2.member_id GROUP BY T1.name ORDER BY count(*) DESC LIMIT 1',
      ['Which member has the most ascents?', 'Who climbed most often? Give the name.'],
    ),
    ask(
      "SELECT T3.name, count(*) FROM ascent AS T1 JOIN problem AS T2 ON T1.problem_id = T2.problem_id JOIN wall AS T3 ON T2.wall_id = T3.wall_id WHERE T1.style = '{s}' GROUP BY T3.name ORDER BY T3.name",
      [
        'On each wall, how many {s} ascents were there? Sort by wall name.',
        'Count the ascents in style {s} per wall, walls in alphabetical order.',
      ],
      { s: ['redpoint', 'flash'] },
    ),
    ask(
      'SELECT T1.name, avg(T2.attempts) FROM member AS T1 JOIN ascent AS T2 ON T1.member_id = T2.member_id GROUP BY T1.name HAVING avg(T2.attempts) > {a} ORDER BY T1.name',
      [
        'Which members need more than {a} attempts on average? Name and average, by name.',
        'Show name and mean attempts of the members averaging over {a} attempts, alphabetically.',
      ],
      { a: [4, 4.5] },
    ),
    ask(
      "SELECT DISTINCT T3.name FROM ascent AS T1 JOIN problem AS T2 ON T1.problem_id = T2.problem_id JOIN setter AS T3 ON T2.setter_id = T3.setter_id JOIN member AS T4 ON T1.member_id = T4.member_id WHERE T4.name = '{m}' ORDER BY T3.name",
      [
        'Whose problems did {m} climb? Names of the setters, each once, alphabetically.',
        'List the distinct setters, A to Z, of problems climbed by {m}.',
      ],
      { m: ['Nia Preece', 'Marcus Yew'] },
    ),
    ask(
      "SELECT T1.name FROM problem AS T1 JOIN ascent AS T2 ON T1.problem_id = T2.problem_id WHERE T2.style = 'flash' INTERSECT SELECT name FROM problem WHERE difficulty > {d} ORDER BY name",
      [
        'Which problems of a difficulty above {d} have been flashed (style flash)? In alphabetical order.',
        'Find problems harder than {d} that somebody climbed in flash style, names from A to Z.',
      ],
      { d: [7, 5] },
    ),
  ],
}

/** A village clinic: doctors, patients, appointments, medicines. */
import { ask, at, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const clinic: Domain = {
  name: 'village_clinic',
  tables: (random) => [
    table(
      'doctor',
      {
        doctor_id: 'int',
        name: 'varchar(40)',
        specialty: 'varchar(30)',
        hired: 'date',
        salary: 'decimal(9,2)',
        room: 'varchar(6)',
      },
      ['doctor_id'],
      {},
      [
        [1, 'Dr. Ilse Barrow', 'general practice', '2009-04-01', 71200, 'A1'],
        [2, 'Dr. Femi Castle', 'general practice', '2016-10-15', 64850.5, 'A2'],
        [3, 'Dr. Noor Vantage', 'Dermatology', '2012-01-09', 78300, 'B1'],
        [4, 'Dr. Rasmus Teal', 'paediatrics', '2019-06-03', 69900, 'B2'],
        [5, 'Dr. Sibyl Hart', 'cardiology', '2005-09-19', 92450.75, 'C1'],
        [6, 'Dr. Otto Linden', 'dermatology ', '2022-02-28', 61000, null],
        [7, 'Dr. Wen Marlow', 'paediatrics', '2023-08-21', 60500, null],
      ],
    ),
    table(
      'patient',
      {
        patient_id: 'int',
        name: 'varchar(40)',
        sex: 'varchar(6)',
        birth_date: 'date',
        village: 'varchar(20)',
        weight_kg: 'decimal(5,1)',
      },
      ['patient_id'],
      {},
      [
        [1, 'Hugo Plover', 'male', '1948-02-11', 'Ditchley', 81.5],
        [2, 'Nell Farthing', 'female', '1975-07-30', 'Ditchley', 64.2],
        [3, 'Ravi Tull', 'male', '2016-12-05', 'Elm Cross', 19.8],
        [4, 'Isolde Crane', 'female', '2019-03-17', 'Elm Cross', 14.1],
        [5, 'Barnaby Crane', 'male', '1986-05-23', 'elm cross', 90.3],
        [6, 'Anka Wolff', 'female', '1992-10-01', 'Sedgefold', 58.7],
        [7, 'Teodor Wolff', 'male', '1990-08-14', 'Sedgefold', null],
        [8, 'Philippa Nye', 'female', '1939-11-26', 'Ditchley', 55.0],
        [9, 'Mo Ashgrove', 'male', '2001-01-09', 'Penny Green', 72.4],
        [10, 'Lucinda Bell', 'female', '1967-06-19', 'Penny Green', 69.9],
        [11, 'Erasmus Bell', 'male', '1964-09-02', 'Penny Green', 88.8],
        [12, 'Saffron Idle', 'female', '2012-04-28', 'Sedgefold', 33.6],
        [13, 'Cyril Munday', 'male', '1955-12-31', 'Ditchley ', null],
        [14, 'Gwen Tarrant', 'female', '1981-03-08', 'Elm Cross', 77.0],
      ],
    ),
    table(
      'appointment',
      {
        appointment_id: 'int',
        patient_id: 'int',
        doctor_id: 'int',
        starts_at: 'datetime',
        minutes: 'int',
        fee: 'decimal(6,2)',
        outcome: 'varchar(20)',
      },
      ['appointment_id'],
      { patient_id: 'patient', doctor_id: 'doctor' },
      rows(95, (n) => [
        n,
        between(random, 1, 13),
        between(random, 1, 6),
        at(dayAfter('2023-01-09', n * 4), 480 + between(random, 0, 32) * 15),
        between(random, 1, 8) * 5,
        sometimes(random, 0.15, between(random, 40, 240) / 2),
        pick(random, ['treated', 'treated', 'referred', 'missed', 'follow-up']),
      ]),
    ),
    table(
      'medicine',
      { code: 'varchar(8)', name: 'varchar(30)', maker: 'varchar(30)', price: 'decimal(6,2)', stock: 'int' },
      ['code'],
      {},
      [
        ['AX10', 'Axolide', 'Ferrow Labs', 12.4, 80],
        ['BR22', 'Brevamil', 'Ferrow Labs', 7.95, 132],
        ['CD05', 'Coldaway', 'Green Vial', 3.2, 410],
        ['DM30', 'Dermisol', 'Green Vial', 18.75, 26],
        ['FN12', 'Fenoprex', 'Ostler & Co', 24.1, 0],
        ['HK77', 'Heartkind', 'Ostler & Co', 41.6, 55],
        ['ZZ01', 'Zanzolin', 'Ferrow Labs', 9.3, 15],
      ],
    ),
    table(
      'prescription',
      { appointment_id: 'int', medicine_code: 'varchar(8)', days: 'int', dose: 'varchar(20)' },
      [],
      { appointment_id: 'appointment', medicine_code: 'medicine' },
      [
        ...rows(70, () => [
          between(random, 1, 95),
          pick(random, ['AX10', 'BR22', 'CD05', 'CD05', 'DM30', 'HK77']),
          between(random, 3, 28),
          pick(random, ['1 a day', '2 a day', 'at night']),
        ]),
        [31, 'CD05', 7, '2 a day'],
        [31, 'CD05', 7, '2 a day'],
      ],
    ),
  ],
  questions: [
    ask(
      "SELECT name FROM doctor WHERE specialty = '{s}'",
      ['Which doctors work in {s}?', 'Name the doctors whose specialty is {s}.'],
      { s: ['dermatology', 'paediatrics'] },
    ),
    ask(
      "SELECT count(*) FROM patient WHERE village = '{v}'",
      ['How many patients live in {v}?', 'Count the patients from the village of {v}.'],
      { v: ['Ditchley', 'Elm Cross'] },
    ),
    ask('SELECT avg(salary) FROM doctor', [
      'What is the average salary of the doctors?',
      'What do doctors earn on average?',
    ]),
    ask('SELECT name FROM medicine WHERE stock = 0', [
      'Which medicine is out of stock?',
      'Name the medicines with a stock of 0.',
    ]),
    ask('SELECT name FROM doctor WHERE room IS NULL', [
      'Which doctors have no room?',
      'Names of doctors without a room, please.',
    ]),
    ask('SELECT sum(fee) FROM appointment', [
      'What do all appointment fees add up to?',
      'Give the total of the fees of all appointments.',
    ]),
    ask(
      "SELECT name FROM patient WHERE birth_date > '{d}'",
      ['Which patients were born after {d}?', 'Find the names of patients with a birth date later than {d}.'],
      { d: ['2010-01-01', '1990-12-31'] },
    ),
    ask(
      'SELECT name, birth_date FROM patient ORDER BY birth_date LIMIT {n}',
      [
        'Who are the {n} oldest patients? Show name and birth date, oldest first.',
        'List name and birth date of the {n} patients born earliest, in order of birth.',
      ],
      { n: [3, 5] },
    ),
    ask('SELECT outcome, count(*), avg(minutes) FROM appointment GROUP BY outcome ORDER BY outcome', [
      'For each outcome, alphabetically, give the number of appointments and their average minutes.',
      'Show every outcome with how many appointments ended so and the mean minutes, sorted by outcome.',
    ]),
    ask('SELECT maker, sum(stock) FROM medicine GROUP BY maker ORDER BY sum(stock) DESC', [
      'How much stock is there from each maker? Largest stock first.',
      'Per maker of medicine, total the stock and sort in descending order of it.',
    ]),
    ask(
      "SELECT name, weight_kg FROM patient WHERE sex = '{s}' AND weight_kg > {w}",
      [
        'Which {s} patients weigh more than {w} kg? Give the weight too.',
        'Name and weight of {s} patients above {w} kg.',
      ],
      { s: ['female', 'male'], w: [60, 80] },
    ),
    ask(
      "SELECT count(*) FROM appointment WHERE outcome = '{o}' OR minutes > {m}",
      [
        'How many appointments were {o} or took more than {m} minutes?',
        'Count appointments with the outcome {o} or longer than {m} minutes.',
      ],
      { o: ['missed', 'referred'], m: [35, 30] },
    ),
    ask(
      'SELECT name FROM medicine WHERE price BETWEEN {a} AND {b}',
      ['Which medicines cost between {a} and {b}?', 'Give names of medicines priced from {a} to {b}.'],
      { a: [5, 10], b: [15, 30] },
    ),
    ask(
      "SELECT T1.starts_at, T1.minutes FROM appointment AS T1 JOIN patient AS T2 ON T1.patient_id = T2.patient_id WHERE T2.name = '{p}' ORDER BY T1.starts_at",
      [
        'When did {p} have appointments, and for how many minutes? In order of time.',
        'Show start and minutes of each appointment of the patient {p}, earliest first.',
      ],
      { p: ['Nell Farthing', 'Hugo Plover'] },
    ),
    ask(
      'SELECT T2.name, count(*) FROM appointment AS T1 JOIN doctor AS T2 ON T1.doctor_id = T2.doctor_id GROUP BY T2.name ORDER BY T2.name',
      [
        'How many appointments does each doctor have? Sort by doctor name.',
        'For every doctor with appointments give name and number, alphabetically.',
      ],
    ),
    ask(
      "SELECT count(*) FROM appointment AS T1 JOIN doctor AS T2 ON T1.doctor_id = T2.doctor_id WHERE T2.name = '{d}'",
      ['How many appointments did {d} have?', 'Count the appointments of {d}.'],
      { d: ['Dr. Sibyl Hart', 'Dr. Femi Castle'] },
    ),
    ask('SELECT name FROM patient WHERE patient_id NOT IN (SELECT patient_id FROM appointment)', [
      'Which patients never had an appointment?',
      'Name the patients without any appointment.',
    ]),
    ask('SELECT name FROM medicine WHERE code NOT IN (SELECT medicine_code FROM prescription)', [
      'Which medicines were never prescribed?',
      'Find the medicine names that occur in no prescription.',
    ]),
    ask('SELECT name FROM doctor WHERE salary > (SELECT avg(salary) FROM doctor)', [
      'Which doctors earn more than the average salary?',
      'Doctors with a salary above average: what are their names?',
    ]),
    ask(
      'SELECT T2.name FROM prescription AS T1 JOIN medicine AS T2 ON T1.medicine_code = T2.code GROUP BY T2.name ORDER BY count(*) DESC LIMIT 1',
      ['Which medicine is prescribed most often?', 'What is the name of the medicine with the most prescriptions?'],
    ),
    ask(
      "SELECT DISTINCT T3.name FROM prescription AS T1 JOIN appointment AS T2 ON T1.appointment_id = T2.appointment_id JOIN patient AS T3 ON T2.patient_id = T3.patient_id JOIN medicine AS T4 ON T1.medicine_code = T4.code WHERE T4.name = '{m}' ORDER BY T3.name",
      [
        'Which patients were prescribed {m}? Each name once, in alphabetical order.',
        'List the distinct names of patients with a prescription of {m}, from A to Z.',
      ],
      { m: ['Heartkind', 'Axolide'] },
    ),
    ask(
      'SELECT T2.name, sum(T1.fee) FROM appointment AS T1 JOIN patient AS T2 ON T1.patient_id = T2.patient_id GROUP BY T2.name HAVING sum(T1.fee) > {f} ORDER BY sum(T1.fee) DESC',
      [
        'Which patients paid more than {f} in fees altogether? Name and total, highest total first.',
        'Show name and sum of fees for patients whose fees exceed {f} in total, in descending order.',
      ],
      { f: [450, 550] },
    ),
    ask(
      "SELECT village FROM patient WHERE sex = 'female' AND weight_kg < 40 UNION SELECT village FROM patient WHERE birth_date < '1950-01-01' ORDER BY village",
      [
        'In which villages lives a female patient under 40 kg or a patient born before 1950-01-01? In alphabetical order.',
      ],
    ),
    ask(
      "SELECT name FROM patient WHERE weight_kg < (SELECT avg(weight_kg) FROM patient) AND birth_date < '{d}'",
      [
        'Which patients born before {d} weigh less than the average patient?',
        'Name the patients with a birth date before {d} and a weight below average.',
      ],
      { d: ['1980-01-01', '2000-01-01'] },
    ),
  ],
}
